// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of memory type bins, on the built-in core with bins (they are an option of the core,
// so HOBNAIL_TARGET has no say here). docs/pei-semantics.md 2.12, I84 to I87.
#include <algorithm>
#include <cstring>
#include <vector>

#include "core/pi/memory_type_information.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"
#include "properties/targets/hobnail/core.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();
using Entries = std::vector<EFI_MEMORY_TYPE_INFORMATION>;

const hobnail_target& with_bins() { return core_target({.memory_type_bins = true}); }

Op table(const Entries& entries) {
  Op op = make_op(OpCode::CreateHob);
  op.number = EFI_HOB_TYPE_GUID_EXTENSION;
  const std::size_t bytes = sizeof(EFI_GUID) + entries.size() * sizeof(entries[0]);
  op.quantity.value = sizeof(EFI_HOB_GENERIC_HEADER) + bytes;
  op.data.resize(bytes);
  std::memcpy(op.data.data(), &EFI_MEMORY_TYPE_INFORMATION_GUID, sizeof(EFI_GUID));
  std::memcpy(op.data.data() + sizeof(EFI_GUID), entries.data(),
              entries.size() * sizeof(entries[0]));
  return op;
}

Op allocate(std::uint32_t type, std::uint64_t pages) {
  Op op = make_op(OpCode::AllocatePages);
  op.number = type;
  op.quantity.value = pages;
  return op;
}

// Some types, each once and with a few pages, and the end of the table.
rc::Gen<Entries> arbitrary_table() {
  return rc::gen::exec([] {
    Entries entries;
    for (const std::uint32_t type : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 9U, 10U}) {
      const auto pages = *rc::gen::inRange<std::uint32_t>(0, 6);
      if (*rc::gen::inRange(0, 2) == 1) entries.push_back({type, pages});
    }
    entries.push_back({EfiMaxMemoryType, 0});
    return entries;
  });
}

// A table of types or the platform's range for bins: the generator makes them too.
bool is_of_bins(const Op& op) {
  const auto* const name = reinterpret_cast<const std::uint8_t*>(&EFI_MEMORY_TYPE_INFORMATION_GUID);
  return op.code == OpCode::CreateHob && op.data.size() >= sizeof(EFI_GUID) &&
         std::equal(name, name + sizeof(EFI_GUID), op.data.begin());
}

// The table first, the only one, and one migration after the first third of the program.
Program boots_with(Program program, const Entries& entries) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher ||
           op.code == OpCode::SetBootMode ||  // S3 has no bins
           is_of_bins(op);
  });
  const auto third = static_cast<std::ptrdiff_t>(program.ops.size() / 3);
  program.ops.insert(program.ops.begin() + third, make_op(OpCode::ReturnToDispatcher));
  program.ops.insert(program.ops.begin() + third, install_all());
  program.ops.insert(program.ops.begin(), table(entries));
  return program;
}

bool has_bin(const Entries& entries, std::uint32_t type) {
  return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
    return entry.Type == type && entry.NumberOfPages > 0;
  });
}

