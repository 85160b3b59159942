// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Finding and reading inputs.
#include "fuzz/inputs/crash_inputs.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <unordered_set>

#include "fuzz/inputs/history_files.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/sha256.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

// What engines and people leave beside inputs.
bool is_beside_the_point(const fs::path& path) {
  const std::string name = path.filename().native();
  const std::string suffix = path.extension().native();
  return name.starts_with('.') || is_history_file(path) || name == "README.txt" ||
         name == "README.md" || name == "HONGGFUZZ.REPORT.TXT" || suffix == ".json" ||
         suffix == ".log" || suffix == ".sarif" || suffix == ".html" || suffix == ".xml" ||
         suffix == ".md";
}

bool is_afl_output(const fs::path& directory) {
  std::error_code ignored;
  return fs::is_regular_file(directory / "fuzzer_stats", ignored);
}

// AFL++ keeps its queue beside the crashes.
bool is_afl_other(const fs::path& path, const fs::path& directory) {
  const fs::path parent = path.parent_path();
  for (fs::path above = parent; above.native().size() >= directory.native().size();
       above = above.parent_path()) {
    if (is_afl_output(above)) {
      const std::string kind = path.lexically_relative(above).begin()->native();
      return !kind.starts_with("crashes") && !kind.starts_with("hangs");
    }
    if (above == above.parent_path()) break;
  }
  return false;
}

void add_directory(const fs::path& directory, std::vector<fs::path>& paths,
                   std::vector<Input>& unreadable) {
  const std::size_t before = paths.size();
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(directory, options, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored) || is_beside_the_point(at->path())) continue;
    if (!is_afl_other(at->path(), directory)) paths.push_back(at->path());
  }
  if (paths.size() != before) {
    std::sort(paths.begin() + static_cast<std::ptrdiff_t>(before), paths.end());
    return;
  }
  Input input;
  input.file.path = directory.native();
  input.content = Unreadable{error ? "cannot be read: " + error.message()
                                   : std::string("no input is in this directory")};
  unreadable.push_back(std::move(input));
}

// FileError's message begins with the path.
std::string without_path(const std::string& message, const fs::path& path) {
  const std::string start = path.native() + ":";
  if (!message.starts_with(start)) return message;
  std::string rest = message.substr(start.size());
  return rest.starts_with(' ') ? rest.substr(1) : "line " + rest;
}

// libFuzzer names a crash by the SHA-1 of its bytes: this is that of none. A target that fails as
// it is entered needs no input for it, while any other file without bytes was not written to its
// end.
bool is_meant_to_be_empty(const fs::path& path) {
  return path.native().ends_with("-da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

bool is_list(const fs::path& path, const std::string& content, BytesAre bytes) {
  if (names_list(path)) return true;
  if (bytes == BytesAre::Programs || path.extension() == ".boot") return false;
  return !oracle::looks_like_text(content);
}

void read_content(const fs::path& path, bool list, Input& input) {
  if (list) {
    auto read = read_list(path);
    if (const auto* error = std::get_if<FileError>(&read)) {
      input.content = Unreadable{without_path(error->message, path)};
    } else {
      input.content = std::move(std::get<ListFile>(read).list);
    }
    return;
  }
  auto program = read_program(path);
  if (const auto* error = std::get_if<FileError>(&program)) {
    input.content = Unreadable{without_path(error->message, path)};
  } else {
    input.content = std::move(std::get<ProgramFile>(program).program);
    input.history = read_history(path);
  }
}

Input read_input(const fs::path& path, BytesAre meaning) {
  Input input;
  input.file.path = path.native();
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) {
    input.file.size = static_cast<std::uint64_t>(status.st_size);
    input.file.when = utc(status.st_mtime);
  }
  if (!input.file.when.empty() && input.file.size == 0 && is_meant_to_be_empty(path)) {
    input.file.sha256 = sha256({});
    input.bytes = true;
    if (meaning == BytesAre::Lists) {
      input.content = oracle::decode_hobs({});
    } else {
      input.content = oracle::decode_bytes({});
    }
    return input;
  }
  const auto bytes = read_file(path);
  if (const auto* error = std::get_if<FileError>(&bytes)) {
    input.content = Unreadable{without_path(error->message, path)};
    return input;
  }
  const std::string& content = std::get<std::string>(bytes);
  input.file.sha256 = sha256(content);
  input.bytes =
      !names_list(path) && path.extension() != ".boot" && !oracle::looks_like_text(content);
  read_content(path, is_list(path, content, meaning), input);
  return input;
}

}  // namespace

std::string utc(std::int64_t seconds) {
  const auto when = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&when, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string artifact_signature(const std::string& path) {
  const std::string name = fs::path(path).filename().native();
  const std::size_t dash = name.rfind('-');
  constexpr std::size_t kHashDigits = 16;  // of FindingSink; libFuzzer's have 40
  const bool ours =
      dash != std::string::npos && name.size() - dash - 1 == kHashDigits && name.find('-') != dash;
  return ours ? name.substr(0, dash) : name;
}

std::vector<Input> read_inputs(const std::vector<std::string>& arguments, BytesAre bytes) {
  std::vector<fs::path> paths;
  std::vector<Input> inputs;
  for (const std::string& argument : arguments) {
    std::error_code ignored;
    if (fs::is_directory(argument, ignored)) {
      add_directory(argument, paths, inputs);
    } else {
      paths.emplace_back(argument);
    }
  }
  std::unordered_set<std::string> seen;
  for (const fs::path& path : paths) {
    if (!seen.insert(path.lexically_normal().native()).second) continue;
    inputs.push_back(read_input(path, bytes));
  }
  return inputs;
}

}  // namespace hobnail
