// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail rules: the rules that a target must satisfy, for people and for programs, and the proof
// that each violation is reported.
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/rule_table/document.h"
#include "fuzz/rule_table/prove.h"
#include "fuzz/rule_table/table.h"

namespace hobnail {
namespace {

struct Options {
  std::string json;
  bool invariants = false;
  bool markdown = false;
  bool prove = false;
  std::string target;
};

int prove(const Options& options, bool text) {
  const RuleProof proof = prove_rules(target_named(options.target), text);
  write_json_option(options.json, proof.report);
  return proof.all_proven ? kNothingFound : kFindings;
}

int run(const Options& options) {
  const bool text = options.json != "-";  // stdout has JSON then, and nothing else
  try_output(options.json, {});
  if (options.prove) return prove(options, text);
  if (options.markdown) {
    print_rules_document();
  } else if (options.invariants) {
    if (text) print_invariants();
    write_json_option(options.json, invariants_json());
  } else {
    if (text) print_rules();
    write_json_option(options.json, rules_json());
  }
  return kNothingFound;
}

}  // namespace

void add_rules_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("rules", "Print the rule table, or prove it");
  auto* const json = add_json_option(*command, options->json, "the table or the proof");
  auto* const invariants =
      command->add_flag("--invariants", options->invariants,
                        "Print the invariants of docs/pei-semantics.md and their rules");
  auto* const markdown = command
                             ->add_flag("--markdown", options->markdown,
                                        "Print both tables as docs/rules.md contains them")
                             ->excludes(json)
                             ->excludes(invariants);
  auto* const prove =
      command
          ->add_flag("--prove", options->prove,
                     "Plant a bug for each rule and check that this rule alone reports it")
          ->excludes(markdown)
          ->excludes(invariants);
  add_target_option(*command, options->target)->needs(prove);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
