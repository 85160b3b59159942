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

A finding names exactly one rule. Under `--standard pi`, every core that conforms to the PI
specification satisfies every rule, so a finding is an error of the target or of the oracle. A rule
of class *contract* is checked in calls that PI allows a PEIM to make; a rule of class *hostile*
mostly in calls that PI forbids.
For each rule, a planted bug in a target violates this rule and no other: `hobnail rules --prove`
runs them all. `hobnail replay --rule ID` checks one rule, `--without-rule ID` all others.

## The two standards

`--standard pi` reports what breaks the PI specification, or loses, leaks, shares or reads foreign
memory. `--standard strict` reports deviations from practice too: from EDK II's behaviour, or from
promises of Hobnail's own core. The column *stands on* says what of a rule rests on practice.
`strict` is the default for Hobnail's core, `pi` for a loaded target.

## Choosing rules, boards and the standard

`--rule ID` and `--without-rule ID`, `--board NAME` and `--without-board NAME` (all repeatable) and
`--standard` mean the same on every command that runs programs. The environment variables
HOBNAIL_RULES (`STATUS,REFUSAL`: these only; `-STATUS,-REFUSAL`: all but these), HOBNAIL_BOARDS (the
same with names of boards) and HOBNAIL_STANDARD set the defaults of every command and fuzz target.
`hobnail fuzz` records its choice in the campaign file, and triage uses it. Where a disabled rule is
violated, the boot continues. A crash or hang under a disabled rule ends the boot and is no finding.

## What `pi` allows

Under `pi`, a refusal is a finding only if the room left exceeds the request by more than this
allowance: two records of 48 bytes; for a pool or HOB 64 bytes more; for pages of a target with
larger runtime granules, one granule of padding on each side. Freed pages and UNUSED HOBs need not
be used again. A core may write to memory that no PEIM owns: to free memory, to pages that it gives
out, to pages that it takes back. The migrated list keeps the order of all HOBs, the core's own too:
records of pages that are alike could not be told apart.

## The table

| rule | requirement | class | stands on | source | planted bug |
|---|---|---|---|---|---|
)";

constexpr std::string_view kInvariants = R"(
## The invariants

`docs/pei-semantics.md` (section 5) lists {} invariants, I1 to I{}. The rules check {} of them
completely and {} in part; {} are checked elsewhere, and {} are open to implementations.

* **whole**: a rule detects every target that violates the invariant.
* **part**: the rules check a part of it; the note names the rest.
* **elsewhere**: no rule can check it; the note names the test that does.
* **open**: EDK II behaves so, other cores need not, so no rule may require it.

| | invariant | cover | rules | note |
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
    fmt::print("| `{}` | {} | {} | {} | {} | {} |\n", rule.id, rule.title, class_name(rule.kind),
               basis_text(rule), clause_text(rule), planted_bug(rule.id));
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
