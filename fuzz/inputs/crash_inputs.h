// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Inputs: what the arguments of `hobnail triage` name, whatever engine left it there.
//
//   crash-*, timeout-*, oom-*, leak-*   libFuzzer: bytes
//   DIR/crashes/id:*, DIR/hangs/id:*    AFL++: of a folder that holds fuzzer_stats, these files
//                                       only; the others are no crashes
//   *.fuzz                              honggfuzz: bytes
//   *.boot, *.hobs                      text: boots, HOB lists
//   *.hob                               a HOB list as firmware has left it
//
// Any other file is bytes, or text when it begins as one does. What bytes mean, only who has them
// knows: those of a boot, or of a HOB list where the caller says so.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/triage/record/record.h"
#include "properties/oracle/hob_list_input/list_input.h"
#include "properties/oracle/program/program.h"

namespace hobnail {

struct Unreadable {
  std::string words;  // what is the matter, without the path
};

struct Input {
  OriginalFile file;
  std::string fuzzer;      // the fuzz target that it failed in; empty: unknown
  bool must_fail = false;  // that it does not fail again is a finding too
  // Bytes, which any fuzz target may have left. One that shows nothing here is run on the fuzz
  // targets that there are (TriageOptions::externals).
  bool bytes = false;
  std::variant<Unreadable, oracle::Program, oracle::HobListInput> content;
  // Inputs with the same text are likely to show the same finding; empty: artifact_signature().
  std::string likeness;
  // Boots that the same process ran before (history_files.h); triage runs them where the boot alone
  // shows nothing.
  std::vector<oracle::Program> history;
};

// What files mean that are bytes.
enum class BytesAre : std::uint8_t { Programs, Lists };

// What the name of an artifact says of its finding: "crash-STATUS-FreePages-hostile", without the
// hash of the input. The whole name where it says nothing.
[[nodiscard]] std::string artifact_signature(const std::string& path);

// Every file that the arguments name, sorted by path within each; what cannot be read is there too,
// and says why. Nothing twice.
[[nodiscard]] std::vector<Input> read_inputs(const std::vector<std::string>& arguments,
                                             BytesAre bytes = BytesAre::Programs);

// "2026-11-24T20:15:16Z" of seconds since 1970.
[[nodiscard]] std::string utc(std::int64_t seconds);

}  // namespace hobnail
