// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/services/loaded_dxe.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/dxe/reader_checks.h"
#include "properties/oracle/dxe/reader_map.h"
#include "properties/oracle/hob_list_input/guarded_bytes.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/exit.h"
#include "properties/oracle/services/hand_off.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::span<const std::uint8_t>;

Verdict report(const Boot& boot, const std::optional<ListDifference>& wrong) {
  if (!wrong) return std::nullopt;
  return report(boot, wrong->rule, wrong->text);
}

// Nothing that the consumer was asked has an answer.
Verdict check_stopped(const Boot& boot) {
  const std::string& text = boot.options.consumer->stop_text();
  if (text.empty()) return std::nullopt;
  return report(boot, RuleId::TargetStop, text);
}

bool is_there(const Boot& boot, const PageClaim& claim) {
  return claim.past != kPagesAll &&
         boot.board.readable(claim.first * kPage, (claim.past - claim.first) * kPage);
}

// A PEIM may describe memory that the board does not have.
bool lacks_memory(const Boot& boot) {
  using Kind = MemoryClaim::Kind;
  const std::vector<PageClaim>& claims = boot.judged.claims;
  return std::any_of(claims.begin(), claims.end(), [&](const PageClaim& claim) {
    const bool memory = claim.kind == Kind::Tested || claim.kind == Kind::Untested;
    return memory && !is_there(boot, claim);
  });
}

bool lacks_volume(const Boot& boot) {
  const std::vector<PageClaim>& volumes = boot.judged.volumes;
  return std::any_of(volumes.begin(), volumes.end(),
                     [&](const PageClaim& volume) { return !is_there(boot, volume); });
}

// Why a consumer that works in memory is not given this boot; empty when it is.
std::string_view left_out_for_memory(const Boot& boot) {
  const ConsumerTraits& traits = boot.options.consumer->traits();
  if (!traits.needs_memory) return {};
  if (lacks_memory(boot)) return "a PEIM describes memory that is not there";
  if (!traits.ignores_volumes && lacks_volume(boot)) {
    return "a PEIM names a firmware volume or capsule that is not there";
  }
  if (boot.snapshot.gap() < traits.free_memory) return "PEI has left too little free memory";
  return {};
}

SoundList judge(const Boot& boot) {
  SoundList judged =
      judge_list(ReferenceList(boot.snapshot.bytes), boot.target.runtime_page_granularity);
  // A complete list is in no board's memory, so that none can be given instead.
  if (boot.options.consumer->traits().needs_memory) judged.incomplete.reset();
  // What a boot knows of its HOBs is stricter than what bytes tell.
  if (!boot.dxe.sound() && !judged.flaw) {
    judged.flaw = ListError{0, "a PEIM's HOB has a flaw"};
    judged.sound = false;
  }
  return judged;
}

// Where the consumer reads the list.
Bytes place_list(const Boot& boot, std::vector<std::uint8_t>& copy) {
  const std::vector<std::uint8_t>& bytes = boot.snapshot.bytes;
  if (boot.options.consumer->traits().needs_memory) {
    return {Board::pointer(boot.snapshot.base), bytes.size()};
  }
  if (bytes.size() <= kGuardedBytesMax) return place_guarded(bytes);
  copy = bytes;
  return copy;
}

// A list that is read in other ways too does not promise to keep what a PEIM owns, unless a HOB
// without a flaw claims it.
void forget_doubtful(Boot& boot) {
  const auto claimed = [&](const Allocation& block) {
    return std::any_of(boot.judged.claims.begin(), boot.judged.claims.end(), [&](const auto& each) {
      const Region where{each.first * kPage, (each.past - each.first) * kPage};
      return each.is_allocation() && !each.doubtful && each.type == block.type &&
             where.contains(block.where.base, block.where.size);
    });
  };
  std::erase_if(boot.model.live, [&](const Allocation& block) { return !claimed(block); });
}

void open_memory(Boot& boot) {
  open_pools(boot);
  boot.board.open_all();
  if (boot.options.consumer->traits().needs_memory) boot.board.permit_all();
}

