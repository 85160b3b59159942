// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus merge and minimize: several corpora into one that has their coverage. Coverage is
// the edges of a fuzz target under libFuzzer; where there is none, the cells of the reach table.
//
// Invariant: what is written is canonical, and inputs are only read.
#include <fmt/format.h>

#include <algorithm>

#include "fuzz/campaign/fuzz_target.h"
#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/campaign/reach_cover.h"
#include "fuzz/command/commands.h"
#include "fuzz/inputs/corpus_files.h"
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
    if (!write_bytes(from / content_name(bytes), bytes)) {
      return complain(from.native() + ": cannot be written");
    }
  }
  Environment environment = engine_environment(false);
  environment.emplace_back("TMPDIR", scratch.path().native());
  constexpr double kSecondsMax = 3600;
  const fs::path folders[] = {from};
  const Run run = run_child(
      merge_command(fuzzer, options.out, folders, options.smallest, failed.native() + "/", longest),
      environment, kSecondsMax);
  if (run.code != 0) {
    return complain(fmt::format(
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
  const auto loaded = oracle::load_target_from_environment();
  if (const auto* error = std::get_if<oracle::TargetError>(&loaded)) {
    return complain(error->message);
  }
  std::vector<Program> all = given;
  all.insert(all.end(), programs.begin(), programs.end());
  const Cover cover =
      cover_by_reach(all, *std::get<const hobnail_target*>(loaded), options.smallest, given.size());
  for (const std::size_t index : cover.kept) {
    if (index < given.size()) continue;
    const std::vector<std::uint8_t> bytes = oracle::encode_bytes(all[index]);
    if (!write_bytes(fs::path(options.out) / content_name(bytes), bytes)) {
      return complain(options.out + ": cannot be written");
    }
  }
  fmt::print("{} programs, {} kept in {}, by {} cells of the reach table\n", programs.size(),
             cover.kept.size(), options.out, cover.cells);
  return kNothingFound;
}

int merge(const Options& options) {
  const auto read = read_corpora(options.inputs);
  if (const auto* error = std::get_if<FileError>(&read)) return complain(error->message);
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) return complain(fmt::format("{}: {}", options.out, error.message()));
  const bool empty = count_files(options.out) == 0;
  if (options.smallest && !empty) {
    return complain(options.out + ": is not empty; give --out a new directory");
  }
  make_canonical(options.out, 0);
  const std::vector<Program> programs = distinct(std::get<std::vector<ProgramFile>>(read));
  const fs::path fuzzer =
      options.fuzzer.empty() ? own_folder() / "services_fuzz" : fs::path(options.fuzzer);
  const std::string why = why_not_an_engine(fuzzer, engine_environment(false));
  if (why.empty()) return by_engine(options, fuzzer, programs);
  if (!options.fuzzer.empty()) return complain(why);
  fmt::print("no libFuzzer here ({})\n", why);
  std::vector<Program> given;
  if (!empty) {
    const auto before = read_corpora({options.out});
    if (const auto* wrong = std::get_if<FileError>(&before)) return complain(wrong->message);
    given = distinct(std::get<std::vector<ProgramFile>>(before));
  }
  return by_reach(options, given, programs);
}

void add(CLI::App& corpus, int& exit_code, const std::string& name, const std::string& help,
         bool smallest) {
  const auto options = std::make_shared<Options>();
  options->smallest = smallest;
  CLI::App* const command = corpus.add_subcommand(name, help);
  command->add_option("INPUT", options->inputs, "programs, or directories of text or bytes")
      ->required();
  command->add_option("--out", options->out, "directory for the bytes")->required();
  command->add_option(
      "--fuzzer", options->fuzzer,
      "fuzz target under libFuzzer that counts edges (default: services_fuzz beside "
      "this program; without one, cells of the reach table are counted)");
  command->callback([options, &exit_code] { exit_code = merge(*options); });
}

}  // namespace

void add_corpus_merge_commands(CLI::App& corpus, int& exit_code) {
  add(corpus, exit_code, "merge", "add to a corpus what adds coverage", false);
  add(corpus, exit_code, "minimize", "a small part with the coverage of all", true);
}

}  // namespace hobnail
