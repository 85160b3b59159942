// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names with numbers.
#include "fuzz/inputs/history_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHistoryMark = ".history-";

fs::path path_of(const fs::path& boot, std::size_t number, std::size_t digits) {
  const std::string name =
      fmt::format("{}{}{:0{}}.boot", boot.stem().native(), kHistoryMark, number, digits);
  return boot.parent_path() / name;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

}  // namespace

std::vector<fs::path> history_of(const fs::path& boot) {
  constexpr std::size_t kDigitsMax = 6;
  std::size_t digits = 1;
  while (digits < kDigitsMax && !is_file(path_of(boot, 1, digits))) ++digits;
  std::vector<fs::path> files;
  for (std::size_t number = 1; is_file(path_of(boot, number, digits)); ++number) {
    files.push_back(path_of(boot, number, digits));
  }
  return files;
}

std::vector<oracle::Program> read_history(const fs::path& boot) {
  std::vector<oracle::Program> history;
  for (const fs::path& file : history_of(boot)) {
    auto read = read_program(file);
    auto* const program = std::get_if<ProgramFile>(&read);
    if (program == nullptr) break;
    history.push_back(std::move(program->program));
  }
  return history;
}

std::vector<fs::path> write_history(const fs::path& boot,
                                    const std::vector<oracle::Program>& history) {
  for (const fs::path& old : history_of(boot)) fs::remove(old);
  const std::size_t digits = std::to_string(history.size()).size();
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < history.size(); ++i) {
    files.push_back(path_of(boot, i + 1, digits));
    write_file(files.back(), print_text(history[i]));
  }
  return files;
}

std::string history_line(const std::vector<fs::path>& files) {
  if (files.empty()) return "no boot";
  const std::string first = files.front().native();
  if (files.size() == 1) return "1 boot: " + first;
  return fmt::format("{} boots: {} to {}", files.size(), first, files.back().filename().native());
}

bool is_history_file(const fs::path& path) {
  const std::string name = path.stem().native();
  const std::size_t at = name.rfind(kHistoryMark);
  return path.extension() == ".boot" && at != std::string::npos &&
         name.find_first_not_of("0123456789", at + kHistoryMark.size()) == std::string::npos;
}

}  // namespace hobnail
