// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus: between the text that is committed and the bytes that fuzzers eat. What programs
// reach: reach.cpp; smaller corpora: corpus_merge.cpp; figures: corpus_stats.cpp.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <set>

#include "fuzz/command/commands.h"
#include "fuzz/inputs/corpus_files.h"
#include "fuzz/inputs/list_file.h"
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

int encode(const Options& options) {
  const auto inputs = options.lists ? expand_lists(options.inputs) : expand_inputs(options.inputs);
  if (const auto* error = std::get_if<FileError>(&inputs)) return complain(error->message);
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) return complain(fmt::format("{}: {}", options.out, error.message()));
  std::size_t count = 0;
  for (const fs::path& path : std::get<std::vector<fs::path>>(inputs)) {
    const fs::path to = fs::path(options.out) / flat_name(path);
    const auto wrong = options.lists ? encode_list_file(path, options.bytes_max, to)
                                     : encode_file(path, options.bytes_max, to);
    if (wrong) return complain(*wrong);
    ++count;
  }
  fmt::print("{} {} encoded into {}\n", count, options.lists ? "lists" : "programs", options.out);
  return kNothingFound;
}

// The text of each file, under its name. Two inputs never become one file.
int decode(const Options& options) {
  const auto read = read_corpora(options.inputs);
  if (const auto* error = std::get_if<FileError>(&read)) return complain(error->message);
  const auto& programs = std::get<std::vector<ProgramFile>>(read);
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) return complain(fmt::format("{}: {}", options.out, error.message()));
  std::set<fs::path> written;
  for (const ProgramFile& file : programs) {
    fs::path to = fs::path(options.out) / (file.path.stem().native() + ".boot");
    if (written.contains(to)) to = fs::path(options.out) / (flat_name(file.path) + ".boot");
    if (!written.insert(to).second) {
      return complain(fmt::format("{}: two inputs would have this name", to.native()));
    }
    if (!write_text(to, oracle::print_text(file.program))) {
      return complain(fmt::format("{}: cannot be written", to.native()));
    }
  }
  fmt::print("{} programs decoded into {}\n", programs.size(), options.out);
  return kNothingFound;
}

void add_encode(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = corpus.add_subcommand("encode", "write programs as fuzzer bytes");
  command
      ->add_option("INPUT", options->inputs,
                   "programs, or directories of .boot files; with --lists, of .hobs and .hob files")
      ->required();
  command->add_flag("--lists", options->lists, "HOB lists, as hob_list_fuzz reads them");
  command->add_option("--out", options->out, "directory for the bytes")->required();
  command->add_option("--max-bytes", options->bytes_max,
                      "leave out data that PEIMs write where a program would be longer; of lists, "
                      "patches and HOBs too");
  command->callback([options, &exit_code] { exit_code = encode(*options); });
}

void add_decode(CLI::App& corpus, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = corpus.add_subcommand("decode", "write fuzzer bytes as .boot text");
  command->add_option("INPUT", options->inputs, "files of bytes, or directories of them")
      ->required();
  command->add_option("--out", options->out, "directory for the text")->required();
  command->callback([options, &exit_code] { exit_code = decode(*options); });
}

}  // namespace

void add_corpus_command(CLI::App& app, int& exit_code) {
  CLI::App* const corpus = app.add_subcommand("corpus", "work with program files");
  corpus->require_subcommand(1);
  add_encode(*corpus, exit_code);
  add_decode(*corpus, exit_code);
  add_corpus_merge_commands(*corpus, exit_code);
  add_corpus_stats_command(*corpus, exit_code);
  add_corpus_stability_command(*corpus, exit_code);
  add_reach_command(*corpus, exit_code);
}

}  // namespace hobnail
