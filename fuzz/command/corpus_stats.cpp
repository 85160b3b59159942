// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus stats: counts of programs, ops, boards and replies.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/corpus_files.h"
#include "properties/oracle/board/board_profile.h"
#include "properties/oracle/coverage/scenario_coverage.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

using oracle::Reply;

struct Options {
  std::vector<std::string> inputs;
  std::string json;
  TargetOptions target;
};

struct Stats {
  std::size_t programs = 0, distinct = 0, ops = 0, findings = 0, skipped = 0;
  std::map<std::string, std::size_t> op_counts, boards;
  std::vector<std::size_t> bytes;  // of each, canonical; sorted
  std::map<std::string, std::map<std::string, std::uint64_t>> replies;  // op, reply: calls
};

// Calls by reply, in any condition and phase.
void take_replies(const oracle::ScenarioCoverage& reach, Stats& stats) {
  for (std::size_t step = 0; step < oracle::kSteps; ++step) {
    for (std::size_t r = 0; r < oracle::kReplies; ++r) {
      std::uint64_t count = 0;
      for (std::size_t phase = 0; phase < oracle::kBootPhases; ++phase) {
        count += reach.count({static_cast<oracle::Step>(step), oracle::Condition::Any,
                              static_cast<oracle::BootPhase>(phase), static_cast<Reply>(r)});
      }
      const auto name = std::string(oracle::step_name(static_cast<oracle::Step>(step)));
      if (count != 0) stats.replies[name][std::string(reply_name(static_cast<Reply>(r)))] = count;
    }
  }
}

Stats gather(const std::vector<ProgramFile>& files, const hobnail_target& target,
             oracle::RunOptions run) {
  Stats stats;
  std::set<std::vector<std::uint8_t>> distinct;
  oracle::ScenarioCoverage reach;
  run.observer = &reach;
  for (const ProgramFile& file : files) {
    ++stats.programs;
    stats.ops += file.program.ops.size();
    ++stats.boards[std::string(oracle::board_profiles()[file.program.board].name)];
    for (const oracle::Op& op : file.program.ops) {
      ++stats.op_counts[std::string(oracle::row_of(op.code).name)];
    }
    std::vector<std::uint8_t> bytes = oracle::encode_bytes(file.program);
    stats.bytes.push_back(bytes.size());
    distinct.insert(std::move(bytes));
    const oracle::Outcome outcome = run_in_lockstep(file.program, target, run);
    stats.findings += outcome.finding ? 1 : 0;
    stats.skipped += outcome.skipped.empty() ? 0 : 1;
  }
  stats.distinct = distinct.size();
  std::sort(stats.bytes.begin(), stats.bytes.end());
  take_replies(reach, stats);
  return stats;
}

std::string counts_text(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::size_t, std::string>> sorted;
  for (const auto& [name, count] : counts) sorted.emplace_back(count, name);
  std::sort(sorted.rbegin(), sorted.rend());
  std::string text;
  for (const auto& [count, name] : sorted) text += fmt::format("  {:>8}  {}\n", count, name);
  return text;
}

void print(const Stats& stats) {
  fmt::print("{} programs, {} of them distinct, {} ops, {:.1f} each\n", stats.programs,
             stats.distinct, stats.ops,
             static_cast<double>(stats.ops) / static_cast<double>(stats.programs));
  fmt::print("bytes: {} the shortest, {} the median, {} the longest\n", stats.bytes.front(),
             stats.bytes[stats.bytes.size() / 2], stats.bytes.back());
  fmt::print("ops:\n{}boards:\n{}replies:\n", counts_text(stats.op_counts),
             counts_text(stats.boards));
  for (const auto& [op, replies] : stats.replies) {
    std::string text;
    for (const auto& [reply, count] : replies) text += fmt::format("  {} {}", reply, count);
    fmt::print("  {:<18}{}\n", op, text);
  }
  if (stats.skipped != 0)
    fmt::print("{} were skipped: this build lacks their board\n", stats.skipped);
  if (stats.findings != 0) fmt::print("{} fail; see hobnail replay\n", stats.findings);
}

nlohmann::json json_of(const Stats& stats) {
  return {{"programs", stats.programs},
          {"distinct", stats.distinct},
          {"ops", stats.ops},
          {"op_counts", stats.op_counts},
          {"boards", stats.boards},
          {"bytes",
           {{"min", stats.bytes.front()},
            {"median", stats.bytes[stats.bytes.size() / 2]},
            {"max", stats.bytes.back()}}},
          {"replies", stats.replies},
          {"skipped", stats.skipped},
          {"findings", stats.findings}};
}

int run_stats(const Options& options) {
  const hobnail_target& target = options.target.load();
  const std::vector<ProgramFile> programs = value_of(read_corpora(options.inputs));
  report_crashes(options.target.seconds);
  const Stats stats = gather(programs, target, options.target.run_options());
  print(stats);
  write_json_option(options.json, json_of(stats));
  return kNothingFound;
}

}  // namespace

void add_corpus_stats_command(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = corpus.add_subcommand("stats", "Count ops, boards, sizes and replies");
  command->add_option("INPUT", options->inputs, "Programs, or directories of text or bytes")
      ->required();
  add_target_option(*command, options->target.target);
  add_json_option(*command, options->json, "counts");
  command->callback([options, &exit_code] { exit_code = run_stats(*options); });
}

}  // namespace hobnail
