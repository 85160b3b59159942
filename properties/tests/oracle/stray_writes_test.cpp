// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The oracle under test with targets that were built without sanitizers: whatever they write over
// is seen, by the right rule, at the call that did it.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <variant>

#include "properties/oracle/boot/target.h"
#include "properties/oracle/isolation/subprocess.h"
#include "properties/oracle/program/text/codec_text.h"
#include "properties/planted/writing_faults.h"

namespace hobnail::oracle {

void PrintTo(const WritingFault& fault, std::ostream* out) { *out << fault.name; }

namespace {

class Writes : public testing::TestWithParam<WritingFault> {
 protected:
  const hobnail_target& core_ = *std::get<const hobnail_target*>(load_target(""));
  const Program program_ = std::get<Program>(parse_text(std::string(GetParam().program)));
};

bool names(std::string_view rules, std::string_view rule) {
  return (" " + std::string(rules) + " ").find(" " + std::string(rule) + " ") != std::string::npos;
}

// The boot ends with the call that writes; the check is made before the next one.
TEST_P(Writes, AreSeenAtTheCall) {
  RunOptions options;
  options.thorough = true;
  const Outcome outcome =
      run_one_isolated(program_, wrapped::around(core_, GetParam().changes), options);
  ASSERT_TRUE(outcome.finding);
  EXPECT_TRUE(names(GetParam().rules, outcome.finding->rule))
      << outcome.finding->rule << ": " << outcome.finding->evidence;
  EXPECT_EQ(outcome.finding->op, program_.ops.size() - 1) << outcome.finding->evidence;
}

// A sampled boot leaves large blocks for the end; a finding is looked for again, call by call.
TEST_P(Writes, AreSeenAtTheCallWhenTheBootIsSampled) {
  RunOptions options;
  options.thorough_sample = true;
  Program longer = std::get<Program>(parse_text(std::string(GetParam().program) + "GetHobList\n"));
  longer.garbage = 5;
  const Outcome outcome =
      run_one_isolated(longer, wrapped::around(core_, GetParam().changes), options);
  ASSERT_TRUE(outcome.finding);
  EXPECT_TRUE(names(GetParam().rules, outcome.finding->rule)) << outcome.finding->evidence;
  EXPECT_EQ(outcome.finding->op, program_.ops.size() - 1) << outcome.finding->evidence;
}

TEST_P(Writes, AreNotSeenWhereThereAreNone) {
  RunOptions options;
  options.thorough = true;
  const Outcome outcome = run_one_isolated(program_, core_, options);
  EXPECT_TRUE(outcome.skipped.empty());
  EXPECT_FALSE(outcome.finding) << outcome.finding->evidence;
}

INSTANTIATE_TEST_SUITE_P(All, Writes,
                         testing::ValuesIn(writing_faults().begin(), writing_faults().end()),
                         [](const auto& fault) { return std::string(fault.param.name); });

}  // namespace
}  // namespace hobnail::oracle
