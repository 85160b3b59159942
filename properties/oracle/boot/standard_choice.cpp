// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Reading the environment.
#include "properties/oracle/boot/standard_choice.h"

#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

namespace hobnail::oracle {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::variant<Standard, StandardError> parsed(const std::string& name, std::string_view where) {
  if (const auto standard = parse_standard(name)) return *standard;
  return StandardError{fmt::format("{}: standard '{}' is unknown; use pi or strict", where, name)};
}

}  // namespace

Standard default_standard(const std::string& path, Standard built_in) {
  const bool loaded = !path.empty() || !variable("HOBNAIL_TARGET").empty();
  return loaded ? Standard::Pi : built_in;
}

std::variant<Standard, StandardError> choose_standard(const std::string& named, Standard fallback) {
  if (!named.empty()) return parsed(named, "--standard");
  const std::string from_environment = variable("HOBNAIL_STANDARD");
  if (!from_environment.empty()) return parsed(from_environment, "HOBNAIL_STANDARD");
  return fallback;
}

}  // namespace hobnail::oracle
