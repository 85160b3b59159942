// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The execution run.
#include "fuzz/hob_dump/rebuild/verify.h"

#include <fmt/format.h>

#include "fuzz/hob_dump/rebuild/compare.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/lockstep/lockstep.h"

namespace hobnail {

std::optional<std::string> verify_boot(const RebuiltBoot& boot, const HobFile& real) {
  oracle::RunOptions options;
  options.capture_hobs = true;
  const auto outcome = run_in_lockstep(boot.program, *hobnail_get_target(), options);
  if (outcome.finding) {
    return fmt::format("{}: the program violates rule {} at op {}", real.name,
                       outcome.finding->rule, outcome.finding->op);
  }
  const auto differences = compare_hob_lists(real.bytes, outcome.hobs);
  if (differences.empty()) return std::nullopt;
  return fmt::format("{}: HOB {}: no program found that produces it: {}", real.name,
                     differences.front().index, differences.front().text);
}

}  // namespace hobnail