// What the final list says; empty without bins.
Region bins_of(const HobView& list) {
  for (const Hob& hob : list.hobs) {
    if (hob.type != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    if (hob.length != sizeof(EFI_HOB_RESOURCE_DESCRIPTOR)) continue;
    const auto resource = list.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
    if (same_guid(resource.Owner, EFI_MEMORY_TYPE_INFORMATION_GUID)) {
      return {resource.PhysicalStart, resource.ResourceLength};
    }
  }
  return {};
}

// Looks at the outcome's bytes, so it must not outlive it.
HobView list_of(const Outcome& outcome) {
  HobView view;
  if (!outcome.hobs.empty()) walk_hobs(outcome.hobs, view);
  return view;
}

Outcome agree(Suite& suite, const Program& program) {
  Outcome outcome = suite.play_on(with_bins(), program, kRecorded);
  if (outcome.finding) {
    suite.refute(program, std::string(outcome.finding->rule) + ": " + outcome.finding->evidence);
  }
  return outcome;
}

void every_rule_holds(Suite& suite) {
  suite.claim("boots with bins keep every rule of boots without", 750, [&] {
    const Program program = boots_with(*suite.programs(), *arbitrary_table());
    const Outcome outcome = agree(suite, program);
    suite.reach("bins that were set up", bins_of(list_of(outcome)).size != 0, 30);
  });
}

// I86. A PEIM's own allocation HOBs are left out of the program: their names are theirs. So is what
// a PEIM writes, be it over the table.
void records_are_named(Suite& suite) {
  suite.claim("the table names a record of a type with a bin, and no other record (I86)", 500, [&] {
    const Entries entries = *arbitrary_table();
    Program program = boots_with(*suite.programs(), entries);
    std::erase_if(program.ops, [](const Op& op) {
      return op.code == OpCode::CopyMem || op.code == OpCode::SetMem ||
             op.code == OpCode::PeimWrite ||
             (op.code == OpCode::CreateHob && op.number == EFI_HOB_TYPE_MEMORY_ALLOCATION);
    });
    // Records of before the migration keep the name that they had: none.
    std::erase_if(program.ops, [&, before = true](const Op& op) mutable {
      if (op.code == OpCode::ReturnToDispatcher) before = false;
      return before && op.code == OpCode::AllocatePages;
    });
    const Outcome outcome = agree(suite, program);
    const HobView list = list_of(outcome);
    if (bins_of(list).size == 0) return;
    if (board_profiles()[program.board].has(kSecHobs)) return;  // SEC has named its own
    unsigned named = 0;
    for (const MemoryHob& hob : list.memory_hobs()) {
      if (same_guid(hob.name, EFI_HOB_MEMORY_ALLOC_STACK_GUID)) continue;
      const EFI_GUID& wanted =
          has_bin(entries, hob.type) ? EFI_MEMORY_TYPE_INFORMATION_GUID : EFI_GUID{};
      if (!same_guid(hob.name, wanted)) {
        suite.refute(program, "a record has another's name");
      }
      named += has_bin(entries, hob.type) ? 1 : 0;
    }
    suite.reach("records that are named", named > 0, 20);
  });
}

// I84 and I85: a table of one entry, then as many pages as it says.
void whole_bin_is_served(Suite& suite) {
  suite.claim("a bin of n pages serves n pages at once, and its type then uses the gap (I84, I85)",
              500, [&] {
                const auto type = *rc::gen::element<std::uint32_t>(0, 1, 2, 3, 4, 5, 6, 9, 10);
                const auto pages = *rc::gen::inRange<std::uint32_t>(1, 9);
                Program program = boots_with(Program{}, {{type, pages}, {EfiMaxMemoryType, 0}});
                program.board = *rc::gen::element<std::uint8_t>(0, 1, 2, 4, 6);
                program.ops.push_back(allocate(type, pages));
                program.ops.push_back(allocate(type, 1));
                const Outcome outcome = agree(suite, program);
                const HobView list = list_of(outcome);
                const Region bins = bins_of(list);
                if (bins.size != pages * kPage) suite.refute(program, "the bins' size is not its");
                std::vector<Region> taken;
                for (const MemoryHob& hob : list.memory_hobs()) {
                  if (hob.type == type && !same_guid(hob.name, EFI_HOB_MEMORY_ALLOC_STACK_GUID)) {
                    taken.push_back({hob.base, hob.length});
                  }
                }
                if (taken.size() != 2 || taken[0] != bins) {
                  suite.refute(program, "the request for all of the bin was not served from it");
                }
                if (taken[1].overlaps(bins)) suite.refute(program, "a page was given twice");
              });
}

// I87: whatever happened in between, what was freed is whole again.
void nothing_is_lost(Suite& suite) {
  suite.claim("when all of its pages are freed a bin is whole again (I87)", 500, [&] {
    constexpr std::uint32_t kPages = 12;
    Program program = boots_with(Program{}, {{6, kPages}, {EfiMaxMemoryType, 0}});
    const auto sizes =
        *rc::gen::container<std::vector<std::uint64_t>>(4, rc::gen::inRange<std::uint64_t>(1, 4));
    for (const std::uint64_t size : sizes) program.ops.push_back(allocate(6, size));
    std::vector<std::uint16_t> order{0, 1, 2, 3};
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    for (const std::uint16_t handle : order) {
      Op free = make_op(OpCode::FreePages);
      free.place = {Anchor::NamedPages, handle, true, 0};
      free.quantity.measure = Measure::Whole;
      program.ops.push_back(free);
    }
    program.ops.push_back(allocate(6, kPages));
    const Outcome outcome = agree(suite, program);
    const HobView list = list_of(outcome);
    const Region bins = bins_of(list);
    for (const MemoryHob& hob : list.memory_hobs()) {
      if (hob.type == 6 && Region{hob.base, hob.length} == bins) return;
    }
    suite.refute(program, "the bin does not serve all of its pages any more");
  });
}

}  // namespace
}  // namespace hobnail::oracle

int main() {
  using namespace hobnail::oracle;
  Suite suite("bins");
  every_rule_holds(suite);
  records_are_named(suite);
  whole_bin_is_served(suite);
  nothing_is_lost(suite);
  return suite.verdict();
}
