// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The invariants of docs/pei-semantics.md section 5, and which rules hold each: the other way
// into the rule table. What no rule holds says why not, and who does instead.
//
// Invariant: all of I1 to I101 are here, once, in order. Numbers stand in this table and nowhere
// else; those of a rule are derived from it (oracle_table_test).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/rules/rule_id.h"

namespace hobnail::oracle {

enum class Cover : std::uint8_t {
  Whole,      // a target that breaks it is found out by one of the rules
  Part,       // the rules hold some of it; the note says what they leave, and why
  Elsewhere,  // no rule can hold it; the note says who does
  Open,       // no rule may: implementations differ in it, and are right to
};

// Up to five rules.
class RuleList {
 public:
  constexpr RuleList() = default;
  constexpr RuleList(std::initializer_list<RuleId> rules) : size_(rules.size()) {
    std::copy(rules.begin(), rules.end(), rules_.begin());
  }
  [[nodiscard]] constexpr const RuleId* begin() const { return rules_.data(); }
  [[nodiscard]] constexpr const RuleId* end() const { return rules_.data() + size_; }

 private:
  std::array<RuleId, 5> rules_{};
  std::size_t size_ = 0;
};

struct Invariant {
  std::uint32_t number;
  std::string_view title;
  RuleList rules{};  // the first is the one that is mostly reported
  Cover cover = Cover::Whole;
  std::string_view note{};

  // The rules' ids as text.
  [[nodiscard]] std::vector<std::string_view> rule_ids() const;
};

[[nodiscard]] const std::vector<Invariant>& invariants();
[[nodiscard]] std::string_view cover_name(Cover cover);

// The numbers of those that the rule holds, or holds a part of.
[[nodiscard]] std::vector<std::uint32_t> invariants_of(RuleId rule);

// "I1 to I5, I10"; empty for none. The numbers must ascend.
[[nodiscard]] std::string numbers_text(std::span<const std::uint32_t> numbers);

// The parts of the table.
namespace part {
[[nodiscard]] std::span<const Invariant> of_the_list();
[[nodiscard]] std::span<const Invariant> of_pages();
[[nodiscard]] std::span<const Invariant> of_the_migration();
[[nodiscard]] std::span<const Invariant> of_the_hand_off();
}  // namespace part

}  // namespace hobnail::oracle
