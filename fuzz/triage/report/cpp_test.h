// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A record as a test in C++ that stands alone: one file, one compile line, no library.
//
//   c++ -std=c++20 -I HOBNAIL test.cpp core.cpp -o test     the target ABI and the PI headers
//   c++ ... -DHOBNAIL_ORACLE -lhobnail_oracle -lfmt         the oracle judges, every rule
//
// It ends with 1 while the bug is there, with 0 when it is gone, and with 2 when it cannot tell:
// what only the oracle sees needs the second line.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

[[nodiscard]] std::string render_cpp(const TriageRecord& record, const ReportSetting& setting);

// The calls alone, a statement a line.
[[nodiscard]] std::string test_calls(const TriageRecord& record);

// Why the calls alone do not show the bug, in words; empty when they do.
[[nodiscard]] std::string needs_the_oracle(const TriageRecord& record);

// The text of test_memory.h and test_bench.h, as they are printed into a test.
[[nodiscard]] std::string_view test_bench_text();

}  // namespace hobnail
