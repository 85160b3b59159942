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

// All below are of a trial with a finding.
// "not refused", "page lost", "walk", "start: is not free"
[[nodiscard]] std::string check_of_list(const Trial& trial);

// What the list has that the check may need, in words.
[[nodiscard]] std::vector<std::string> circumstances_in(const pei::oracle::HostileList& list,
                                                        const Trial& trial);

// The index of the HOB that the finding is about; the number of HOBs when it is about none of them.
[[nodiscard]] std::size_t hob_in_question(const pei::oracle::HostileList& list, const Trial& trial);

// As those of programs.
[[nodiscard]] Likeness likeness_of(const pei::oracle::HostileList& list, const Trial& trial);
[[nodiscard]] std::string raw_group(const pei::oracle::HostileList& list, const Trial& trial);
[[nodiscard]] std::string bucket_of(const pei::oracle::HostileList& list, const Trial& trial);

}  // namespace hobnail
