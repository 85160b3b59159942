// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus merge and minimize: several corpora into one that has their coverage. Coverage is
// the edges of a fuzz target under libFuzzer; where there is none, the cells of the reach table.
//
// Invariant: outputs are canonical, and inputs are only read.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <stdexcept>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/campaign/reach_cover.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/write_file.h"
#include "properties/oracle/boot/target.h"
#include "properties/oracle/program/bytes/codec_bytes.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using oracle::Program;

struct Options {
  std::vector<std::string> inputs;
  std::string out;
  std::string fuzzer;
  bool smallest = false;
};

std::size_t count_files(const fs::path& folder) {
  std::error_code error;
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder, error), fs::directory_iterator()));
}

// Each program once, the shortest first: of two with the same coverage it is kept.
std::vector<Program> distinct(const std::vector<ProgramFile>& files) {
  std::vector<std::vector<std::uint8_t>> all;
  all.reserve(files.size());
  for (const ProgramFile& file : files) all.push_back(oracle::encode_bytes(file.program));
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<Program> programs;
  programs.reserve(all.size());
  for (const auto& bytes : all) programs.push_back(oracle::decode_bytes(bytes));
  return programs;
}

int by_engine(const Options& options, const fs::path& fuzzer,
              const std::vector<Program>& programs) {
  const ScratchFolder scratch;
  const fs::path from = scratch.path() / "in";
  const fs::path failed = scratch.path() / "failed";
  fs::create_directory(from);
  fs::create_directory(failed);
  std::size_t longest = kInputBytesMax;
  for (const Program& program : programs) {
    const std::vector<std::uint8_t> bytes = oracle::encode_bytes(program);
    longest = std::max(longest, bytes.size());
    write_file(from / content_name(bytes), bytes);
  }
  Environment environment = engine_environment(false);
  environment.emplace_back("TMPDIR", scratch.path().native());
  constexpr double kSecondsMax = 3600;
  const fs::path folders[] = {from};
  const Run run = run_child(
      merge_command(fuzzer, options.out, folders, options.smallest, failed.native() + "/", longest),
      environment, kSecondsMax);
  if (run.code != 0) {
    throw std::runtime_error(fmt::format(
        "{} ends with code {}: {}", shown(fuzzer), run.code,
        run.output.substr(run.output.size() - std::min<std::size_t>(run.output.size(), 300))));
  }
  fmt::print("{} programs, {} kept in {}, by the edges of {}\n", programs.size(),
             count_files(options.out), options.out, fuzzer.filename().native());
  if (const std::size_t fail = count_files(failed); fail != 0) {
    fmt::print("{} programs fail and were left out; see hobnail replay\n", fail);
    return kFindings;
  }
  return kNothingFound;
}

int by_reach(const Options& options, const std::vector<Program>& given,
             const std::vector<Program>& programs) {
  const hobnail_target& target = target_named("");
  std::vector<Program> all = given;
  all.insert(all.end(), programs.begin(), programs.end());
  const Cover cover =
      cover_by_reach(all, target, standard_named("", ""), options.smallest, given.size());
  for (const std::size_t index : cover.kept) {
    if (index < given.size()) continue;
    const std::vector<std::uint8_t> bytes = oracle::encode_bytes(all[index]);
    write_file(fs::path(options.out) / content_name(bytes), bytes);
  }
  fmt::print("{} programs, {} kept in {}, by {} cells of the reach table\n", programs.size(),
             cover.kept.size(), options.out, cover.cells);
  return kNothingFound;
}

int merge(const Options& options) {
  const std::vector<ProgramFile> files = value_of(read_corpora(options.inputs));
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error)
    throw UsageError(fmt::format("{}: cannot be created: {}", options.out, error.message()));
  const bool empty = count_files(options.out) == 0;
  if (options.smallest && !empty) {
    throw UsageError(options.out + ": is not empty; name a new directory with --out");
  }
  make_canonical(options.out, 0);
  const std::vector<Program> programs = distinct(files);
  const fs::path fuzzer =
      options.fuzzer.empty() ? own_folder() / "services_fuzz" : fs::path(options.fuzzer);
  const std::string why = why_not_an_engine(fuzzer, engine_environment(false));
  if (why.empty()) return by_engine(options, fuzzer, programs);
  if (!options.fuzzer.empty()) throw UsageError(why);
  fmt::print("no libFuzzer ({})\n", why);
  std::vector<Program> given;
  if (!empty) given = distinct(value_of(read_corpora({options.out})));
  return by_reach(options, given, programs);
}

void add(CLI::App& corpus, int& exit_code, const std::string& name, const std::string& help,
         bool smallest) {
  const auto options = std::make_shared<Options>();
  options->smallest = smallest;
  CLI::App* const command = corpus.add_subcommand(name, help);
  command->add_option("INPUT", options->inputs, "Programs, or directories of text or bytes")
      ->required();
  command->add_option("--out", options->out, "Output directory for the bytes")->required();
  command->add_option(
      "--fuzzer", options->fuzzer,
      "Fuzz target with libFuzzer that counts edges (default: services_fuzz beside this program; "
      "without one, cells of the reach table are counted)");
  command->callback([options, &exit_code] { exit_code = merge(*options); });
}

}  // namespace

void add_corpus_merge_commands(CLI::App& corpus, int& exit_code) {
  add(corpus, exit_code, "merge", "Add the inputs that add coverage to a corpus", false);
  add(corpus, exit_code, "minimize", "Select a small subset with the coverage of all inputs", true);
}

}  // namespace hobnail
