// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a HOB list has that the plainest one has not: the words that tell apart what a minimal list
// needs. They are said of the list's bytes by the plain reading, and of nothing that a reader under
// test has answered.
//
// Invariant: words are frozen, as fingerprints are made of them; no number is in them.
#pragma once

#include <string>
#include <vector>

#include "properties/oracle/hob_list_input/list_input.h"

namespace hobnail {

// DXE cannot work with it: it is broken, or there is no memory to start in.
[[nodiscard]] bool must_be_refused(const pei::oracle::HostileList& list);

// How the chain of HOBs ends, where it does not at an END HOB: "HobLength off alignment".
[[nodiscard]] std::vector<std::string> circumstances_of_chain(const pei::oracle::HostileList& list);

// Of a list that is broken: the chain's, then what is wrong with it. Else what its resources,
// allocations and bins are beyond tested memory in whole pages: "allocation off pages"; before that
// why there is no memory to start in, if so.
[[nodiscard]] std::vector<std::string> circumstances_of_list(const pei::oracle::HostileList& list);

}  // namespace hobnail
