// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Files of findings.
#include "fuzz/targets/finding_sink.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "properties/oracle/fnv1a.h"

namespace hobnail {
namespace {

namespace fs = std::filesystem;

std::uint64_t hash_of(std::span<const std::uint8_t> bytes) {
  return oracle::fnv1a({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Under its final name at once: whoever collects the directory sees no half file.
bool write_at_once(const fs::path& file, std::span<const std::uint8_t> bytes) {
  const fs::path part = file.parent_path() / ("." + file.filename().native());
  {
    std::ofstream out(part, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) return false;
  }
  std::error_code error;
  fs::rename(part, file, error);
  return !error;
}

[[noreturn]] void print_and_abort(const std::string& banner) {
  std::fputs(banner.c_str(), stderr);
  std::fflush(stderr);
  std::abort();
}

}  // namespace

FindingSink::Files FindingSink::files_of(const std::string& signature) const {
  Files files;
  std::error_code error;
  for (fs::directory_iterator at(directory_, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().native();
    if (!name.starts_with("crash-" + signature + "-")) continue;
    std::error_code gone;
    const auto size = at->file_size(gone);
    if (!gone) files.emplace(static_cast<std::size_t>(size), at->path());
  }
  return files;
}

bool FindingSink::take(std::span<const std::uint8_t> input, const std::string& signature) {
  // Other processes keep theirs here too.
  if (!kept_.contains(signature)) kept_[signature] = files_of(signature);
  Files& files = kept_[signature];
  const bool first = files.empty();
  const bool full = files.size() >= kKeptMax;
  if (full && input.size() >= std::prev(files.end())->first) return false;
  const fs::path file = directory_ / fmt::format("crash-{}-{:016x}", signature, hash_of(input));
  std::error_code error;
  if (fs::exists(file, error)) return first;
  // A finding that cannot be kept must not be lost in silence.
  if (!write_at_once(file, input)) {
    print_and_abort(fmt::format("hobnail: {}: cannot be written\n", file.native()));
  }
  if (full) {
    const auto longest = std::prev(files.end());
    fs::remove(longest->second, error);
    files.erase(longest);
  }
  files.emplace(input.size(), file);
  return first;
}

void keep_known(std::span<const std::uint8_t> input, const std::string& signature) {
  static const char* const kDirectory = std::getenv(kFindingsVariable);
  if (kDirectory == nullptr || *kDirectory == '\0' || std::string_view(kDirectory) == "-") return;
  static FindingSink sink{kDirectory};
  (void)sink.take(input, signature);
}

void report_finding(std::span<const std::uint8_t> input, const FindingReport& report) {
  static const char* const kDirectory = std::getenv(kFindingsVariable);
  if (kDirectory == nullptr || *kDirectory == '\0') print_and_abort(report.banner);
  if (std::string_view(kDirectory) == "-") return;
  static FindingSink sink{kDirectory};
  if (!sink.take(input, report.signature)) return;
  std::fputs(report.banner.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace hobnail
