// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The tables of rules and of invariants: complete, and consistent with each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "properties/oracle/rules/rules.h"
#include "properties/oracle/rules/traceability.h"
#include "properties/planted/fault_proof.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint32_t kInvariants = 101;

bool is_rule(std::string_view id) {
  const auto all = rules();
  return std::any_of(all.begin(), all.end(), [&](const Rule& rule) { return rule.id == id; });
}

TEST(Invariants, AreAllThereOnceAndInOrder) {
  ASSERT_EQ(invariants().size(), kInvariants);
  std::set<std::string_view> titles;
  for (std::uint32_t i = 0; i < kInvariants; ++i) {
    EXPECT_EQ(invariants()[i].number, i + 1);
    EXPECT_FALSE(invariants()[i].title.empty()) << "I" << i + 1;
    EXPECT_TRUE(titles.insert(invariants()[i].title).second) << "I" << i + 1;
  }
}

TEST(Invariants, NameRulesThatExistEachOnce) {
  for (const Invariant& invariant : invariants()) {
    const auto ids = invariant.rule_ids();
    const std::set<std::string_view> distinct(ids.begin(), ids.end());
    EXPECT_EQ(distinct.size(), ids.size()) << "I" << invariant.number;
    for (const std::string_view id : ids) {
      EXPECT_TRUE(is_rule(id)) << "I" << invariant.number << " names " << id;
    }
  }
}

TEST(Invariants, WithoutARuleOrWithAPartOnlySayWhy) {
  for (const Invariant& invariant : invariants()) {
    const bool held = invariant.cover == Cover::Whole || invariant.cover == Cover::Part;
    EXPECT_EQ(held, !invariant.rule_ids().empty()) << "I" << invariant.number;
    EXPECT_EQ(invariant.cover == Cover::Whole, invariant.note.empty()) << "I" << invariant.number;
  }
}

TEST(Rules, RestOnAClauseOrAnInvariant) {
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(!rule.clause.empty() || !invariants_of(rule.key).empty()) << rule.id;
    // Numbers stand in the other table.
    for (std::size_t at = rule.clause.find('I'); at != std::string_view::npos;
         at = rule.clause.find('I', at + 1)) {
      const bool digit =
          at + 1 < rule.clause.size() && rule.clause[at + 1] >= '0' && rule.clause[at + 1] <= '9';
      EXPECT_FALSE(digit) << rule.id << ": " << rule.clause;
    }
  }
}

TEST(Rules, HaveEachAPlantedBug) {
  const std::vector<Fault> faults = all_faults();
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(std::any_of(faults.begin(), faults.end(), [&](const Fault& fault) {
      return fault.rule == rule.key && !fault.what.empty();
    })) << rule.id;
  }
}

TEST(Rules, AreKnownFromBothSides) {
  for (const Rule& rule : rules()) {
    const std::vector<std::uint32_t> numbers = invariants_of(rule.key);
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end())) << rule.id;
    for (const std::uint32_t number : numbers) {
      const auto ids = invariants()[number - 1].rule_ids();
      EXPECT_NE(std::find(ids.begin(), ids.end(), rule.id), ids.end()) << rule.id;
    }
  }
}

TEST(Rules, HaveAnIdForEachNumber) {
  for (const Rule& rule : rules()) {
    EXPECT_EQ(rule_name(rule.key), rule.id);
    EXPECT_EQ(parse_rule(rule.id), rule.key);
  }
  EXPECT_FALSE(parse_rule("NO-SUCH-RULE"));
  EXPECT_FALSE(parse_rule(""));
}

TEST(Numbers, AreWrittenAsRanges) {
  const auto text = [](std::vector<std::uint32_t> numbers) { return numbers_text(numbers); };
  EXPECT_EQ(text({}), "");
  EXPECT_EQ(text({7}), "I7");
  EXPECT_EQ(text({7, 8}), "I7, I8");
  EXPECT_EQ(text({1, 2, 3, 4, 5, 10}), "I1 to I5, I10");
  EXPECT_EQ(text({1, 3, 4, 5, 101}), "I1, I3 to I5, I101");
}

}  // namespace
}  // namespace hobnail::oracle
