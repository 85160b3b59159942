// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Buckets of HOB lists: what makes two findings about lists one bug. docs/triage.md says the same
// for users.
//
//   rule / list / which check / what the minimal list has       all others
//   rule / list / the assertion / what the minimal list has     stop()
//   rule / list / how it ended / the first functions / ...      crashes
//
// Invariant: that of bucket.h: no address, no line, no count; what readers answered counts only as
// far as it says which check has spoken.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/triage/boot/bucket.h"
#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

// All below are of a execution with a finding.
// "not rejected", "page lost", "walk", "start: is not free"
[[nodiscard]] std::string check_of_list(const Execution& execution);

// What the list has that the check may need, in words.
[[nodiscard]] std::vector<std::string> conditions_in(const oracle::HobListInput& list,
                                                     const Execution& execution);

// The index of the HOB that the finding is about; the number of HOBs when it is about none of them.
[[nodiscard]] std::size_t hob_in_question(const oracle::HobListInput& list,
                                          const Execution& execution);

// As those of programs.
[[nodiscard]] Signature signature_of(const oracle::HobListInput& list, const Execution& execution);
[[nodiscard]] std::string raw_group(const oracle::HobListInput& list, const Execution& execution);
[[nodiscard]] std::string bucket_of(const oracle::HobListInput& list, const Execution& execution);

}  // namespace hobnail
