// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of all services together, in any boot.
#include "properties/claims/services.h"

#include <algorithm>
#include <array>
#include <vector>

#include "properties/claims/outcomes.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/hob_list/hob_view.h"

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

void agree_with_the_model(Trial& trial, const Program& program) {
  const Outcome outcome = trial.agree(program, kHostile);
  trial.reach("a boot that migrates", has_migrated(outcome), 30);
  trial.reach("a boot with a refusal", !refusals(outcome).empty(), 50);
  trial.reach("a boot with five refusals", refusals(outcome).size() >= 5, 15);
}

void keep_to_the_contract(Trial& trial, const Program& program) {
  const Outcome outcome = trial.agree(program, kContract);
  trial.reach("a boot of ten calls within the contract", outcome.ops_run >= 10, 30);
}

// Runs the boot up to a call that is refused, and once more with it.
void error_changes_nothing(Trial& trial, const Program& program) {
  constexpr std::size_t kTried = 4;
  std::vector<std::size_t> refused = refusals(trial.agree(program, kHostile));
  trial.reach("a refusal to look at", !refused.empty(), 50);
  // The last ones: they come upon the fullest memory.
  if (refused.size() > kTried) {
    refused.erase(refused.begin(), refused.end() - static_cast<std::ptrdiff_t>(kTried));
  }
  for (const std::size_t index : refused) {
    const Outcome before = trial.agree(first_ops(program, index), kHostile);
    const Outcome after = trial.agree(first_ops(program, index + 1), kHostile);
    if (!same_list(before, after)) {
      Trial::refute(first_ops(program, index + 1),
                    "the last op was refused, and the HOB list is not what it was before");
    }
  }
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

// The records without the HOBs that changed: bytes that no op wrote may differ.
std::vector<OpRecord> answers(const Outcome& outcome) {
  std::vector<OpRecord> records = outcome.records;
  for (OpRecord& record : records) record.change = {};
  return records;
}

void garbage_does_not_matter(Trial& trial, const Program& program) {
  const Outcome once = trial.agree(program, kHostile);
  Program elsewhere = program;
  elsewhere.garbage = static_cast<std::uint8_t>(program.garbage + 1);
  const Outcome other = trial.agree(elsewhere, kHostile);
  if (skeleton(once) != skeleton(other) || answers(once) != answers(other)) {
    Trial::refute(program, "the boot is another when memory holds the garbage of the next seed");
  }
}

// --- the table ----------------------------------------------------------------------------------

constexpr std::array kClaims{
    Claim{"services", "model",
          "the services agree with the model on any program, whatever is asked",
          "docs/pei-semantics.md, section 5", Standard::Pi, 1125, Range::Boots, nullptr,
          agree_with_the_model},
    Claim{"services", "contract",
          "the services agree with the model when a PEIM keeps to the contract",
          "docs/pei-semantics.md, section 5", Standard::Pi, 500, Range::Boots, nullptr,
          keep_to_the_contract},
    Claim{"services", "refusal", "a call that is refused changes no byte of the HOB list",
          "docs/pei-semantics.md, I97", Standard::Strict, 325, Range::Boots, nullptr,
          error_changes_nothing},
    Claim{"services", "garbage", "what memory held before the boot does not matter",
          "docs/pei-semantics.md, I98", Standard::Pi, 250, Range::Boots, nullptr,
          garbage_does_not_matter},
};

}  // namespace

std::span<const Claim> services_claims() { return kClaims; }

}  // namespace hobnail::oracle
