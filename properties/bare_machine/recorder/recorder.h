// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recorder: runs a program in lockstep on the built-in core and records the calls that reach it.
//
//   lockstep --> table of this file --> records, the core's table
//
// The harness calls through the recorder's table, which notes what PEIMs have written since the
// last call, and the call; an observer sees which answers go into the digest.
//
// Invariant: the core runs as without the recorder, so the outcome is that of the program `digest`.
#pragma once

#include <string>

#include "properties/bare_machine/recorder/memory_log.h"
#include "properties/oracle/boot/run.h"
#include "properties/oracle/program/program.h"
#include "properties/targets/hobnail/core.h"

namespace hobnail::bare {

// Appends the records of `program`, named `name`. The templates are those of the stream. Where the
// outcome has a finding or the board is missing, the records are of no use.
[[nodiscard]] oracle::Outcome record_program(const oracle::Program& program,
                                             const pei::CoreVariant& variant,
                                             const std::string& name, Templates& templates,
                                             Words& stream);

}  // namespace hobnail::bare