Verdict check_loaded_map(const Boot& boot, const std::vector<MapEntry>& entries) {
  const auto wrong = check_reader_map(boot.judged, entries, boot.options.consumer->traits());
  if (!wrong) return std::nullopt;
  return report(boot, RuleId::DxeMap, wrong->text);
}

// After the list was taken.
Verdict check_taken(Boot& boot, Bytes given) {
  const ConsumerTraits& traits = boot.options.consumer->traits();
  if (traits.needs_memory) {
    boot.board.note_written();
    boot.model.sec_data = 0;  // no HOB claims the copy
    std::erase_if(boot.model.live,
                  [](const Allocation& block) { return block.kind != Result::Pages; });
  } else {
    const bool kept = std::equal(given.begin(), given.end(), boot.snapshot.bytes.begin());
    take_list_away(boot);
    if (!kept) {
      Verdict verdict =
          report(boot, RuleId::DxeList, traits.name + " wrote to its copy of the list");
      if (verdict) return verdict;
    }
  }
  if (!boot.judged.certain()) forget_doubtful(boot);
  if (Verdict verdict = check_kept_contents(boot, "by " + traits.name)) return verdict;
  if (!traits.has_map) return std::nullopt;
  const MemoryMap map = boot.options.consumer->get_memory_map();
  if (Verdict verdict = check_stopped(boot)) return verdict;
  return check_loaded_map(boot, map.entries);
}

}  // namespace

Verdict hand_over_to_loaded(Boot& boot, bool& runs) {
  DxeConsumer& dxe = *boot.options.consumer;
  const ConsumerTraits& traits = dxe.traits();
  boot.judged = judge(boot);
  runs = false;
  if (is_left_out(boot.judged, traits)) {
    boot.narrate("{} is made for well-formed lists, and is not given this one: {}", traits.name,
                 boot.judged.flaw ? boot.judged.flaw->what : "");
    return std::nullopt;
  }
  if (const std::string_view why = left_out_for_memory(boot); !why.empty()) {
    boot.narrate("{} works in memory, and is not given this list: {}", traits.name, why);
    return std::nullopt;
  }
  open_memory(boot);
  if (traits.needs_memory) boot.session.leave();  // its state is in memory that goes now
  std::vector<std::uint8_t> copy;
  const Bytes given = place_list(boot, copy);
  const std::string refusal = dxe.take_over(given, boot.target.runtime_page_granularity);
  const ReferenceList list(boot.snapshot.bytes);
  if (Verdict verdict = report(boot, check_reader_answer(list, boot.judged, dxe, refusal))) {
    return verdict;
  }
  runs = refusal.empty() && dxe.stop_text().empty();
  if (dxe.stop_text().empty()) {
    if (Verdict verdict = report(boot, check_reader_walk(list, dxe, runs))) return verdict;
  }
  if (!runs) {
    boot.narrate("{} rejects the list: {}", traits.name, refusal);
    return report(boot, check_refusal_when_complete(list, boot.judged,
                                                    boot.target.runtime_page_granularity, dxe));
  }
  boot.narrate("{} takes the list", traits.name);
  return check_taken(boot, given);
}

Verdict exit_loaded(Boot& boot, const MemoryMap& map, bool& exited) {
  DxeConsumer& dxe = *boot.options.consumer;
  exited = in_granules(map.entries, boot.target.runtime_page_granularity);
  if (!dxe.traits().has_map) return std::nullopt;
  if (Verdict verdict = check_stopped(boot)) return verdict;
  if (Verdict verdict = check_loaded_map(boot, map.entries)) return verdict;
  if (!dxe.traits().has_exit) return std::nullopt;
  if (Verdict verdict = report(boot, check_stale_keys(dxe, map.key))) return verdict;
  return report(boot, check_right_key(dxe, map, boot.target.runtime_page_granularity, exited));
}

void leave_loaded(Boot& boot) {
  DxeConsumer& dxe = *boot.options.consumer;
  dxe.leave();
  if (dxe.traits().needs_memory) boot.board.note_written();
}

}  // namespace hobnail::oracle
