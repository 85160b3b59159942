// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rows of the rule table, in the order in which a boot meets them.
#include "properties/oracle/rules/rules.h"

#include <algorithm>
#include <array>

namespace hobnail::oracle {
namespace {

using enum RuleClass;

constexpr std::array kRules{
    Rule{RuleId::Enter, "ENTER",
         "a cold entry with a workable hand-off gives a services table and a HOB list",
         "PI 1.8 Vol 1 5.4", Contract},
    Rule{RuleId::SecHobs, "SEC-HOBS",
         "the HOBs of SEC follow the PHIT, in order, with the same bytes",
         "PI 1.8 Vol 1 7; docs/pei-semantics.md 2.2", Contract},
    Rule{RuleId::HobChain, "HOB-CHAIN",
         "walking by HobLength from the PHIT reaches exactly one END HOB, at EfiEndOfHobList",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::PhitFields, "PHIT-FIELDS",
         "the PHIT describes the memory that PEI manages in this phase", "PI 1.8 Vol 3 5.2",
         Contract},
    Rule{RuleId::HeapBounds, "HEAP-BOUNDS",
         "HOB list and pages never pass each other: bottom <= free bottom <= free top <= top, and "
         "no allocation lies in the gap between them or outside PEI's memory",
         "PI 1.8 Vol 3 5.2", Contract},
    Rule{RuleId::HobAppend, "HOB-APPEND",
         "HOBs are only appended: none moves, shrinks, or changes behind one's back",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::HobOverlap, "HOB-OVERLAP",
         "no two memory allocation HOBs of the core overlap each other, the HOB list or the stack",
         "", Contract},
    Rule{RuleId::AllocationHob, "ALLOCATION-HOB",
         "each allocation of pages has exactly one HOB, of its base, length and type", "",
         Contract},
    Rule{RuleId::Conservation, "CONSERVATION",
         "no page is lost: above the free top every page is in exactly one HOB", "", Contract},
    Rule{RuleId::Contents, "CONTENTS", "what a PEIM wrote into its memory stays what it wrote", "",
         Contract},
    Rule{RuleId::StackUntouched, "STACK-UNTOUCHED",
         "no service writes into the frames of the PEIM on the stack", "", Contract},
    Rule{RuleId::Status, "STATUS",
         "the status is one that the service may answer to these arguments", "PI 1.8 Vol 1 4.6",
         Hostile},
    Rule{RuleId::Refusal, "REFUSAL", "a request that fits is not refused", "", Contract},
    Rule{RuleId::OutParameter, "OUT-PARAMETER",
         "an out-parameter is written on success only, and nothing beside it ever is", "",
         Contract},
    Rule{RuleId::FailureAtomic, "FAILURE-ATOMIC",
         "a call that fails has changed no byte of the HOB list", "", Contract},
    Rule{RuleId::PageAddress, "PAGE-ADDRESS",
         "pages lie in the phase's memory, aligned, and clear of everything that is live",
         "PI 1.8 Vol 1 4.6", Contract},
    Rule{RuleId::FreedMarked, "FREED-MARKED",
         "a freed range is in a free HOB or in the gap, and nowhere else", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::PoolAddress, "POOL-ADDRESS",
         "a pool buffer is the 8-aligned body of a new pool HOB of its size", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::HobAddress, "HOB-ADDRESS",
         "CreateHob appends one HOB of the type and length asked for", "PI 1.8 Vol 1 4.5",
         Contract},
    Rule{RuleId::HobListPointer, "HOB-LIST-POINTER",
         "GetHobList gives the PHIT, which moves only with the migration", "PI 1.8 Vol 1 4.5",
         Contract},
    Rule{RuleId::BootMode, "BOOT-MODE", "the boot mode is the one that was set", "PI 1.8 Vol 1 4.4",
         Contract},
    Rule{RuleId::CopyMem, "COPY-MEM",
         "CopyMem copies as if through a buffer, and nothing beside it", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::SetMem, "SET-MEM", "SetMem sets exactly the bytes asked for", "PI 1.8 Vol 1 4.6",
         Contract},
    Rule{RuleId::Dispatch, "DISPATCH", "the boot goes on when a PEIM returns", "", Contract},
    Rule{RuleId::MigrationHobs, "MIGRATION-HOBS",
         "the migrated list has the same HOBs, in order, with the same bytes", "", Contract},
    Rule{RuleId::MigrationShift, "MIGRATION-SHIFT",
         "pages of temporary RAM move by one common distance, a whole number of pages; others stay",
         "", Contract},
    Rule{RuleId::MigrationContents, "MIGRATION-CONTENTS",
         "what a PEIM owned has the same contents where it stands now", "", Contract},
    Rule{RuleId::MigrationTemporary, "MIGRATION-TEMPORARY",
         "nothing points into temporary RAM any more", "", Contract},
    Rule{RuleId::MigrationStack, "MIGRATION-STACK",
         "one stack HOB of boot services data, and the old stack's image at its top", "", Contract},
    Rule{RuleId::MigrationPlatform, "MIGRATION-PLATFORM",
         "the platform is asked once to move temporary RAM, all of it, to where the old stack's "
         "image ends with the new stack",
         "PI 1.8 Vol 1 6.4; docs/pei-semantics.md 3.4", Contract},
    Rule{RuleId::SecData, "SEC-DATA",
         "what SEC keeps in temporary RAM beside heap and stack is not written, and lies above the "
         "new stack after the migration",
         "docs/pei-semantics.md 3.3", Contract},
    Rule{RuleId::HandOffList, "HANDOFF-LIST",
         "what the target put into the list is what DXE can work with: whole pages, each in one "
         "resource, none of the gap, runtime memory in its granules, and the stack",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::HandOffMap, "HANDOFF-MAP",
         "each page of system memory has one fate: a live page is in one HOB, of its own type", "",
         Contract},
    Rule{RuleId::DxeList, "DXE-LIST",
         "DXE takes over a list that is in order, refuses one that is not where it goes wrong, and "
         "reads its copy only",
         "PI 1.8 Vol 3 4.5", Contract},
    Rule{RuleId::FirstRegion, "FIRST-REGION",
         "the first memory of DXE is large enough, and neither the list nor anybody's",
         "docs/pei-semantics.md 4.2", Contract},
    Rule{RuleId::DxeMap, "DXE-MAP",
         "the memory map has every page of tested memory once, as what the list says it is",
         "UEFI 2.10 7.2", Contract},
    Rule{RuleId::EbsKey, "EBS-KEY",
         "ExitBootServices takes the key of the present map and no other", "UEFI 2.10 7.4",
         Contract},
    Rule{RuleId::EbsRuntime, "EBS-RUNTIME",
         "with the right key ExitBootServices succeeds if runtime memory is in whole granules, and "
         "only then",
         "UEFI 2.10 2.3", Contract},
    Rule{RuleId::EbsContents, "EBS-CONTENTS",
         "whatever DXE does, and the operating system does with what it may use, all that stays "
         "keeps its contents",
         "UEFI 2.10 7.2", Contract},
    Rule{RuleId::TargetStop, "TARGET-STOP",
         "no assertion of the target fails under a call that PI allows", "target ABI", Contract},
    Rule{RuleId::ForeignRead, "FOREIGN-READ",
         "the target reads no memory that a PEIM owns, but what it was asked to copy",
         "seen with AddressSanitizer", Contract},
    Rule{RuleId::WildAccess, "WILD-ACCESS",
         "the target touches no address that is neither its own nor a PEIM's", "", Contract},
    Rule{RuleId::TargetCrash, "TARGET-CRASH", "the target does not end the process that it runs in",
         "target ABI", Contract},
    Rule{RuleId::TargetHang, "TARGET-HANG", "every call comes back", "", Contract},
};

static_assert(kRules.size() == kRuleCount);

constexpr bool rows_stand_at_their_index() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (index_of(kRules[i].key) != i) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_index());

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::string_view rule_name(RuleId rule) { return kRules[index_of(rule)].id; }

std::optional<RuleId> parse_rule(std::string_view id) {
  const auto found =
      std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) { return rule.id == id; });
  if (found == kRules.end()) return std::nullopt;
  return found->key;
}

}  // namespace hobnail::oracle
