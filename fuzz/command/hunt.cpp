// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Turns and their time.
#include "fuzz/command/hunt.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include "fuzz/campaign/stability.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/known/known_issues.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

// A first, short turn of each target, before its share: easy findings appear early, whichever
// target finds them. Short shares are not worth a second start.
double first_look(const FuzzPlan& plan, double share) {
  constexpr double kShareMin = 5, kPart = 0.2, kSecondsMax = 10;
  return plan.runs != 0 || share < kShareMin ? 0 : std::min(share * kPart, kSecondsMax);
}

double tenth(double seconds, double least) { return std::max(seconds / 10, least); }

bool same_directory(const fs::path& one, const fs::path& other) {
  std::error_code error;
  return fs::equivalent(one, other, error);
}

}  // namespace

Hunt::Hunt(const HuntPlan& plan, const fs::path& bin)
    : plan_(plan),
      ours_(same_directory(bin, own_folder())),
      begin_(Clock::now()),
      next_checkpoint_(begin_),
      progress_(plan.quiet) {
  plan_.fuzz.checkpoint = [this] { checkpoint(); };
  record_.seed = plan.fuzz.seed;
  record_.jobs = plan.fuzz.runs != 0 ? 1 : plan.fuzz.jobs;
  record_.core = plan.setting.target.empty() ? "" : shown(plan.setting.target);
  record_.setting = plan.setting;
}

double Hunt::seconds_until(double second) const {
  const std::chrono::duration<double> passed = Clock::now() - begin_;
  return std::max(second - passed.count(), 0.0);
}

FuzzRecord Hunt::run(std::vector<FuzzTarget> targets) {
  prepare(std::move(targets));
  take_turns();
  tidy();
  record_.interrupted = interrupted();
  gather();
  return std::move(record_);
}

void Hunt::prepare(std::vector<FuzzTarget> targets) {
  for (FuzzTarget& target : targets) {
    target.ours = ours_;
    campaigns_.push_back(
        std::make_unique<FuzzCampaign>(plan_.fuzz, std::move(target), failures_, progress_));
    campaigns_.back()->prepare();
  }
  checkpoint();
  constexpr double kSecondsMin = 10;
  const double end = std::min(tenth(plan_.seconds, kSecondsMin), plan_.seconds / 2);
  for (std::size_t i = 0; i < campaigns_.size(); ++i) {
    const auto left = static_cast<double>(campaigns_.size() - i);
    campaigns_[i]->replay_regressions(seconds_until(end) / left);
  }
}

void Hunt::take_turns() {
  const auto count = static_cast<double>(campaigns_.size());
  const double look = first_look(plan_.fuzz, seconds_until(plan_.seconds) / count);
  for (const auto& campaign : campaigns_) {
    if (look > 0 && !campaign->enough()) campaign->play(look);
  }
  // However long the others took: a target that was not run is an error.
  constexpr double kSecondsMin = 1;
  const double least = std::min(plan_.seconds / count / 2, kSecondsMin);
  for (std::size_t i = 0; i < campaigns_.size() && !campaigns_[i]->enough(); ++i) {
    const auto left = static_cast<double>(campaigns_.size() - i);
    campaigns_[i]->play(std::max(seconds_until(plan_.seconds) / left, least));
  }
}

void Hunt::tidy() {
  constexpr double kSecondsMin = 4;
  const double end = plan_.seconds + tenth(plan_.seconds, kSecondsMin);
  for (std::size_t i = 0; i < campaigns_.size() && !campaigns_[i]->enough(); ++i) {
    const auto left = static_cast<double>(campaigns_.size() - i);
    campaigns_[i]->tidy(seconds_until(end) / left);
    if (ours_) check_new_inputs(*campaigns_[i], seconds_until(end) / left);
  }
}

