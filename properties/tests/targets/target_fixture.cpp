// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The environment that each variant reads when it is loaded.
#include "properties/tests/targets/target_fixture.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

const hobnail_target& load(const std::string& path) {
  const auto loaded = load_target(path);
  const auto* const target = std::get_if<const hobnail_target*>(&loaded);
  if (target == nullptr) {
    ADD_FAILURE() << std::get<TargetError>(loaded).message;
    std::exit(1);
  }
  return **target;
}

}  // namespace

const hobnail_target& edk2_like(const Variant& variant) {
  for (const char* name : {"QUIRKS", "DEBUG", "CONTRACT"}) {
    unsetenv((std::string("HOBNAIL_EDK2_") + name).c_str());
  }
  setenv("HOBNAIL_EDK2_FIXED", variant.fixed ? "1" : "0", 1);
  setenv("HOBNAIL_EDK2_POLICY", variant.policy, 1);
  setenv("HOBNAIL_EDK2_64K", variant.granules_of_64k ? "1" : "0", 1);
  return load(HOBNAIL_EDK2_LIKE);
}

const hobnail_target& our_core() { return load(""); }

std::string finding_text(const Outcome& outcome) {
  if (!outcome.finding) return "no finding";
  return std::string(outcome.finding->rule) + " at op " + std::to_string(outcome.finding->op) +
         ": " + outcome.finding->evidence;
}

Program parsed(const std::string& text) {
  const auto result = parse_text(text);
  if (const auto* error = std::get_if<TextError>(&result)) {
    ADD_FAILURE() << "line " << error->line << ": " << error->message << "\n" << text;
    return {};
  }
  return std::get<Program>(result);
}

}  // namespace hobnail::oracle
