// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus: converts between the committed text and the bytes of fuzzers. Coverage of
// scenarios: corpus_reach.cpp; smaller corpora: corpus_merge.cpp; figures: corpus_stats.cpp.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <set>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/write_file.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> inputs;
  std::string out;
  std::size_t bytes_max = 0;  // 0: any length
  bool lists = false;
};

void create_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw UsageError(fmt::format("{}: cannot be created: {}", path, error.message()));
}

int encode_programs(const Options& options) {
  const auto inputs =
      value_of(options.lists ? expand_lists(options.inputs) : expand_inputs(options.inputs));
  create_folder(options.out);
  std::size_t count = 0;
  for (const fs::path& path : inputs) {
    const fs::path to = fs::path(options.out) / flat_name(path);
    const auto wrong = options.lists ? encode_list_file(path, options.bytes_max, to)
                                     : encode_file(path, options.bytes_max, to);
    if (wrong) throw UsageError(*wrong);
    ++count;
  }
  fmt::print("{} {} encoded into {}\n", count, options.lists ? "lists" : "programs", options.out);
  return kNothingFound;
}

// The text of each file, under its name. Two inputs never become one file.
int decode(const Options& options) {
  const std::vector<ProgramFile> programs = value_of(read_corpora(options.inputs));
  create_folder(options.out);
  std::set<fs::path> written;
  for (const ProgramFile& file : programs) {
    fs::path to = fs::path(options.out) / (file.path.stem().native() + ".boot");
    if (written.contains(to)) to = fs::path(options.out) / (flat_name(file.path) + ".boot");
    if (!written.insert(to).second) {
      throw UsageError(fmt::format("{}: two inputs would have this name", to.native()));
    }
    write_file(to, oracle::print_text(file.program));
  }
  fmt::print("{} programs decoded into {}\n", programs.size(), options.out);
  return kNothingFound;
}

void add_encode(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      corpus.add_subcommand("encode", "Convert programs to the bytes of fuzzers");
  command
      ->add_option("INPUT", options->inputs,
                   "Programs, or directories of .boot files; with --lists, of .hobs and .hob files")
      ->required();
  command->add_flag("--lists", options->lists, "Inputs are HOB lists, for hob_list_fuzz");
  command->add_option("--out", options->out, "Output directory for the bytes")->required();
  command->add_option(
      "--max-bytes", options->bytes_max,
      "Maximum size of an output file in bytes: drops data that PEIMs write; of lists, "
      "patches and HOBs too (default: no limit)");
  command->callback([options, &exit_code] { exit_code = encode_programs(*options); });
}

void add_decode(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      corpus.add_subcommand("decode", "Convert the bytes of fuzzers to .boot text");
  command->add_option("INPUT", options->inputs, "Files of bytes, or directories of them")
      ->required();
  command->add_option("--out", options->out, "Output directory for the text")->required();
  command->callback([options, &exit_code] { exit_code = decode(*options); });
}

}  // namespace

void add_corpus_command(CLI::App& app, int& exit_code) {
  CLI::App* const corpus = app.add_subcommand("corpus", "Convert, merge and measure corpora");
  corpus->require_subcommand(1);
  add_encode(*corpus, exit_code);
  add_decode(*corpus, exit_code);
  add_corpus_merge_commands(*corpus, exit_code);
  add_corpus_stats_command(*corpus, exit_code);
  add_corpus_stability_command(*corpus, exit_code);
  add_reach_command(*corpus, exit_code);
}

}  // namespace hobnail
