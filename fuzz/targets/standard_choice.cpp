// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the environment.
#include "fuzz/targets/standard_choice.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

namespace hobnail {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::variant<oracle::Standard, StandardError> parsed(const std::string& name,
                                                     std::string_view where) {
  if (const auto standard = oracle::parse_standard(name)) return *standard;
  return StandardError{fmt::format("{}: standard '{}' is unknown; use pi or strict", where, name)};
}

}  // namespace

oracle::Standard default_standard(const std::string& path, oracle::Standard built_in) {
  const bool loaded = !path.empty() || !variable("HOBNAIL_TARGET").empty();
  return loaded ? oracle::Standard::Pi : built_in;
}

std::variant<oracle::Standard, StandardError> choose_standard(const std::string& named,
                                                              oracle::Standard fallback) {
  if (!named.empty()) return parsed(named, "--standard");
  const std::string from_environment = variable("HOBNAIL_STANDARD");
  if (!from_environment.empty()) return parsed(from_environment, "HOBNAIL_STANDARD");
  return fallback;
}

}  // namespace hobnail