// New inputs of the corpus must have the same outcome each time. They run in this program, which
// shows nothing of fuzz targets of another build.
void Hunt::check_new_inputs(const FuzzCampaign& campaign, double seconds) {
  const auto loaded = oracle::load_target_from_environment();
  const auto* const target = std::get_if<const hobnail_target*>(&loaded);
  if (target == nullptr || !campaign.target().boots) return;
  std::vector<ProgramFile> programs;
  for (const fs::path& file : campaign.new_inputs()) {
    auto read = read_program(file);
    if (auto* program = std::get_if<ProgramFile>(&read)) programs.push_back(std::move(*program));
  }
  record_.stability_inputs += programs.size();
  if (seconds <= 0) return;
  TargetChoice choice;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  constexpr double kSecondsOfAnOp = 5;
  const Stability result =
      check_stability(programs, **target, choice.run_options(), kSecondsOfAnOp, [&](std::size_t i) {
        progress_.show(fmt::format("{}: {} of {} new inputs run again", campaign.target().name,
                                   i + 1, programs.size()));
        return Clock::now() < end;
      });
  progress_.clear();
  record_.stability_played += result.played;
  record_.stability_stable += result.played - result.unstable.size();
  for (const Unstable& one : result.unstable) {
    if (one.explained) continue;
    if (one.state) {
      keep_state(*one.state);
      continue;
    }
    const ProgramFile& program = programs[one.index];
    const fs::path file = plan_.out / "findings" /
                          ("UNSTABLE-" + program.path.filename().native().substr(0, 8) + ".boot");
    write_file(file, oracle::print_text(program.program));
    record_.unstable.emplace_back(file, one.how);
  }
}

// Triage makes the record of it, by the boot and the files of its history.
void Hunt::keep_state(const StateFinding& state) {
  const fs::path file =
      plan_.out / "findings" / fmt::format("{}-{}.boot", kStateRule, record_.state.size() + 1);
  write_file(file, oracle::print_text(state.boot));
  write_history(file, state.history);
  record_.state.push_back(file);
}

// By the entries of the file that the fuzz targets have read, those that were seen only.
void Hunt::gather_known(FuzzRecord& record) const {
  record.stopped_by_known.clear();
  if (plan_.setting.known.empty()) return;
  const auto issues = oracle::read_known_issues(plan_.setting.known, true);
  const auto* const known = std::get_if<oracle::KnownIssues>(&issues);
  if (known == nullptr) return;
  for (std::size_t i = 0; i < known->lines.size(); ++i) {
    const oracle::KnownIssue& issue = known->lines[i];
    KnownCount count{issue.fingerprint.empty() ? issue.bucket : issue.fingerprint};
    for (const auto& campaign : campaigns_) {
      const FuzzFigures& figures = campaign->figures();
      if (i + 1 >= figures.known.size()) break;
      count.ended += figures.known[i + 1];
      count.went_on += figures.noted[i + 1];
    }
    if (count.ended + count.went_on != 0) record.stopped_by_known.push_back(std::move(count));
  }
}

void Hunt::gather() {
  gather_known(record_);
  record_.targets.clear();
  for (const auto& campaign : campaigns_) {
    const FuzzFigures& figures = campaign->figures();
    if (figures.seconds > 0 || !figures.failed.empty()) {
      record_.targets.emplace_back(campaign->target(), figures);
    }
  }
}

// All targets, those that have not begun too: what they leave must be found.
void Hunt::checkpoint() {
  const auto now = Clock::now();
  if (now < next_checkpoint_) return;
  // Once a second, and less often in a long run, whose file is long.
  const auto wait = std::max<Clock::duration>(std::chrono::seconds(1), (now - begin_) / 100);
  next_checkpoint_ = now + wait;
  FuzzRecord so_far = record_;
  gather_known(so_far);
  so_far.interrupted = true;  // the last record says whether it was
  for (const auto& campaign : campaigns_) {
    so_far.targets.emplace_back(campaign->target(), campaign->figures());
  }
  write_campaign(json_of(so_far), plan_.out, plan_.fuzz.work);
}

fs::path campaign_file(const fs::path& out) { return out / "report/fuzz.json"; }

fs::path campaign_file_of_work(const fs::path& work) { return work / "campaign.json"; }

void write_campaign(const nlohmann::json& report, const fs::path& out, const fs::path& work) {
  fs::create_directories(campaign_file(out).parent_path());
  for (const fs::path& file : {campaign_file(out), campaign_file_of_work(work)}) {
    replace_file(file, json_text(report));
  }
}

}  // namespace hobnail
