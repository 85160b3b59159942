// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of the hand-off to DXE and of ExitBootServices (docs/pei-semantics.md, I88 to I96).
//
// A recorder stands between the oracle and a consumer, so that what was handed over, and what was
// answered, can be looked at from outside.
#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/planted/plain_dxe.h"
#include "properties/suites/support/suite.h"
#include "properties/targets/hobnail/dxe.h"

namespace hobnail::oracle {
namespace {

RecordingDxe recorder(builtin_dxe());

RunOptions watched() {
  recorder.forget();
  RunOptions options = recorded();
  options.consumer = &recorder;
  return options;
}

// Memory is installed, everything migrates, and at the end DXE and the operating system follow.
Program whole_boot(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher ||
           op.code == OpCode::HandOff || op.code == OpCode::ExitBootServices ||
           op.code == OpCode::SetBootMode;
  });
  Op install = make_op(OpCode::InstallPeiMemory);
  install.place.anchor = Anchor::Dram;
  install.quantity = {Measure::Whole, 0};
  const auto half = program.ops.begin() + static_cast<std::ptrdiff_t>(program.ops.size() / 2);
  program.ops.insert(half, {install, make_op(OpCode::ReturnToDispatcher)});
  program.ops.push_back(make_op(OpCode::HandOff));
  program.ops.push_back(make_op(OpCode::ExitBootServices));
  return program;
}

// The same, and no PEIM says anything of memory that DXE could stumble over.
Program tidy_boot(Program program) {
  // SEC's HOBs, and SEC's memory where PEI starts in it, are described on boards of their own.
  constexpr Traits kDescribed = kSecHobs | kInMemory;
  if (board_profiles()[program.board].has(kDescribed)) program.board = 0;
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::CreateHob && op.number != EFI_HOB_TYPE_GUID_EXTENSION;
  });
  for (Op& op : program.ops) {
    if (op.code == OpCode::CreateHob) op.quantity = {Measure::Literal, 64};
  }
  return whole_boot(std::move(program));
}

bool reached_dxe() { return !recorder.list.empty(); }
bool reached_os() { return !recorder.answers.empty() && recorder.answers.back() == EFI_SUCCESS; }

// The list that was handed over.
HobView handed_over(const Outcome& outcome) {
  HobView view;
  walk_hobs(outcome.hobs, view);
  return view;
}

std::uint64_t tested_bytes(const HobView& view) {
  std::uint64_t bytes = 0;
  for (const Hob& hob : view.hobs) {
    if (hob.type != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
    bytes += view.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob).ResourceLength;
  }
  return bytes;
}

void list_is_what_dxe_needs(Suite& suite) {
  suite.claim("I88: DXE is given a PHIT, a CPU HOB, and one tested memory that holds the gap", 300,
              [&] {
                const Program program = *suite.boots(tidy_boot);
                const Outcome outcome = suite.agree(program, watched());
                suite.reach("a boot that reaches DXE", reached_dxe(), 60);
                suite.reach("a boot that reaches the operating system", reached_os(), 60);
                if (!reached_dxe()) return;
                const HobView view = handed_over(outcome);
                const auto phit = view.phit();
                unsigned processors = 0;
                unsigned holders = 0;
                for (const Hob& hob : view.hobs) {
                  if (hob.type == EFI_HOB_TYPE_CPU) ++processors;
                  if (hob.type != EFI_HOB_TYPE_RESOURCE_DESCRIPTOR) continue;
                  const auto resource = view.read<EFI_HOB_RESOURCE_DESCRIPTOR>(hob);
                  const Region memory{resource.PhysicalStart, resource.ResourceLength};
                  const std::uint64_t gap = phit.EfiFreeMemoryTop - phit.EfiFreeMemoryBottom;
                  if (memory.contains(phit.EfiFreeMemoryBottom, gap)) ++holders;
                }
                if (processors != 1) suite.refute(program, "there is not one CPU HOB");
                if (holders != 1) suite.refute(program, "there is not one memory of the gap");
              });
}

void claims_are_disjoint(Suite& suite) {
  suite.claim("I89, I90: claims are disjoint, and each lies in the one memory", 300, [&] {
    const Program program = *suite.boots(tidy_boot);
    const Outcome outcome = suite.agree(program, watched());
    if (!reached_dxe()) return;
    const HobView view = handed_over(outcome);
    const Region dram = board_profiles()[program.board].dram[0];
    std::vector<MemoryHob> claims = view.memory_hobs();
    std::sort(claims.begin(), claims.end(),
              [](const MemoryHob& a, const MemoryHob& b) { return a.base < b.base; });
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (!dram.contains(claims[i].base, claims[i].length)) suite.refute(program, "one is outside");
      if (i != 0 && claims[i - 1].base + claims[i - 1].length > claims[i].base) {
        suite.refute(program, "two overlap");
      }
    }
    suite.reach("a list of ten claims and more", claims.size() >= 10, 10);
  });
}

void map_has_every_page(Suite& suite) {
  suite.claim("I91: the map has as many pages as the resources, and each claim with its type", 300,
              [&] {
                const Program program = *suite.boots(tidy_boot);
                const Outcome outcome = suite.agree(program, watched());
                if (recorder.maps.empty()) return;
                const HobView view = handed_over(outcome);
                std::map<std::uint32_t, std::uint64_t> mapped;
                std::uint64_t pages = 0;
                for (const MapEntry& entry : recorder.maps.front().entries) {
                  mapped[entry.type] += entry.pages;
                  pages += entry.pages;
                }
                std::map<std::uint32_t, std::uint64_t> claimed;
                for (const MemoryHob& hob : view.memory_hobs()) {
                  if (hob.type != EfiConventionalMemory) claimed[hob.type] += hob.length / kPage;
                }
                mapped.erase(EfiConventionalMemory);
                if (pages * kPage != tested_bytes(view)) suite.refute(program, "pages are lost");
                if (mapped != claimed) suite.refute(program, "a type has other pages");
              });
}

