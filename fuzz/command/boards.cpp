// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail boards: the boards that a program may name.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/language/boards.h"

namespace hobnail {
namespace {

struct Options {
  std::string json;
  bool markdown = false;
};

int list_boards(const Options& options) {
  try_output(options.json, {});
  if (options.markdown) {
    fmt::print("{}", boards_article().markdown());
  } else {
    if (options.json != "-") fmt::print("{}", boards_text());
    write_json_option(options.json, boards_json());
  }
  return kNothingFound;
}

}  // namespace

void add_boards_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand("boards", "List the boards that a program may name");
  auto* const json = add_json_option(*command, options->json, "the boards");
  command
      ->add_flag("--markdown", options->markdown,
                 "Print the boards as docs/boards.md contains them")
      ->excludes(json);
  command->callback([options, &exit_code] { exit_code = list_boards(*options); });
}

}  // namespace hobnail
