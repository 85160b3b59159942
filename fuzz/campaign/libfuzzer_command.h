// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How libFuzzer is called, in this one place: it ignores unknown flags in silence, so each that we
// rely on was seen at work with clang 14.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/process/child_process.h"

namespace hobnail {

// Bytes of an input: about a hundred and fifty ops. Longer ones find no more, and take their time.
inline constexpr std::size_t kInputBytesMax = 512;

// The flags of every run that fuzzes; `hobnail fuzz --print-flags` prints them for scripts.
[[nodiscard]] std::span<const std::string_view> pinned_flags();

struct EngineCall {
  std::filesystem::path binary;
  std::string artifacts;                       // prefix of the files of inputs that fail
  std::vector<std::filesystem::path> folders;  // the first is written to
  int forks = 0;                               // 0: one process, which ends with its finding
  std::uint64_t runs = 0;                      // 0: as many as the time allows
  double seconds = 0;                          // 0: no limit; a net, who drives has the watch
  std::uint32_t seed = 0;                      // 0: of its own
};

using Command = std::vector<std::string>;

[[nodiscard]] Command fuzz_command(const EngineCall& call);
// Plays the input once, as it was played when it failed.
[[nodiscard]] Command replay_command(const std::filesystem::path& binary,
                                     std::span<const std::filesystem::path> inputs);
// Copies into `to` what of `from` adds coverage; with `smallest`, a smallest set that has it all.
// Inputs of more than `bytes_max` bytes would be cut.
[[nodiscard]] Command merge_command(const std::filesystem::path& binary,
                                    const std::filesystem::path& to,
                                    std::span<const std::filesystem::path> from, bool smallest,
                                    const std::string& artifacts,
                                    std::size_t bytes_max = kInputBytesMax);

// Whether a file is a fuzz target under libFuzzer that can run.
struct EngineCheck {
  std::string objection;  // why it is none, in one line; empty when it is one
  bool left_out = false;  // it is one, and has nothing to run with this target (kNothingToCompare)
};
[[nodiscard]] EngineCheck check_engine(const std::filesystem::path& binary,
                                       const Environment& environment);
// The objection alone.
[[nodiscard]] std::string why_not_an_engine(const std::filesystem::path& binary,
                                            const Environment& environment);

// Options of the sanitizers. `symbols`: stacks with names, which takes a second each.
[[nodiscard]] Environment engine_environment(bool symbols);

}  // namespace hobnail
