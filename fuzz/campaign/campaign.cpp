// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A finding of a rule does not end an engine; a death does (fuzz/targets/finding_sink.h).
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
#include <csignal>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "fuzz/campaign/campaign_inputs.h"
#include "fuzz/campaign/libfuzzer_log.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/process/child_process.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/banner.h"
#include "fuzz/targets/finding_sink.h"

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
  if (!plan_.stop_at_first) environment.emplace_back(kFindingsVariable, artifacts_.native());
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
    if (plan_.checkpoint) plan_.checkpoint();
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
  figures_.out_of_time = !engines.empty();
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
    if (name.starts_with('.')) continue;  // not yet whole
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
  for (std::size_t i = 0; i < figures_.known.size(); ++i) {
    figures_.known[i] = before_.known[i] + counters_->known[i];
    figures_.noted[i] = before_.noted[i] + counters_->noted[i];
  }
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
    figures_.initialized = figures_.initialized || engine->log.initialized;
    figures_.corpus = std::max(figures_.corpus, static_cast<std::size_t>(engine->log.corpus));
  }
  // Of a target that counts nothing there is the count of its engine.
  if (figures_.ops == 0) figures_.executions = std::max(figures_.executions, printed);
  const auto now = Clock::now();
  const double second = before_.seconds + std::chrono::duration<double>(now - begin_).count();
  figures_.seconds = second;
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

