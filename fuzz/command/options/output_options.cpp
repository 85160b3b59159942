// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the option means.
#include "fuzz/command/options/output_options.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/write_file.h"

namespace hobnail {

CLI::Option* add_json_option(CLI::App& command, std::string& path, const std::string& what) {
  return command.add_option("--json", path, "Output file for " + what + " as JSON; '-' is stdout")
      ->type_name("FILE");
}

namespace {

namespace fs = std::filesystem;

bool is_below(const fs::path& path, const fs::path& directory) {
  std::error_code error;
  const fs::path file = fs::weakly_canonical(path, error);
  const fs::path above = fs::weakly_canonical(directory, error);
  const auto [end, ignored] = std::mismatch(above.begin(), above.end(), file.begin(), file.end());
  return end == above.end();
}

bool is_input(const fs::path& path, const fs::path& input) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  if (!fs::is_directory(input, error)) return fs::equivalent(path, input, error);
  const std::string kind = path.extension().native();
  const bool program = kind == ".boot" || kind == ".hobs" || kind == ".hob" || kind.empty();
  return program && is_below(path, input);
}

}  // namespace

void try_output(const std::string& path, const std::vector<std::string>& inputs) {
  if (path.empty() || path == "-") return;
  for (const std::string& input : inputs) {
    if (is_input(path, input)) throw UsageError(path + ": is an input; name another output file");
  }
  std::error_code error;
  const bool is_new = !fs::exists(path, error);
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (file < 0) {
    throw UsageError(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
  }
  close(file);
  if (is_new) fs::remove(path, error);
}

void try_output_directory(const std::string& path) {
  if (path.empty()) return;
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw UsageError(fmt::format("{}: cannot be created: {}", path, error.message()));
  const std::string file = (fs::path(path) / ".hobnail-try").native();
  write_file(file, "can be written\n");
  fs::remove(file, error);
}

void write_json_option(const std::string& path, const nlohmann::json& json) {
  if (path.empty()) return;
  if (path != "-") return write_json_file(path, json);
  std::fputs(json_text(json).c_str(), stdout);
}

}  // namespace hobnail
