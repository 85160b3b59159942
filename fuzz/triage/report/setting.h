// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReportSetting: what reports say of the run beside what was found. A plain value, so that equal
// records and settings give equal reports.
#pragma once

#include <string>
#include <vector>

namespace hobnail {

struct ReportSetting {
  std::string version = "0";  // of Hobnail, as in a release: "0.1.0"
  std::string build;          // what it was built with: this_build()
  std::string started;        // UTC: 2026-11-24T20:15:16Z; empty: unknown
  // The root of the repository under test, absolute: what lies below it is named relative to it.
  std::string root;
  // What plays a program as triage did, with its options: "hobnail replay --target x.so".
  std::string replay = "hobnail replay";
  // Where the documentation is to be read, an absolute URI without the last slash; empty: nowhere.
  std::string home;
  std::string category;  // of the SARIF file, for code scanning; empty: "hobnail/<target>"

  // A fuzzing run's.
  std::string title;                // empty: "Triage of <target>"
  std::string verdict;              // empty: what triage makes of its files
  std::string facts;                // empty: what triage has played
  std::string figures;              // markup of our own, behind the tables of buckets
  std::vector<std::string> passed;  // what was tried without a finding, for JUnit
};

// Compiler, processor and sanitizers of this build: "clang 14.0.6, x86-64, address + undefined".
[[nodiscard]] std::string this_build();

// `path` relative to `root` with forward slashes, when it lies below it or is relative already;
// else empty.
[[nodiscard]] std::string below_root(const std::string& path, const std::string& root);

}  // namespace hobnail
