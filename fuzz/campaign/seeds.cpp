// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What a campaign feeds on and leaves: seeds, regressions, the grown corpus.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "fuzz/campaign/campaign.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/targets/banner.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

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

volatile std::sig_atomic_t g_interrupts = 0;

void on_interrupt(int number) {
  if (g_interrupts != 0) std::signal(number, SIG_DFL);  // the next one ends us
  g_interrupts = 1;
}

}  // namespace

void watch_for_interrupts() {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, on_interrupt);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return g_interrupts != 0; }

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
  for (const fs::path& folder : {seeds_, artifacts_, scratch_}) {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  fs::create_directories(grown_);
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

void FuzzCampaign::replay_regressions() {
  if (!target_.boots) return;
  constexpr double kSecondsMax = 120;
  const std::vector<fs::path> files = files_below(plan_.corpus / "regressions", ".boot");
  std::vector<fs::path> inputs;
  inputs.reserve(files.size());
  for (const fs::path& file : files) inputs.push_back(seeds_ / flat_name(file));
  if (inputs.empty()) return;
  const Run run =
      run_child(replay_command(target_.binary, inputs), engine_environment(false), kSecondsMax);
  if (run.code == 0) {
    progress_.say(
        fmt::format("{}: {} regressions replayed, all clean", target_.name, files.size()));
    return;
  }
  for (std::size_t i = 0; i < files.size() && !enough(); ++i) {
    const Run alone = run_child(replay_command(target_.binary, {&inputs[i], 1}),
                                engine_environment(false), kSecondsMax);
    if (alone.code == 0) continue;
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

void FuzzCampaign::tidy() {
  if (fs::is_empty(grown_)) return;
  constexpr double kSecondsMax = 300;
  progress_.show(target_.name + ": the grown corpus is cut down to what adds coverage");
  if (target_.boots) make_canonical(grown_, kInputBytesMax);
  const fs::path smaller = home_ / "smaller";
  fs::remove_all(smaller);
  fs::create_directories(smaller);
  Environment environment = engine_environment(false);
  environment.emplace_back("TMPDIR", scratch_.native());
  const fs::path from[] = {grown_};
  const Run run =
      run_child(merge_command(target_.binary, smaller, from, true, scratch_.native() + "/"),
                environment, kSecondsMax);
  if (run.code == 0 && !files_below(smaller, "").empty()) {
    fs::remove_all(grown_);
    fs::rename(smaller, grown_);
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
