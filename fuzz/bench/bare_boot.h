// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A bare boot: the board and the calls of a program, without a check. What a boot costs before
// anything is judged; `hobnail bench` compares.
//
//   board   reset; permanent memory opens when it is installed; temporary RAM goes with the
//           migration
//   calls   with the arguments that lockstep has made them with
#pragma once

#include <optional>

#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/op_record.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

struct BareBoot {
  Program program;
  std::vector<ServiceCall> calls;
  std::vector<Region> written;  // what a reset has to restore of permanent memory
};

// The calls that lockstep makes of `program`; none when its board is missing, when the platform has
// a part in the boot, when there is a finding, or when no call was made.
[[nodiscard]] std::optional<BareBoot> bare_boot(const Program& program,
                                                const hobnail_target& target);

// Resets the board, enters, makes the calls, leaves. What the PEIM writes by itself is not written.
void play_bare(const BareBoot& boot, const hobnail_target& target);

}  // namespace hobnail::oracle
