// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail rules: what must be true of a target, for people and for programs, and the proof that it
// is seen when it is not.
#include <CLI/CLI.hpp>

#include "fuzz/command/commands.h"
#include "fuzz/rule_table/document.h"
#include "fuzz/rule_table/prove.h"
#include "fuzz/rule_table/table.h"
#include "properties/oracle/boot/target.h"

namespace hobnail {
namespace {

using oracle::load_target;
using oracle::load_target_from_environment;
using oracle::TargetError;

struct Options {
  bool json = false;
  bool invariants = false;
  bool markdown = false;
  bool prove = false;
  std::string target;
};

int prove(const Options& options) {
  const auto loaded =
      options.target.empty() ? load_target_from_environment() : load_target(options.target);
  if (const auto* error = std::get_if<TargetError>(&loaded)) return complain(error->message);
  return prove_rules(*std::get<const hobnail_target*>(loaded), options.json);
}

int run(const Options& options) {
  if (options.prove) return prove(options);
  if (options.markdown) {
    print_rules_document();
  } else if (options.invariants) {
    print_invariants(options.json);
  } else {
    print_rules(options.json);
  }
  return kNothingFound;
}

}  // namespace

void add_rules_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("rules", "print the rule table, or prove it");
  auto* const json = command->add_flag("--json", options->json, "as JSON");
  auto* const invariants =
      command->add_flag("--invariants", options->invariants,
                        "the invariants of docs/pei-semantics.md, and their rules");
  auto* const markdown =
      command->add_flag("--markdown", options->markdown, "both tables, as docs/rules.md has them")
          ->excludes(json)
          ->excludes(invariants);
  auto* const prove = command
                          ->add_flag("--prove", options->prove,
                                     "plant a bug for each rule and see that it, alone, speaks")
                          ->excludes(markdown)
                          ->excludes(invariants);
  command
      ->add_option("--target", options->target,
                   "where to plant them: a shared object (default: HOBNAIL_TARGET, or our core)")
      ->needs(prove);
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
