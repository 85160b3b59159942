// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Records that tests render: a plain one, and one in which every string is as nasty as a target can
// make it.
#pragma once

#include <string>

#include "fuzz/triage/record/record.h"

namespace hobnail {

// Quotes, markup, control characters, broken UTF-8, a NUL, the ends of CDATA, comments and fences.
[[nodiscard]] std::string nasty_text();

// FREED-MARKED at op 1 of two.
[[nodiscard]] TriageRecord sample_record();
// The same with nasty_text() in all that a target or a path can bring.
[[nodiscard]] TriageRecord nasty_record();

// DXE-MAP, about the third HOB of a list of three.
[[nodiscard]] TriageRecord list_record();

// One of the first two, and a file for every reason to be in no bucket.
[[nodiscard]] TriageReport sample_report();

}  // namespace hobnail
