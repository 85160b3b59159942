// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// An engine runs in one of two ways. With forks it is one process, which runs inputs in children
// and continues after a failure by itself. Without, it ends with its failure and is started again;
// several of them share a corpus.
//
// Forks have a price that only time pays back: the first children live for 1, 2, 3 ... seconds,
// each starts anew, and one process merges what they find. Side by side with clang 14, both ways
// on the same two processors, services_fuzz ran 1.1 times the ops without forks in 15 s, and 1.6
// times in 40 s.
#include "fuzz/campaign/campaign.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "fuzz/campaign/libfuzzer_log.h"
#include "fuzz/process/child_process.h"

namespace hobnail {

namespace fs = std::filesystem;

namespace {

// " (HOB-CHAIN 3)": of all targets so far.
std::string rules_text(const Failures& failures) {
  std::string text;
  for (const auto& [rule, count] : failures.rules()) {
    text += fmt::format("{}{} {}", text.empty() ? " (" : ", ", rule, count);
  }
  return text.empty() ? text : text + ")";
}

}  // namespace

struct FuzzCampaign::Engine {
  Engine(const Command& command, const Environment& environment) : process(command, environment) {}
  ChildProcess process;
  LibFuzzerLog log;
};

void FuzzCampaign::play(double seconds) {
  before_ = figures_;
  begin_ = Clock::now();
  end_ =
      begin_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  counters_ = create_counters((home_ / "counters").native());
  if (counters_ == nullptr) throw std::runtime_error(shown(home_) + ": cannot be written");
  counters_->watcher = static_cast<std::uint64_t>(getpid());
  const bool forks = plan_.runs == 0 && seconds >= plan_.fork_from;
  const bool alone = forks || plan_.runs != 0;
  play_with(alone ? 1 : static_cast<std::size_t>(plan_.jobs), forks);
  // An engine begins with the empty input; where that fails, only one that forks comes further.
  if (!alone && !enough() && Clock::now() < end_) play_with(1, true);
  collect_artifacts();
  figures_.seconds = before_.seconds + std::chrono::duration<double>(Clock::now() - begin_).count();
  progress_.clear();
  harvest();
  release_counters(counters_);
  counters_ = nullptr;
}

void FuzzCampaign::play_with(std::size_t processes, bool forks) {
  std::vector<std::unique_ptr<Engine>> engines;
  while (engines.size() < processes) engines.push_back(start(forks));
  watch(engines, forks);
  stop(engines);
}

std::unique_ptr<FuzzCampaign::Engine> FuzzCampaign::start(bool forks) {
  EngineCall call;
  call.binary = target_.binary;
  call.artifacts = artifacts_.native() + "/";
  call.folders = {grown_, seeds_};
  if (plan_.seed != 0) call.seed = plan_.seed + static_cast<std::uint32_t>(started_);
  if (forks) call.forks = plan_.jobs;
  if (plan_.runs != 0) call.runs = plan_.runs - figures_.executions;
  Environment environment = engine_environment(false);
  environment.emplace_back(kCountersVariable, (home_ / "counters").native());
  environment.emplace_back("TMPDIR", scratch_.native());
  ++started_;
  return std::make_unique<Engine>(fuzz_command(call), environment);
}

// Until the time is over or there is enough; engines that end with a finding are started again.
void FuzzCampaign::watch(std::vector<std::unique_ptr<Engine>>& engines, bool forks) {
  constexpr int kTickMilliseconds = 100;
  auto before = std::pair(std::uint64_t{0}, std::size_t{0});
  while (!engines.empty() && !enough() && Clock::now() < end_) {
    const int wait = kTickMilliseconds / static_cast<int>(engines.size());
    for (auto& engine : engines) engine->log.feed(engine->process.read_output(wait));
    observe(engines);
    collect_artifacts();
    const auto ended = std::find_if(engines.begin(), engines.end(),
                                    [](auto& one) { return one->process.ended().has_value(); });
    if (ended == engines.end()) continue;
    (*ended)->log.feed((*ended)->process.read_output(0));
    observe(engines);
    const auto now = std::pair(figures_.executions, collected_.size());
    if (now == std::pair(std::uint64_t{0}, std::size_t{0})) complain_of(**ended);
    const bool stuck = now == before;  // it would go on like this
    const bool done = plan_.runs != 0 && figures_.executions >= plan_.runs;
    engines.erase(ended);
    before = now;
    if (stuck || done) continue;
    ++figures_.restarts;
    engines.push_back(start(forks));
  }
}

// It has ended, and nothing was played.
void FuzzCampaign::complain_of(Engine& engine) {
  if (engine.process.ended().value_or(0) == 0) return;  // the caller sees: no execution
  std::string said;
  for (const std::string& line : engine.log.tail) said += "\n  " + line;
  throw std::runtime_error(target_.name + " ended before its first execution" + said);
}

// What children of an engine that forks have found lies in their folders, for harvest().
void FuzzCampaign::stop(std::vector<std::unique_ptr<Engine>>& engines) {
  for (const auto& engine : engines) engine->process.interrupt();
  const auto patience = Clock::now() + std::chrono::seconds(3);
  for (const auto& engine : engines) {
    while (!engine->process.ended() && Clock::now() < patience) {
      engine->log.feed(engine->process.read_output(20));
    }
    engine->process.end();
    engine->log.feed(engine->process.read_output(0));
  }
  observe(engines);
}

// What engines have left since the last time. Without forks a unit of the corpus that fails would
// end every restart at once.
void FuzzCampaign::collect_artifacts() {
  for (const auto& entry : fs::directory_iterator(artifacts_)) {
    const std::string name = entry.path().filename().native();
    if (!collected_.insert(name).second) continue;
    quarantine(entry.path());
    ++figures_.failures;
    if (name.starts_with("crash-")) failures_.add_input(target_.name);
  }
}

void FuzzCampaign::count() {
  if (counters_ == nullptr) return;
  figures_.executions =
      std::max(figures_.executions, before_.executions + counters_->executions.load());
  figures_.ops = before_.ops + counters_->ops;
}

void FuzzCampaign::observe(const std::vector<std::unique_ptr<Engine>>& engines) {
  count();
  std::uint64_t printed = before_.executions;
  for (const auto& engine : engines) {
    for (const std::string& rule : engine->log.take_rules()) {
      if (failures_.add_rule(rule)) progress_.say(fmt::format("{}: {}", target_.name, rule));
    }
    printed += engine->log.executions;
    figures_.cov = std::max(figures_.cov, engine->log.cov);
    figures_.ft = std::max(figures_.ft, engine->log.ft);
    figures_.corpus = std::max(figures_.corpus, static_cast<std::size_t>(engine->log.corpus));
  }
  // Of a target that counts nothing there is the count of its engine.
  if (figures_.ops == 0) figures_.executions = std::max(figures_.executions, printed);
  const auto now = Clock::now();
  const double second = before_.seconds + std::chrono::duration<double>(now - begin_).count();
  const bool later = figures_.history.empty() || second - figures_.history.back().first >= 0.5;
  if (figures_.cov != 0 && later) figures_.history.emplace_back(second, figures_.cov);
  const std::string left =
      plan_.runs != 0
          ? grouped(plan_.runs - std::min(plan_.runs, figures_.executions))
          : clock_text(std::max(0.0, std::chrono::duration<double>(end_ - now).count()));
  progress_.show(
      fmt::format("{}  {}  {} executions  {}/s  cov {} ft {}  corpus {}  failures {}{}  {} left",
                  target_.name, clock_text(second), grouped(figures_.executions),
                  grouped(static_cast<std::uint64_t>(static_cast<double>(figures_.executions) /
                                                     std::max(second, 0.1))),
                  figures_.cov, figures_.ft, figures_.corpus, failures_.inputs_of(target_.name),
                  rules_text(failures_), left));
}

bool FuzzCampaign::enough() const {
  return interrupted() || (plan_.stop_at_first && failures_.any());
}

}  // namespace hobnail
