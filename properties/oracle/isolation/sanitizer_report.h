// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// AddressSanitizer's report as evidence of a finding.
#pragma once

#include <cstdint>
#include <string>

namespace hobnail::oracle {

struct SanitizerReport {
  bool accesses = false;  // it is about an access to `address`
  bool write = false;
  std::uint64_t address = 0;
  std::string frames;  // the first ones, a line each, without the harness's own
};

[[nodiscard]] SanitizerReport read_report(const char* text);

}  // namespace hobnail::oracle
