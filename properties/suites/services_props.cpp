// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of all services together, in any boot.
#include <algorithm>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kHostile = recorded(CallPolicy::Hostile);
constexpr RunOptions kContract = recorded(CallPolicy::Contract);

std::vector<std::size_t> refusals(const Outcome& outcome) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < outcome.records.size(); ++i) {
    if (was_refused(outcome, i)) found.push_back(i);
  }
  return found;
}

void agree_with_the_model(Suite& suite) {
  suite.claim("the services agree with the model on any program, whatever is asked", 1125, [&] {
    const Program program = *suite.boots();
    const Outcome outcome = suite.agree(program, kHostile);
    suite.reach("a boot that migrates", has_migrated(outcome), 30);
    suite.reach("a boot with a refusal", !refusals(outcome).empty(), 50);
    suite.reach("a boot with five refusals", refusals(outcome).size() >= 5, 15);
  });
  suite.claim("the services agree with the model when a PEIM keeps to the contract", 500, [&] {
    const Program program = *suite.boots();
    const Outcome outcome = suite.agree(program, kContract);
    suite.reach("a boot of ten calls within the contract", outcome.ops_run >= 10, 30);
  });
}

bool same_list(const Outcome& a, const Outcome& b) {
  return a.hobs == b.hobs && a.hobs_base == b.hobs_base;
}

// Plays the boot up to a call that is refused, and once more with it.
void error_changes_nothing(Suite& suite) {
  constexpr std::size_t kTried = 4;
  suite.claim("a call that is refused changes no byte of the HOB list", 325, [&] {
    const Program program = *suite.boots();
    std::vector<std::size_t> refused = refusals(suite.agree(program, kHostile));
    suite.reach("a refusal to look at", !refused.empty(), 50);
    // The last ones: they come upon the fullest memory.
    if (refused.size() > kTried) {
      refused.erase(refused.begin(), refused.end() - static_cast<std::ptrdiff_t>(kTried));
    }
    for (const std::size_t index : refused) {
      const Outcome before = suite.play(first_ops(program, index), kHostile);
      const Outcome after = suite.play(first_ops(program, index + 1), kHostile);
      if (!same_list(before, after)) {
        suite.refute(first_ops(program, index + 1),
                     "the last op was refused, and the HOB list is not what it was before");
      }
    }
  });
}

void boots_are_independent(Suite& suite) {
  suite.claim("the same program makes the same boot again", 250, [&] {
    const Program program = *suite.boots();
    const Outcome first = suite.agree(program, kHostile);
    const Outcome second = suite.agree(program, kHostile);
    if (first.digest != second.digest || !same_list(first, second)) {
      suite.refute(program, "two boots of one program differ");
    }
  });
  suite.claim("a boot leaves no trace in the next one", 200, [&] {
    const Program program = *suite.boots();
    const Program other = *suite.boots();
    const Outcome alone = suite.agree(program, kHostile);
    (void)suite.agree(other, kHostile);
    const Outcome after = suite.agree(program, kHostile);
    if (alone.digest != after.digest || !same_list(alone, after)) {
      suite.refute(program, "its boot is another after the boot of the program that follows\n" +
                                rc::toString(other));
    }
  });
}

// The list without what a PEIM may leave unwritten: types, lengths, and the core's own records.
std::vector<std::uint64_t> skeleton(const Outcome& outcome) {
  std::vector<std::uint64_t> numbers{outcome.hobs_base, outcome.ops_run};
  HobView view;
  walk_hobs(outcome.hobs, view);
  for (const Hob& hob : view.hobs) {
    numbers.push_back(hob.type);
    numbers.push_back(hob.length);
  }
  for (const MemoryHob& hob : view.memory_hobs()) {
    numbers.insert(numbers.end(), {hob.base, hob.length, hob.type});
  }
  return numbers;
}

// The records without the HOBs that changed: bytes that nobody wrote may differ.
std::vector<OpRecord> answers(const Outcome& outcome) {
  std::vector<OpRecord> records = outcome.records;
  for (OpRecord& record : records) record.change = {};
  return records;
}

void garbage_does_not_matter(Suite& suite) {
  suite.claim("what memory held before the boot does not matter", 250, [&] {
    const Program program = *suite.boots();
    const Outcome once = suite.agree(program, kHostile);
    Program elsewhere = program;
    elsewhere.garbage = static_cast<std::uint8_t>(program.garbage + 1);
    const Outcome other = suite.agree(elsewhere, kHostile);
    if (skeleton(once) != skeleton(other) || answers(once) != answers(other)) {
      suite.refute(program, "the boot is another when memory holds the garbage of the next seed");
    }
  });
}

int run() {
  Suite suite("services");
  agree_with_the_model(suite);
  error_changes_nothing(suite);
  boots_are_independent(suite);
  garbage_does_not_matter(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