// Seeds, regressions and the grown corpus.
namespace {

std::string noun_of(const std::string& target) {
  return target.ends_with("_fuzz") ? target.substr(0, target.size() - 5) : target;
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; ++at) {
    if (at->is_regular_file() && (extension.empty() || at->path().extension() == extension)) {
      files.push_back(at->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Seeds of a fuzz target whose inputs are no programs: files of bytes in corpus/<noun>/.
std::vector<fs::path> own_seeds(const fs::path& corpus, const std::string& noun) {
  std::vector<fs::path> files = files_below(corpus / noun, "");
  std::erase_if(files, [](const fs::path& file) {
    return file.extension() == ".boot" || file.extension() == ".md";
  });
  return files;
}

bool same_content(const fs::path& file, const std::string& bytes) {
  std::error_code gone;
  if (fs::file_size(file, gone) < bytes.size() || gone) return false;
  std::ifstream in(file, std::ios::binary);
  std::string content(kInputBytesMax, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  return content == bytes;
}

// The grown corpus while a smaller one takes its place.
constexpr const char* kOldCorpus = "grown.old";

}  // namespace

FuzzCampaign::FuzzCampaign(const FuzzPlan& plan, FuzzTarget target, Failures& failures,
                           ProgressLine& progress)
    : plan_(plan), target_(std::move(target)), failures_(failures), progress_(progress) {
  const std::string noun = noun_of(target_.name);
  home_ = plan.work / noun;
  seeds_ = home_ / "seeds";
  grown_ = home_ / "grown";
  artifacts_ = home_ / "artifacts";
  scratch_ = home_ / "scratch";
  figures_.artifacts = artifacts_;
  target_.lists = !files_below(plan.corpus / noun, ".hobs").empty();
  target_.completes = noun == "handoff";
  target_.compares = noun == "differential";
  target_.boots = !target_.lists && own_seeds(plan.corpus, noun).empty();
}

void FuzzCampaign::prepare() {
  keep_earlier();
  recover_grown();
  for (const fs::path& folder : {seeds_, artifacts_, scratch_}) {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  write_seeds();
  figures_.seeds = files_below(seeds_, "").size();
  if (figures_.seeds == 0) {
    throw std::runtime_error(fmt::format(
        "{}: no program (*.boot) below it; run from the root of the tree, or give --corpus",
        shown(plan_.corpus)));
  }
  for (const fs::path& file : files_below(grown_, "")) grown_before_.insert(file.filename());
  progress_.say(fmt::format("{}: {} seeds, {} units of earlier runs", target_.name, figures_.seeds,
                            grown_before_.size()));
}

// Inputs that failed in a run that was killed before its triage.
void FuzzCampaign::keep_earlier() {
  std::error_code none;
  if (!fs::is_directory(artifacts_, none) || fs::exists(artifacts_ / kTriagedMark)) return;
  const fs::path earlier = home_ / "earlier";
  std::size_t kept = 0;
  for (const fs::path& file : files_below(artifacts_, "")) {
    if (file.filename().native().starts_with('.')) continue;
    fs::create_directories(earlier);
    fs::rename(file, earlier / file.filename());
    ++kept;
  }
  if (kept == 0) return;
  progress_.say(
      fmt::format("{0}: {1} failing input{2} of a run without triage in {3}; run `hobnail "
                  "triage {3}`",
                  target_.name, kept, kept == 1 ? "" : "s", shown(earlier)));
}

// What a run that was killed had added: while it was tidied, and in the folders of its children.
void FuzzCampaign::recover_grown() {
  const fs::path old = home_ / kOldCorpus;
  if (fs::is_directory(old) && !fs::exists(grown_)) fs::rename(old, grown_);
  fs::remove_all(old);
  fs::create_directories(grown_);
  harvest();
}

void FuzzCampaign::write_seeds() {
  const auto check = [](const std::optional<std::string>& wrong) {
    if (wrong) throw std::runtime_error(*wrong);
  };
  const fs::path own = plan_.corpus / noun_of(target_.name);
  if (target_.boots) {
    for (const fs::path& file : files_below(plan_.corpus, ".boot")) {
      check(encode_file(file, kInputBytesMax, seeds_ / flat_name(file)));
    }
    return;
  }
  if (!target_.lists) {
    for (const fs::path& file : own_seeds(plan_.corpus, noun_of(target_.name))) {
      fs::copy_file(file, seeds_ / flat_name(file), fs::copy_options::overwrite_existing);
    }
    return;
  }
  std::vector<std::string> folders{own.native()};
  const fs::path real = plan_.corpus / "real/hobs";
  if (fs::is_directory(real)) folders.push_back(real.native());
  const auto lists = expand_lists(folders);
  if (const auto* wrong = std::get_if<FileError>(&lists)) check(wrong->message);
  for (const fs::path& file : std::get<std::vector<fs::path>>(lists)) {
    check(encode_list_file(file, kInputBytesMax, seeds_ / flat_name(file)));
  }
}

void FuzzCampaign::replay_regressions(double seconds) {
  if (!target_.boots) return;
  const auto end = Clock::now() + std::chrono::duration<double>(std::min(seconds, 120.0));
  const auto left = [end] {
    return std::max(std::chrono::duration<double>(end - Clock::now()).count(), 0.0);
  };
  const std::vector<fs::path> files = files_below(plan_.corpus / "regressions", ".boot");
  std::vector<fs::path> inputs;
  inputs.reserve(files.size());
  for (const fs::path& file : files) inputs.push_back(seeds_ / flat_name(file));
  if (inputs.empty()) return;
  const Run run =
      run_child(replay_command(target_.binary, inputs), engine_environment(false), left());
  if (run.code == 0) {
    progress_.say(
        fmt::format("{}: {} regressions replayed, all clean", target_.name, files.size()));
    return;
  }
  for (std::size_t i = 0; i < files.size() && !enough(); ++i) {
    if (left() <= 0) {
      progress_.say(
          fmt::format("{}: {} of {} regressions were not replayed (time limit); the engine runs "
                      "them as seeds",
                      target_.name, files.size() - i, files.size()));
      return;
    }
    const Run alone = run_child(replay_command(target_.binary, {&inputs[i], 1}),
                                engine_environment(false), left());
    if (alone.code == 0 || alone.code == kTookTooLong) continue;
    figures_.failed.push_back(files[i]);
    failures_.add_input(target_.name);
    const auto banner = read_banner(alone.output);
    progress_.say(fmt::format("{}: {} fails again: {}", target_.name, shown(files[i]),
                              banner ? banner->rule : fmt::format("code {}", alone.code)));
  }
}

// What the children of an engine that was interrupted had not yet handed over.
void FuzzCampaign::harvest() {
  for (const fs::path& file : files_below(scratch_, "")) {
    const std::string folder = file.parent_path().filename().native();
    const bool corpus = folder.size() > 1 && folder[0] == 'C' &&
                        std::isdigit(static_cast<unsigned char>(folder[1])) != 0;
    std::error_code ignored;
    if (corpus)
      fs::copy_file(file, grown_ / file.filename(), fs::copy_options::skip_existing, ignored);
  }
  fs::remove_all(scratch_);
  fs::create_directories(scratch_);
}

void FuzzCampaign::quarantine(const fs::path& artifact) {
  std::ifstream in(artifact, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  for (const fs::path& folder : {seeds_, grown_}) {
    for (const fs::path& file : files_below(folder, "")) {
      if (same_content(file, bytes)) fs::remove(file);
    }
  }
}

void FuzzCampaign::tidy(double seconds) {
  if (fs::is_empty(grown_)) return;
  constexpr double kSecondsMax = 300;
  progress_.show(target_.name + ": the grown corpus is cut down to what adds coverage");
  if (target_.boots) make_canonical(grown_, kInputBytesMax);
  const fs::path smaller = home_ / "smaller";
  fs::remove_all(smaller);
  fs::create_directories(smaller);
  Environment environment = engine_environment(false);
  environment.emplace_back("TMPDIR", scratch_.native());
  environment.emplace_back(kFindingsVariable, "-");  // what it finds, is kept already
  environment.emplace_back(kCountersVariable, (home_ / "counters").native());  // it ends with us
  const fs::path from[] = {grown_};
  const Run run =
      run_child(merge_command(target_.binary, smaller, from, true, scratch_.native() + "/"),
                environment, std::min(seconds, kSecondsMax));
  if (run.code == 0 && !files_below(smaller, "").empty()) {
    const fs::path old = home_ / kOldCorpus;
    fs::rename(grown_, old);
    fs::rename(smaller, grown_);
    fs::remove_all(old);
  } else {
    fs::remove_all(smaller);  // what there is stays
  }
  figures_.corpus = files_below(grown_, "").size();
  figures_.new_units = new_inputs().size();
  progress_.clear();
}

std::vector<fs::path> FuzzCampaign::new_inputs() const {
  std::vector<fs::path> files = files_below(grown_, "");
  std::erase_if(files, [this](const fs::path& file) {
    return grown_before_.contains(file.filename().native());
  });
  return files;
}

}  // namespace hobnail
