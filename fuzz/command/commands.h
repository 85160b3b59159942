// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The subcommands of `hobnail`. Each adds itself to the application; its callback sets the exit
// code: 0 nothing found, 1 findings, 2 usage or environment, 3 interrupted.
#pragma once

#include <string>

#include "fuzz/command/options/exit_code.h"

namespace CLI {
class App;
}

namespace hobnail {

void add_replay_command(CLI::App& app, int& exit_code);
void add_show_command(CLI::App& app, int& exit_code);
void add_bench_command(CLI::App& app, int& exit_code);
void add_check_command(CLI::App& app, int& exit_code);
void add_enumerate_command(CLI::App& app, int& exit_code);
void add_compare_command(CLI::App& app, int& exit_code);
void add_boards_command(CLI::App& app, int& exit_code);
void add_help_command(CLI::App& app, int& exit_code);
void add_rules_command(CLI::App& app, int& exit_code);
void add_triage_command(CLI::App& app, int& exit_code);
void add_minimize_command(CLI::App& app, int& exit_code);
void add_corpus_command(CLI::App& app, int& exit_code);
void add_fuzz_command(CLI::App& app, int& exit_code);
// Subcommands of `corpus`.
void add_reach_command(CLI::App& corpus, int& exit_code);
void add_corpus_merge_commands(CLI::App& corpus, int& exit_code);
void add_corpus_stats_command(CLI::App& corpus, int& exit_code);
void add_corpus_stability_command(CLI::App& corpus, int& exit_code);

// One line on stderr, `hobnail: MESSAGE`, and the exit code that goes with it. What ends a command
// at once throws UsageError instead.
int complain(const std::string& message);

}  // namespace hobnail
