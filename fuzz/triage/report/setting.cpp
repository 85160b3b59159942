// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What the compiler says of this build, and paths.
#include "fuzz/triage/report/setting.h"

#include <fmt/format.h>

#include <filesystem>

#include "properties/oracle/board/asan.h"

namespace hobnail {
namespace {

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("gcc {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::string processor() {
#if defined(__x86_64__)
  return "x86-64";
#elif defined(__i386__)
  return "IA32";
#elif defined(__aarch64__)
  return "AArch64";
#else
  return fmt::format("{} bits", sizeof(void*) * 8);
#endif
}

}  // namespace

std::string this_build() {
  return fmt::format("{}, {}, {}", compiler(), processor(),
                     pei::oracle::kAddressSanitizer ? "AddressSanitizer" : "no AddressSanitizer");
}

std::string below_root(const std::string& path, const std::string& root) {
  namespace fs = std::filesystem;
  fs::path plain = fs::path(path).lexically_normal();
  if (plain.empty()) return "";
  if (plain.is_absolute()) {
    if (root.empty()) return "";
    plain = plain.lexically_relative(fs::path(root).lexically_normal());
  }
  if (plain.empty() || *plain.begin() == "..") return "";
  return plain.generic_string();
}

}  // namespace hobnail
