// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Classifying by the fuzz target's own words, and filing.
#include "fuzz/campaign/findings.h"

#include <fmt/format.h>

#include <fstream>

#include "fuzz/campaign/libfuzzer_command.h"
#include "fuzz/inputs/program_file.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWitnessesMax = 5;  // inputs whose bytes are kept, a bucket
constexpr std::size_t kInputsMax = 100;   // inputs that are told of

// crash-<sha1> of libFuzzer: its first eight digits.
std::string short_hash(const fs::path& input) {
  const std::string name = input.filename().native();
  return name.substr(name.rfind('-') + 1).substr(0, 8);
}

std::string file_stem(const std::string& bucket, const fs::path& input) {
  std::string stem = bucket.substr(0, 80);
  for (char& c : stem) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '.') c = '_';
  }
  return stem + "-" + short_hash(input);
}

std::string text_of(const Death& death, const std::string& bytes) {
  if (!death.program.empty()) return death.program;
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return oracle::print_text(oracle::decode_bytes({data, bytes.size()}));
}

void write_to(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

// The command that plays what this fuzz target plays; other targets play their bytes themselves.
std::string command_for(const FuzzTarget& target, const fs::path& file, const std::string& core) {
  const std::string option = core.empty() ? "" : " --target " + shown(core);
  const std::string hobnail = shown(own_folder() / "hobnail");
  if (file.extension() == ".boot" || file.extension() == ".hobs") {
    return fmt::format("{} {} {}{}", hobnail, target.compares ? "compare" : "replay", shown(file),
                       option);
  }
  return fmt::format("{}{} {}", core.empty() ? "" : "HOBNAIL_TARGET=" + shown(core) + " ",
                     shown(target.binary), shown(file));
}

std::optional<Death> die(const FuzzTarget& target, const fs::path& input, bool symbols) {
  constexpr double kSecondsMax = 60;
  const fs::path inputs[] = {input};
  const Run run =
      run_child(replay_command(target.binary, inputs), engine_environment(symbols), kSecondsMax);
  FuzzWords words;
  words.feed(run.output);
  std::optional<Death> death = words.death();
  if (!death && run.code != 0) {
    death = Death{"CRASH", fmt::format("CRASH:code-{}", run.code), {}, "", "", ""};
  }
  return death;
}

}  // namespace

std::optional<Death> classify(const FuzzTarget& target, const fs::path& input) {
  std::optional<Death> death = die(target, input, false);
  // A rule is identity enough. A sanitizer's report is told apart by a function, which has a name
  // only with symbols.
  if (death && death->bucket != death->rule) {
    if (auto named = die(target, input, true)) death = std::move(named);
  }
  return death;
}

Findings::Findings(fs::path folder, std::string own_core)
    : folder_(std::move(folder)), own_core_(std::move(own_core)) {}

bool Findings::keep(const FuzzTarget& target, const Death& death, const fs::path& input) {
  const auto read = read_file(input);
  const auto* const content = std::get_if<std::string>(&read);
  const std::string bytes = content == nullptr ? "" : *content;  // an empty input is one too
  const auto [at, is_new] = found_.try_emplace(death.bucket);
  FindingRecord& record = at->second;
  const bool shorter = is_new || bytes.size() < record.size;
  ++record.count;
  if (shorter || record.inputs.size() < kInputsMax) record.inputs.push_back(input.native());
  const fs::path stem = folder_ / file_stem(death.bucket, input);
  fs::path kept = stem;
  if (shorter || record.count <= kWitnessesMax) write_to(kept += ".bin", bytes);
  if (!shorter) return is_new;
  record.death = death;
  record.fuzzer = target.name;
  record.size = bytes.size();
  if (target.boots || !death.program.empty()) {
    // The one that stood for it before is kept as bytes only.
    std::error_code ignored;
    if (record.file.extension() != ".bin") fs::remove(record.file, ignored);
    record.death.program = text_of(death, bytes);
    const bool list = record.death.program.starts_with("hobs ");
    write_to(kept = fs::path(stem) += list ? ".hobs" : ".boot", record.death.program);
  }
  record.file = kept;
  record.reproduce = command_for(target, kept, own_core_);
  return is_new;
}

void Findings::note(const FuzzTarget& target, const Death& death, const fs::path& file,
                    const std::string& reproduce) {
  FindingRecord& record = found_[death.bucket];
  if (++record.count != 1) return;
  record.death = death;
  record.fuzzer = target.name;
  record.file = file;
  record.inputs.push_back(file.native());
  record.reproduce = reproduce.empty() ? command_for(target, file, own_core_) : reproduce;
}

std::size_t Findings::count_of(const std::string& fuzzer) const {
  std::size_t count = 0;
  for (const auto& [bucket, record] : found_) count += record.fuzzer == fuzzer ? 1 : 0;
  return count;
}

std::string shown(const fs::path& path) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  const fs::path near = whole.lexically_relative(here);
  return near.empty() || near.native().starts_with("..") ? whole.native() : near.native();
}

fs::path own_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace hobnail
