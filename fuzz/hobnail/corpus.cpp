// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail corpus: between the text that is committed and the bytes that fuzzers eat; and what the
// programs reach (reach.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fuzz/hobnail/commands.h"
#include "fuzz/hobnail/list_file.h"
#include "fuzz/hobnail/program_file.h"
#include "properties/oracle/codec_bytes.h"
#include "properties/oracle/hostile_list_bytes.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

using pei::oracle::Op;
using pei::oracle::Program;

struct Options {
  std::vector<std::string> inputs;
  std::string out;
  std::size_t bytes_max = 0;  // 0: any length
  bool lists = false;
};

// The program in at most `bytes_max` bytes, where that can be had by leaving out what its PEIMs
// write, the longest first: no answer of a service depends on it, and long inputs make slow
// fuzzing.
std::vector<std::uint8_t> encode_within(Program program, std::size_t bytes_max) {
  std::vector<std::uint8_t> bytes = pei::oracle::encode_bytes(program);
  while (bytes_max != 0 && bytes.size() > bytes_max) {
    const auto longest =
        std::max_element(program.ops.begin(), program.ops.end(),
                         [](const Op& a, const Op& b) { return a.data.size() < b.data.size(); });
    if (longest == program.ops.end() || longest->data.empty()) break;
    longest->data.clear();
    bytes = pei::oracle::encode_bytes(program);
  }
  return bytes;
}

// A list in at most `bytes_max` bytes, where that can be had by leaving out what its HOBs hold, the
// longest first, and then its last HOBs.
std::vector<std::uint8_t> encode_list_within(pei::oracle::HostileList list, std::size_t bytes_max) {
  std::vector<std::uint8_t> bytes = pei::oracle::encode_hobs(list);
  while (bytes_max != 0 && bytes.size() > bytes_max) {
    const auto longest = std::max_element(
        list.hobs.begin(), list.hobs.end(),
        [](const auto& a, const auto& b) { return a.data.size() < b.data.size(); });
    const auto patch = std::max_element(
        list.patches.begin(), list.patches.end(),
        [](const auto& a, const auto& b) { return a.bytes.size() < b.bytes.size(); });
    if (patch != list.patches.end()) {
      list.patches.erase(patch);
    } else if (longest != list.hobs.end() && !longest->data.empty()) {
      longest->data.clear();
    } else if (!list.hobs.empty()) {
      list.hobs.pop_back();
    } else {
      break;
    }
    bytes = pei::oracle::encode_hobs(list);
  }
  return bytes;
}

// What a file is in a fuzzer's bytes.
std::variant<std::vector<std::uint8_t>, FileError> encode_file(const fs::path& path,
                                                               const Options& options) {
  if (options.lists) {
    auto file = read_list(path);
    if (auto* bad = std::get_if<FileError>(&file)) return std::move(*bad);
    return encode_list_within(std::get<ListFile>(std::move(file)).list, options.bytes_max);
  }
  auto file = read_program(path);
  if (auto* bad = std::get_if<FileError>(&file)) return std::move(*bad);
  return encode_within(std::get<ProgramFile>(std::move(file)).program, options.bytes_max);
}

// A file name that keeps two corpora apart: the path with its separators replaced.
std::string flat_name(const fs::path& path) {
  std::string name = path.lexically_normal().relative_path().replace_extension().string();
  for (char& c : name) {
    if (c == '/' || c == '.') c = '-';
  }
  return name;
}

bool write_bytes_to(const fs::path& path, const std::vector<std::uint8_t>& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  out.close();
  return !out.fail();
}

int encode(const Options& options) {
  const auto inputs = options.lists ? expand_lists(options.inputs) : expand_inputs(options.inputs);
  if (const auto* error = std::get_if<FileError>(&inputs)) return complain(error->message);
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error) return complain(fmt::format("{}: {}", options.out, error.message()));
  std::size_t count = 0;
  for (const fs::path& path : std::get<std::vector<fs::path>>(inputs)) {
    const auto bytes = encode_file(path, options);
    if (const auto* bad = std::get_if<FileError>(&bytes)) return complain(bad->message);
    const fs::path to = fs::path(options.out) / flat_name(path);
    if (!write_bytes_to(to, std::get<std::vector<std::uint8_t>>(bytes))) {
      return complain(fmt::format("{}: cannot be written", to.native()));
    }
    ++count;
  }
  fmt::print("{} {} encoded into {}\n", count, options.lists ? "lists" : "programs", options.out);
  return kNothingFound;
}

}  // namespace

void add_corpus_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const corpus = app.add_subcommand("corpus", "work with program files");
  corpus->require_subcommand(1);
  CLI::App* const command = corpus->add_subcommand("encode", "write programs as fuzzer bytes");
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
  add_reach_command(*corpus, exit_code);
}

}  // namespace hobnail
