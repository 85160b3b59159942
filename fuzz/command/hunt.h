// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Hunt: the fuzz targets of a run, each in its turns, from the seeds to the corpus that is kept.
//
//   regressions   a tenth of the time at most          first looks   short turns, all targets
//   turns         what is left, in equal shares        tidying       a tenth of the time more
//
// Invariants: the file of the run is on disk from the first moment, and at each moment what it
// names is there: a run that is killed has lost no input that failed. The time holds, whatever the
// targets do.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "fuzz/campaign/campaign.h"
#include "fuzz/campaign/run_summary.h"
#include "fuzz/terminal/progress_line.h"
#include "fuzz/triage/state/state_finding.h"

namespace hobnail {

struct HuntPlan {
  FuzzPlan fuzz;
  double seconds = 60;        // of all targets together
  std::filesystem::path out;  // findings/ and report/
  CampaignSetting setting;    // of this process, too
  bool quiet = false;
};

class Hunt {
 public:
  // `bin`: the directory of the fuzz targets. The time begins now.
  Hunt(const HuntPlan& plan, const std::filesystem::path& bin);

  // Throws std::runtime_error when a target cannot run at all.
  FuzzRecord run(std::vector<FuzzTarget> targets);
  // Whether an input has failed.
  [[nodiscard]] bool failed() const { return failures_.any(); }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] double seconds_until(double second) const;  // of the run; not below 0
  void prepare(std::vector<FuzzTarget> targets);
  void take_turns();
  void tidy();
  void check_new_inputs(const FuzzCampaign& campaign, double seconds);
  void keep_state(const StateFinding& state);
  void gather();
  void gather_known(FuzzRecord& record) const;
  void checkpoint();

  HuntPlan plan_;
  bool ours_;  // fuzz targets of the build of this program
  Clock::time_point begin_;
  Clock::time_point next_checkpoint_;
  Failures failures_;
  ProgressLine progress_;
  FuzzRecord record_;
  std::vector<std::unique_ptr<FuzzCampaign>> campaigns_;
};

// The files of a run: report/fuzz.json below `out`, and campaign.json in the directory of the grown
// corpus. Each is replaced at once, so that a reader always finds a whole one.
[[nodiscard]] std::filesystem::path campaign_file(const std::filesystem::path& out);
[[nodiscard]] std::filesystem::path campaign_file_of_work(const std::filesystem::path& work);
void write_campaign(const nlohmann::json& report, const std::filesystem::path& out,
                    const std::filesystem::path& work);

}  // namespace hobnail
