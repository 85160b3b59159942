// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of any HOB list, ours or a hostile one: it ends, and whoever reads it stays inside.
#include "core/hob_list.h"

#include <cstring>
#include <memory>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kCaptured = recorded();

// What a reader made of the bytes.
struct Reading {
  std::size_t hobs = 0;  // whole ones, END included
  std::size_t at = 0;    // offset of END, or of the flaw
  bool broken = false;

  friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read_by_core(const std::uint8_t* bytes, std::size_t size) {
  Reading reading;
  HobWalk walk(HobList(bytes, size));
  for (; walk.on_hob(); walk.advance()) ++reading.hobs;
  if (!walk.is_broken()) ++reading.hobs;
  reading.at = walk.offset();
  reading.broken = walk.is_broken();
  return reading;
}

Reading read_by_oracle(const std::uint8_t* bytes, std::size_t size) {
  HobView view;
  walk_hobs({bytes, size}, view);
  Reading reading;
  reading.hobs = view.hobs.size();
  reading.broken = !view.ok();
  reading.at = view.ok() ? view.hobs.back().offset : view.error_offset;
  return reading;
}

void always_ends(Suite& suite) {
  suite.claim("the HOB list always ends, where EfiEndOfHobList says", 1000, [&] {
    const Program program = *suite.programs();
    const Outcome outcome = suite.agree(program, kCaptured);
    if (outcome.hobs.empty()) return;  // the target ended the boot
    const Reading reading = read_by_core(outcome.hobs.data(), outcome.hobs.size());
    EFI_HOB_HANDOFF_INFO_TABLE phit;
    std::memcpy(&phit, outcome.hobs.data(), sizeof phit);
    suite.reach("a list of twenty HOBs", reading.hobs >= 20, 15);
    suite.reach("a list that has migrated", has_migrated(outcome), 30);
    if (reading.broken || outcome.hobs_base + reading.at != phit.EfiEndOfHobList) {
      suite.refute(program, "the walk does not end at EfiEndOfHobList");
    }
  });
}

// Breaks bytes of the list: a length here and there, a type, a bit; perhaps cuts it.
std::vector<std::uint8_t> broken(std::vector<std::uint8_t> bytes) {
  HobView view;
  walk_hobs(bytes, view);
  const auto wounds = *rc::gen::inRange(1, 4);
  for (int i = 0; i < wounds; ++i) {
    const auto which = *rc::gen::inRange<std::size_t>(0, view.hobs.size());
    const auto field = *rc::gen::inRange<std::size_t>(0, 4);
    const auto value =
        *rc::gen::element<std::uint16_t>(0, 1, 7, 8, 9, 16, 48, 56, 0x100, 0xfff8, 0xffff);
    const std::size_t at = view.hobs[which].offset + field;
    std::memcpy(bytes.data() + at, &value, sizeof value);
  }
  const bool cut = *rc::gen::inRange(0, 3) == 0;
  if (cut) bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size()));
  return bytes;
}

void stays_inside(Suite& suite) {
  suite.claim("no reader of a broken HOB list leaves its bytes", 1500, [&] {
    const Program program = *suite.programs();
    const Outcome outcome = suite.play(program, kCaptured);
    if (outcome.hobs.empty()) return;
    const std::vector<std::uint8_t> bytes = broken(outcome.hobs);
    // Exactly as many bytes as there are, so that AddressSanitizer sees one too many.
    const auto exact = std::make_unique<std::uint8_t[]>(bytes.size());
    if (!bytes.empty()) std::memcpy(exact.get(), bytes.data(), bytes.size());
    const Reading core = read_by_core(exact.get(), bytes.size());
    const Reading oracle = read_by_oracle(exact.get(), bytes.size());
    suite.reach("a list whose flaw is found", core.broken, 40);
    suite.reach("a list that still ends", !core.broken, 10);
    RC_ASSERT(core.at <= bytes.size());
    RC_ASSERT(core.hobs <= bytes.size() / 8);
    // The oracle asks for a PHIT at the front too; else two readers that share no line agree.
    const bool headless = oracle.broken && oracle.at == 0;
    if (!headless) RC_ASSERT(core == oracle);
  });
}

int run() {
  Suite suite("hob_list");
  always_ends(suite);
  stays_inside(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
