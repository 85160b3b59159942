// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// SARIF 2.1.0, for code scanning: one result for each bucket.
//
// Invariants, because GitHub drops or rejects what lacks them: every result has a location,
// relative to the root of the repository; identity is partialFingerprints.primaryLocationLineHash,
// the bucket's fingerprint; no limit of GitHub's is passed (kSarifResultsMax, kSarifStepsMax).
#pragma once

#include <cstddef>
#include <string>

#include "fuzz/triage/record/record.h"
#include "fuzz/triage/report/setting.h"

namespace hobnail {

inline constexpr std::size_t kSarifResultsMax = 5000;  // what GitHub keeps
inline constexpr std::size_t kSarifStepsMax = 1000;    // of a flow, that it shows

[[nodiscard]] std::string render_sarif(const TriageReport& report, const ReportSetting& setting);

}  // namespace hobnail
