// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The child and what it leaves.
#include "fuzz/boot_view/record.h"

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "fuzz/boot_view/claims.h"
#include "fuzz/boot_view/evidence.h"
#include "fuzz/boot_view/recorder.h"
#include "fuzz/boot_view/step_delta.h"
#include "properties/oracle/program/repeat.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

using oracle::board_profiles;
using oracle::BoardProfile;
using oracle::Op;
using oracle::Outcome;
using oracle::Program;
using oracle::Result;
using oracle::RunOptions;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string read_whole(std::FILE* file) {
  std::string text;
  std::rewind(file);
  std::array<char, 4096> block;
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), file)) {
    text.append(block.data(), got);
  }
  return text;
}

// A last line without its end was not finished.
std::vector<Step> steps_in(const std::string& text) {
  std::vector<Step> steps;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = text.find('\n', from);
    if (to == std::string::npos) break;
    const nlohmann::json delta = nlohmann::json::parse(text.substr(from, to - from));
    steps.push_back(step_after(delta, steps.empty() ? Step() : steps.back()));
    from = to + 1;
  }
  return steps;
}

// The line of each op, with the name of its result.
std::vector<std::string> titles_of(const Program& program) {
  constexpr std::string_view kLetters = "-pbh";  // by Result
  std::array<std::size_t, 4> count{};
  std::vector<std::string> titles;
  for (const Op& op : program.ops) {
    const auto result = static_cast<std::size_t>(oracle::row_of(op.code).result);
    const std::string line = oracle::print_op(op);
    titles.push_back(result == static_cast<std::size_t>(Result::None)
                         ? line
                         : fmt::format("{}{} = {}", kLetters[result], count[result]++, line));
  }
  return titles;
}

void name_steps(const Program& program, Storyboard& story) {
  for (const oracle::Group& group : oracle::groups_of(program.ops)) {
    if (group.rounds > 1) story.repeats.push_back({group.from, group.end(), group.rounds});
  }
  const std::vector<std::string> titles = titles_of(program);
  for (Step& step : story.steps) {
    if (step.op == Step::kReset) {
      step.title = "reset";
    } else {
      step.title = step.op < titles.size() ? titles[step.op] : "end checks";
    }
  }
}

// The crash reporter names the one that ran.
std::string_view who_ended(const Storyboard& story) {
  if (!story.finding) return "target";
  return story.finding->evidence.find("the consumer") == std::string::npos ? "target" : "consumer";
}

// The step in which the process ended: all that is known is what was before.
void add_death(const BoardProfile& profile, Storyboard& story) {
  Step step;
  if (story.steps.empty()) {
    step.stage = "PEI in temporary RAM";
    const std::vector<Piece> claims{{profile.heap, PieceKind::Unclaimed, {}, "heap"},
                                    {profile.stack, PieceKind::Stack, "stack", "SEC's stack"}};
    for (const StoryRegion& region : story.regions) {
      for (Piece& piece : lay(region.where, claims)) step.pieces.push_back(std::move(piece));
    }
  } else {
    step.stage = story.steps.back().stage;
    step.pieces = story.steps.back().pieces;
    step.hobs = story.steps.back().hobs;
    step.op = story.finding->op;
  }
  step.outcome = fmt::format("the {} terminated its process", who_ended(story));
  step.found = true;
  step.died = true;
  story.steps.push_back(std::move(step));
}

// Memory that no step shows to be anything needs no picture.
void drop_idle_regions(Storyboard& story) {
  std::erase_if(story.regions, [&](const StoryRegion& region) {
    const auto busy = [&](const Piece& piece) {
      return region.where.contains(piece.where.base) && piece.kind != PieceKind::Outside;
    };
    for (const Step& step : story.steps) {
      if (std::any_of(step.pieces.begin(), step.pieces.end(), busy)) return false;
    }
    for (Step& step : story.steps) {
      std::erase_if(step.pieces,
                    [&](const Piece& piece) { return region.where.contains(piece.where.base); });
    }
    return true;
  });
}

void take_outcome(const Outcome& outcome, const BoardProfile& profile, Storyboard& story) {
  story.skipped = outcome.skipped;
  story.finding = outcome.finding;
  if (!story.finding) return;
  // The recorder gets every finding but those that end the process.
  if (story.steps.empty() || !story.steps.back().found) add_death(profile, story);
  story.finding_step = story.steps.size() - 1;
  story.finding_about = memory_named_in(story.finding->evidence, story.regions);
}

}  // namespace

Storyboard record_steps(const Program& program, const hobnail_target& target,
                        const RunOptions& options, const oracle::Isolation& isolation) {
  const File file(std::tmpfile(), std::fclose);
  if (!file) throw std::runtime_error("no temporary file for the steps of the boot");
  Recorder recorder(fileno(file.get()));
  RunOptions watched = options;
  watched.trace = true;
  watched.thorough = true;  // or the boot would be played twice, and the first time be watched
  watched.observer = &recorder;
  const Outcome outcome = oracle::run_one_isolated(program, target, watched, isolation);

  const std::span<const BoardProfile> profiles = board_profiles();
  const BoardProfile& profile = profiles[program.board < profiles.size() ? program.board : 0];
  Storyboard story;
  story.board = profile.name;
  story.board_title = profile.title;
  story.target = target.name;
  story.program = oracle::print_text(program);
  story.regions = regions_of(profile);
  story.steps = steps_in(read_whole(file.get()));
  take_outcome(outcome, profile, story);
  name_steps(program, story);
  drop_idle_regions(story);
  return story;
}

}  // namespace hobnail
