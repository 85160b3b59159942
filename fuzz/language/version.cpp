// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CMake passes what only it has; the compiler tells the rest.
#include "fuzz/language/version.h"

#include <fmt/format.h>

#include <string_view>

namespace hobnail {
namespace {

#ifdef __clang__
constexpr std::string_view kCompilerText = "clang " __clang_version__;
#else
constexpr std::string_view kCompilerText = "gcc " __VERSION__;
#endif
// clang's version ends with a blank.
constexpr std::string_view kCompiler =
    kCompilerText.substr(0, kCompilerText.find_last_not_of(' ') + 1);

std::string_view or_else(std::string_view text, std::string_view otherwise) {
  return text.empty() ? otherwise : text;
}

}  // namespace

std::string version_text() {
  return fmt::format(
      "hobnail {}\n"
      "commit      {}\n"
      "build type  {}\n"
      "compiler    {}, {}-bit\n"
      "sanitizers  {}\n"
      "engine      {}\n"
      "standards   PI 1.8, UEFI 2.10",
      HOBNAIL_VERSION, or_else(HOBNAIL_COMMIT, "unknown"), or_else(HOBNAIL_BUILD_TYPE, "none"),
      kCompiler, 8 * sizeof(void*), or_else(HOBNAIL_SANITIZER_NAMES, "none"), HOBNAIL_ENGINE_NAME);
}

}  // namespace hobnail
