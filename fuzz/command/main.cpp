// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail: the command. Exit codes everywhere: 0 nothing found, 1 findings, 2 usage or environment,
// 3 interrupted.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/hobs.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/language/version.h"

namespace hobnail {

int complain(const std::string& message) {
  std::fprintf(stderr, "hobnail: %s\n", clean_text(message).c_str());
  return kCannotWork;
}

namespace {

// The first argument when it should be a subcommand and is none: CLI11 only reports that one is
// missing.
std::string unknown_command(const CLI::App& app, int argc, char** argv) {
  std::string first = argc < 2 ? "" : argv[1];
  if (first.empty() || first.front() == '-') return {};
  const auto all = [](const CLI::App*) { return true; };
  for (const CLI::App* const command : app.get_subcommands(all)) {
    if (command->check_name(first)) return {};
  }
  return first;
}

// `--target ""` comes from a variable of a script that is unset: no default stands for it.
void refuse_empty_arguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    const std::string_view option(argument.empty() ? argv[i - 1] : argv[i]);
    const bool no_value = argument.starts_with("--") && argument.ends_with('=');
    if (!argument.empty() && !no_value) continue;
    throw UsageError(fmt::format("argument {} is empty{}", i,
                                 option.starts_with('-') ? fmt::format(": {}", option) : ""));
  }
}

int run(int argc, char** argv) {
  refuse_empty_arguments(argc, argv);
  CLI::App app{
      "Run simulated boots against a PEI core's memory services and report rule violations."};
  app.name("hobnail");
  app.set_version_flag("--version", version_text, "Print version, build and standards");
  app.footer(
      "Exit codes: 0 nothing found, 1 findings, 2 usage or environment error, 3 interrupted with "
      "no findings.");
  app.require_subcommand(1);
  int exit_code = kCannotWork;
  add_replay_command(app, exit_code);
  add_show_command(app, exit_code);
  add_check_command(app, exit_code);
  add_enumerate_command(app, exit_code);
  add_fuzz_command(app, exit_code);
  add_bench_command(app, exit_code);
  add_compare_command(app, exit_code);
  add_rules_command(app, exit_code);
  add_triage_command(app, exit_code);
  add_minimize_command(app, exit_code);
  add_corpus_command(app, exit_code);
  add_hobs_command(app, exit_code);
  add_boards_command(app, exit_code);
  add_help_command(app, exit_code);
  if (const std::string wrong = unknown_command(app, argc, argv); !wrong.empty()) {
    throw UsageError("command '" + wrong + "' is unknown; run `hobnail --help` for the list");
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    throw UsageError(std::string(error.what()) + " (see hobnail --help)");
  }
  return exit_code;
}

}  // namespace
}  // namespace hobnail

// Reports name places only: a sanitizer takes longer to look symbols up than a boot may last, and
// fuzz/crash/symbolizer.h does so once. ASAN_OPTIONS of the user comes after this, and wins.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "handle_abort=1:detect_leaks=0:symbolize=0";
}

int main(int argc, char** argv) {
  const auto command = [argc, argv] {
    try {
      return hobnail::run(argc, argv);
    } catch (const std::exception& error) {
      return hobnail::complain(error.what());
    }
  };
  try {
    return hobnail::supervise(command);
  } catch (const std::exception& error) {
    return hobnail::complain(error.what());
  }
}
