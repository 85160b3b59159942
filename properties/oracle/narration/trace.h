// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Trace: an OpRecord in text, for people who read a replay.
//
// Invariant: the record is all that a text depends on. Nothing reads these texts but people.
#pragma once

#include <string>
#include <vector>

#include "properties/oracle/boot/run.h"

namespace hobnail::oracle {

// As a PEIM would write the call: AllocatePages (EfiBootServicesData, 0x3).
[[nodiscard]] std::string call_text(const OpRecord& record);

// EFI_SUCCESS -> 0x10007000; or why the op was not called.
[[nodiscard]] std::string outcome_text(const OpRecord& record);

// What changed in the list, a text for each HOB and cursor.
[[nodiscard]] std::vector<std::string> effect_texts(const OpRecord& record);

// Fills the texts of `line`, whose story is the narration's.
void print_record(const OpRecord& record, TraceLine& line);

}  // namespace hobnail::oracle
