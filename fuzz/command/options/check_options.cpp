// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Names, defaults and help.
#include "fuzz/command/options/check_options.h"

#include <CLI/CLI.hpp>

#include "fuzz/command/options/output_options.h"

namespace hobnail {

void SuiteOptions::add_to(CLI::App& command) {
  auto* const suite =
      command
          .add_option("--suite", names,
                      "Check the claims of this property suite (`all`, a suite, or SUITE.CLAIM); "
                      "repeatable; `list` prints the claims")
          ->type_name("NAME")
          ->allow_extra_args(false);
  command
      .add_option("--cases", cases,
                  "With --suite: number of cases of each claim, instead of --seconds")
      ->check(CLI::PositiveNumber)
      ->needs(suite);
  command.add_option("--junit", junit, "With --suite: file for the result in JUnit XML")
      ->type_name("FILE")
      ->needs(suite);
  command
      .add_option("--replay", replay,
                  "With --suite: check the claims on the program of this file only")
      ->type_name("FILE")
      ->needs(suite);
}

void CheckOptions::add_to(CLI::App& command) {
  command.add_option("--seconds", seconds, "Total time in seconds")
      ->check(seconds_from(0.001))
      ->capture_default_str();
  command.add_flag("--lists", lists,
                   "Random HOB lists on the reader under test, instead of programs");
  command.add_option("--runs", runs, "Number of programs or lists, instead of --seconds")
      ->check(CLI::PositiveNumber);
  command.add_option("--seed", seed, "Seed of the programs")->capture_default_str();
  command.add_option("--ops", ops, "Maximum number of ops of a program")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command
      .add_option("--findings", findings,
                  "Number of findings after which the command stops (default: 1, with --accept "
                  "none)")
      ->check(CLI::PositiveNumber);
  command
      .add_option(
          "--triage-seconds", triage_seconds,
          "With --accept: time limit of the triage at the end in seconds; 0: none (default: "
          "as --seconds, at least 30). The shortest programs of each kind of finding come "
          "first, and the rest is reported")
      ->check(seconds_from(0));
  command.add_option("--out", out, "Directory for the programs of findings")->capture_default_str();
  suites.add_to(command);
  target.add_to(command);
  known.add_to(command, true);
  add_json_option(command, json, "findings and counts");
  command.add_flag("--quiet", quiet, "Print findings only");
}

}  // namespace hobnail
