// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The one table of what ends a process: the first line of a report by a sanitizer of clang
// (address, leak, memory, undefined) or by libFuzzer, as a kind with one spelling.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hobnail {

struct ReportKind {
  std::string kind;       // "use-after-poison", "signed integer overflow", "timeout"
  bool sanitizer = true;  // else libFuzzer's
};

inline constexpr std::string_view kKindOutOfMemory = "out-of-memory";
inline constexpr std::string_view kKindTimeout = "timeout";
inline constexpr std::string_view kKindSignal = "signal";  // libFuzzer's, which names none

// Nothing for a line that begins no report.
[[nodiscard]] std::optional<ReportKind> report_kind(std::string_view line);

// The process ran out of memory, whoever noticed it.
[[nodiscard]] bool is_out_of_memory(std::string_view kind);

}  // namespace hobnail
