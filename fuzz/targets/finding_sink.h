// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// FindingSink: what a fuzz target does with a finding. By itself, and in OSS-Fuzz, it prints its
// banner and ends the process. Under HOBNAIL_FINDINGS=DIRECTORY, which `hobnail fuzz` sets, it
// keeps the input there, and the process continues:
//
//   DIRECTORY/crash-RULE-OP-xxxxxxxxxxxxxxxx     the name of libFuzzer's artifacts, for triage
//
// Invariant: of one signature (rule, op, class of calls) a process keeps at most kKeptMax inputs,
// those of earlier processes included: the shortest that it has seen. It prints the first only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>

namespace hobnail {

// Names the directory, which exists. `-`: nothing is kept and nothing is printed.
inline constexpr const char* kFindingsVariable = "HOBNAIL_FINDINGS";

// A finding in the words of a fuzz target.
struct FindingReport {
  std::string signature;  // of letters, digits and `-`: a part of a file's name
  std::string banner;
};

class FindingSink {
 public:
  static constexpr std::size_t kKeptMax = 16;

  explicit FindingSink(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // Keeps the input, or not. Returns true for the first of its signature.
  bool take(std::span<const std::uint8_t> input, const std::string& signature);

 private:
  using Files = std::multimap<std::size_t, std::filesystem::path>;  // by size

  [[nodiscard]] Files files_of(const std::string& signature) const;

  std::filesystem::path directory_;
  std::map<std::string, Files> kept_;  // by signature; the longest is the first to go
};

// The banner on stderr and abort(), or the sink of the environment.
void report_finding(std::span<const std::uint8_t> input, const FindingReport& report);

// An input of a known issue: it is kept in the directory of the environment, in silence.
void keep_known(std::span<const std::uint8_t> input, const std::string& signature);

}  // namespace hobnail
