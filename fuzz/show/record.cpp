// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The child and what it leaves.
#include "fuzz/show/record.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "fuzz/show/claims.h"
#include "fuzz/show/evidence.h"
#include "fuzz/show/recorder.h"
#include "fuzz/show/scene_json.h"
#include "properties/oracle/codec_text.h"

namespace hobnail {
namespace {

using pei::oracle::board_profiles;
using pei::oracle::BoardProfile;
using pei::oracle::Op;
using pei::oracle::Outcome;
using pei::oracle::Program;
using pei::oracle::Result;
using pei::oracle::RunOptions;

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
    steps.push_back(step_of(nlohmann::json::parse(text.substr(from, to - from))));
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
    const auto result = static_cast<std::size_t>(pei::oracle::row_of(op.code).result);
    const std::string line = pei::oracle::print_op(op);
    titles.push_back(result == static_cast<std::size_t>(Result::None)
                         ? line
                         : fmt::format("{}{} = {}", kLetters[result], count[result]++, line));
  }
  return titles;
}

void name_steps(const Program& program, Scene& scene) {
  const std::vector<std::string> titles = titles_of(program);
  for (Step& step : scene.steps) {
    if (step.op == Step::kReset) {
      step.title = "reset";
    } else {
      step.title = step.op < titles.size() ? titles[step.op] : "end checks";
    }
  }
}

// The step in which the target ended its process: all that is known is what was before.
void add_death(const BoardProfile& profile, Scene& scene) {
  Step step;
  if (scene.steps.empty()) {
    step.stage = "PEI in temporary RAM";
    const std::vector<Piece> claims{{profile.heap, PieceKind::Unclaimed, {}, "heap"},
                                    {profile.stack, PieceKind::Stack, "stack", "SEC's stack"}};
    for (const SceneRegion& region : scene.regions) {
      for (Piece& piece : lay(region.where, claims)) step.pieces.push_back(std::move(piece));
    }
  } else {
    step.stage = scene.steps.back().stage;
    step.pieces = scene.steps.back().pieces;
    step.hobs = scene.steps.back().hobs;
    step.op = scene.finding->op;
  }
  step.outcome = "the target has ended its process";
  step.found = true;
  step.died = true;
  scene.steps.push_back(std::move(step));
}

// Memory that no step shows to be anything needs no picture.
void drop_idle_regions(Scene& scene) {
  std::erase_if(scene.regions, [&](const SceneRegion& region) {
    const auto busy = [&](const Piece& piece) {
      return region.where.contains(piece.where.base) && piece.kind != PieceKind::Outside;
    };
    for (const Step& step : scene.steps) {
      if (std::any_of(step.pieces.begin(), step.pieces.end(), busy)) return false;
    }
    for (Step& step : scene.steps) {
      std::erase_if(step.pieces,
                    [&](const Piece& piece) { return region.where.contains(piece.where.base); });
    }
    return true;
  });
}

void take_outcome(const Outcome& outcome, const BoardProfile& profile, Scene& scene) {
  scene.skipped = outcome.skipped;
  scene.finding = outcome.finding;
  if (!scene.finding) return;
  // The recorder is told of every finding but of those that end the process.
  if (scene.steps.empty() || !scene.steps.back().found) add_death(profile, scene);
  scene.finding_step = scene.steps.size() - 1;
  scene.finding_about = memory_named_in(scene.finding->evidence, scene.regions);
}

}  // namespace

Scene record_steps(const Program& program, const hobnail_target& target, const RunOptions& options,
                   const pei::oracle::Isolation& isolation) {
  const File file(std::tmpfile(), std::fclose);
  if (!file) throw std::runtime_error("no temporary file for the steps of the boot");
  pei::oracle::CallLog calls;
  Recorder recorder(fileno(file.get()), calls);
  RunOptions watched = options;
  watched.trace = true;
  watched.thorough = true;  // or the boot would be played twice, and the first time be watched
  watched.calls = &calls;
  watched.witness = &recorder;
  const Outcome outcome = pei::oracle::run_one_isolated(program, target, watched, isolation);

  const std::span<const BoardProfile> profiles = board_profiles();
  const BoardProfile& profile = profiles[program.board < profiles.size() ? program.board : 0];
  Scene scene;
  scene.board = profile.name;
  scene.board_title = profile.title;
  scene.target = target.name;
  scene.program = pei::oracle::print_text(program);
  scene.regions = regions_of(profile);
  scene.steps = steps_in(read_whole(file.get()));
  take_outcome(outcome, profile, scene);
  name_steps(program, scene);
  drop_idle_regions(scene);
  return scene;
}

}  // namespace hobnail
