// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Drawing.
#include "fuzz/command/triage_pictures.h"

#include <stdexcept>

#include <chrono>

#include "fuzz/boot_view/html/html.h"
#include "fuzz/boot_view/record.h"

namespace hobnail {

void add_pictures(TriageReport& report, const hobnail_target& target, const oracle::RunOptions& run,
                  const Limits& limits, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  for (TriageRecord& record : report.records) {
    if (record.list || !record.history.empty()) continue;  // a picture is of one boot
    if (seconds > 0 && Clock::now() >= end) return;
    try {
      Storyboard story = record_steps(record.program, target, run, {limits.seconds});
      story.title = record.fingerprint;
      if (!story.skipped.empty()) continue;
      record.picture = boot_html_figure(story, "b" + record.fingerprint + "-");
    } catch (const std::runtime_error&) {
      record.picture.clear();  // the record is whole without it
    }
  }
}

}  // namespace hobnail
