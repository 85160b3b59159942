// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The document, from the two tables.
#include "fuzz/rule_table/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "fuzz/rule_table/table.h"
#include "properties/oracle/rules/traceability.h"

namespace hobnail {
namespace {

using oracle::Invariant;
using oracle::invariants;
using oracle::Rule;
using oracle::rules;

constexpr std::string_view kHead = R"(# The rules

<!-- Written by: hobnail rules --markdown >docs/rules.md -->

A finding names one rule. What each says is true of every core that keeps to the PI specification,
so a finding is an error of the target, or of the oracle. A rule of the class *contract* is judged
in calls that PI lets a PEIM make; one of the class *hostile* speaks mostly of those that it does
not. For each a bug is planted in a target that the rule, and no other, finds out:
`hobnail rules --prove` tries them all. `hobnail replay --only-rule ID` listens to one rule,
`--without-rule ID` to all others.

| rule | what is true | class | rests on | found when |
|---|---|---|---|---|
)";

constexpr std::string_view kInvariants = R"(
## The invariants

`docs/pei-semantics.md` (section 5) has {} invariants, I1 to I{}. The rules hold {} of
them as a whole and {} in part; {} are held elsewhere, and in {} implementations may differ.

* **whole**: a target that breaks it is found out by one of the rules.
* **part**: the rules leave some of it; the note says what.
* **elsewhere**: no rule can hold it; the note says who does.
* **open**: EDK II does so, others need not, so no rule may ask for it.

| | what is true | cover | rules | note |
|---|---|---|---|---|
)";

std::ptrdiff_t count(oracle::Cover cover) {
  return std::count_if(invariants().begin(), invariants().end(),
                       [&](const Invariant& invariant) { return invariant.cover == cover; });
}

}  // namespace

void print_rules_document() {
  fmt::print("{}", kHead);
  for (const Rule& rule : rules()) {
    fmt::print("| `{}` | {} | {} | {} | {} |\n", rule.id, rule.title, class_name(rule.kind),
               clause_text(rule), planted_bug(rule.id));
  }
  fmt::print(kInvariants, invariants().size(), invariants().size(), count(oracle::Cover::Whole),
             count(oracle::Cover::Part), count(oracle::Cover::Elsewhere),
             count(oracle::Cover::Open));
  for (const Invariant& invariant : invariants()) {
    fmt::print("| I{} | {} | {} | {} | {} |\n", invariant.number, invariant.title,
               cover_name(invariant.cover), rules_text(invariant.rule_ids()), invariant.note);
  }
}

}  // namespace hobnail