void first_memory_is_free(Suite& suite) {
  suite.claim("I92: the first memory of DXE is free, and clear of the list", 300, [&] {
    const Program program = *suite.boots(tidy_boot);
    const Outcome outcome = suite.agree(program, watched());
    suite.reach("a boot with a first memory", recorder.first.size != 0, 50);
    if (recorder.first.size == 0) return;
    const HobView view = handed_over(outcome);
    if (recorder.first.overlaps({outcome.hobs_base, outcome.hobs.size()})) {
      suite.refute(program, "it overlaps the list");
    }
    for (const MemoryHob& hob : view.memory_hobs()) {
      if (hob.type == EfiConventionalMemory) continue;
      if (recorder.first.overlaps({hob.base, hob.length})) suite.refute(program, "it is claimed");
    }
  });
}

void list_travels_as_it_is(Suite& suite) {
  suite.claim("I93: DXE is given the bytes of the list, and no others", 300, [&] {
    const Program program = *suite.boots(whole_boot);
    const Outcome outcome = suite.agree(program, watched());
    if (!reached_dxe()) return;
    if (recorder.list != outcome.hobs) suite.refute(program, "the copy differs");
    const auto phit = handed_over(outcome).phit();
    if (phit.EfiFreeMemoryBottom - outcome.hobs_base != outcome.hobs.size()) {
      suite.refute(program, "[PHIT, EfiFreeMemoryBottom) is not the list");
    }
  });
}

void keys_are_judged(Suite& suite) {
  suite.claim("I94: stale keys are refused, the right one is taken, the map stays", 300, [&] {
    const Program program = *suite.boots(tidy_boot);
    (void)suite.agree(program, watched());
    if (!reached_os()) return;
    std::vector<EFI_STATUS> expected(recorder.answers.size(), EFI_INVALID_PARAMETER);
    expected.back() = EFI_SUCCESS;
    if (recorder.answers != expected || expected.size() < 3) {
      suite.refute(program, "other answers were given");
    }
    for (const MemoryMap& map : recorder.maps) {
      if (map.entries != recorder.maps.front().entries) suite.refute(program, "the map changed");
    }
  });
}

void what_stays_is_all_there(Suite& suite) {
  constexpr std::array kKept{EfiReservedMemoryType, EfiRuntimeServicesCode, EfiRuntimeServicesData,
                             EfiACPIReclaimMemory, EfiACPIMemoryNVS};
  suite.claim("I95, I96: of each type that stays, the last map has all pages that PEI gave", 300,
              [&] {
                const Program program = *suite.boots(tidy_boot);
                const Outcome outcome = suite.agree(program, watched());
                if (!reached_os()) return;
                bool kept_any = false;
                for (const std::uint32_t type : kKept) {
                  std::uint64_t given = 0;
                  std::uint64_t mapped = 0;
                  for (const MemoryHob& hob : handed_over(outcome).memory_hobs()) {
                    if (hob.type == type) given += hob.length / kPage;
                  }
                  for (const MapEntry& entry : recorder.maps.back().entries) {
                    if (entry.type == type) mapped += entry.pages;
                  }
                  if (mapped < given) suite.refute(program, "pages that stay are lost");
                  kept_any = kept_any || given != 0;
                }
                suite.reach("memory that outlives the boot", kept_any, 30);
              });
}

// Whatever PEIMs write into their HOBs, neither the target nor the consumer is accused of it.
void bad_hobs_are_survived(Suite& suite) {
  suite.claim("DXE copes with what PEIMs wrote into their HOBs", 500, [&] {
    const Program program = *suite.boots(whole_boot);
    (void)suite.agree(program, watched());
    suite.reach("a list that a PEIM spoiled, or not", reached_dxe(), 60);
  });
}

void nothing_is_called_afterwards(Suite& suite) {
  suite.claim("after HandOff no service of PEI is called", 200, [&] {
    const Program program = *suite.boots(whole_boot);
    const Outcome alone = suite.agree(program, watched());
    if (!reached_dxe()) return;  // the memory was refused: PEI goes on
    Program more = program;
    const Program rest = *suite.boots();
    more.ops.insert(more.ops.end(), rest.ops.begin(), rest.ops.end());
    const Outcome outcome = suite.agree(more, watched());
    if (outcome.digest != alone.digest || outcome.ops_run != alone.ops_run) {
      suite.refute(more, "something was called after the end");
    }
  });
}

void resume_passes_dxe_by(Suite& suite) {
  suite.claim("on S3 resume DXE is not entered", 100, [&] {
    const Program program = *suite.boots([](Program drawn) {
      drawn = whole_boot(std::move(drawn));
      Op mode = make_op(OpCode::SetBootMode);
      mode.number = 0x11;
      drawn.ops.insert(drawn.ops.end() - 2, mode);
      return drawn;
    });
    const Outcome outcome = suite.agree(program, watched());
    if (reached_dxe()) suite.refute(program, "DXE was given the list");
    const bool woken =
        !outcome.records.empty() && outcome.records.back().ending == Ending::OsWakesUp;
    suite.reach("a resume that passes DXE by", woken, 60);
  });
}

int run() {
  Suite suite("handoff");
  list_is_what_dxe_needs(suite);
  claims_are_disjoint(suite);
  map_has_every_page(suite);
  first_memory_is_free(suite);
  list_travels_as_it_is(suite);
  keys_are_judged(suite);
  what_stays_is_all_there(suite);
  bad_hobs_are_survived(suite);
  nothing_is_called_afterwards(suite);
  resume_passes_dxe_by(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
