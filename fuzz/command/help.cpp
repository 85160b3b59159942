// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail help: the help of a command, a language that files are written in, the manual pages, the
// completion of a shell; hobnail boards: the boards that a program may name.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/command/reference/completion.h"
#include "fuzz/command/reference/manual.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/language/article.h"
#include "fuzz/language/boards.h"
#include "fuzz/language/boot_language.h"
#include "fuzz/language/hobs_language.h"

namespace hobnail {
namespace {

struct Options {
  std::string topic;
  bool markdown = false;
  std::string pages;  // the folder for the manual pages
  std::string shell;
};

void print_article(const Article& article, bool markdown) {
  fmt::print("{}", markdown ? article.markdown() : article.plain());
}

void print_command_help(const CLI::App& app, const std::string& topic) {
  if (topic.empty()) {
    // App::help() delegates to the subcommand that was parsed: this one.
    fmt::print("{}",
               app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal));
    return;
  }
  for (const CLI::App* const command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!command->check_name(topic)) continue;
    fmt::print("{}", command->help(app.get_name()));
    return;
  }
  throw UsageError("topic '" + topic +
                   "' is unknown; name language, hobs-language or a command of `hobnail --help`");
}

void write_manual(const CLI::App& app, const std::string& folder) {
  try_output_directory(folder);
  for (const ManualPage& page : manual_pages(app)) {
    write_file(std::filesystem::path(folder) / page.file, page.text);
  }
}

int show_help(const CLI::App& app, const Options& options) {
  if (!options.pages.empty()) {
    write_manual(app, options.pages);
  } else if (!options.shell.empty()) {
    fmt::print("{}", bash_completion(app));
  } else if (options.topic == "language") {
    print_article(boot_language(), options.markdown);
  } else if (options.topic == "hobs-language") {
    print_article(hobs_language(), options.markdown);
  } else if (options.markdown) {
    throw UsageError("--markdown needs the topic language or hobs-language");
  } else {
    print_command_help(app, options.topic);
  }
  return kNothingFound;
}

struct BoardsOptions {
  std::string json;
  bool markdown = false;
};

int list_boards(const BoardsOptions& options) {
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

void add_help_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("help", "Print the help of a command, or the language of a file");
  auto* const topic = command->add_option(
      "topic", options->topic,
      "language (of .boot programs), hobs-language (of .hobs lists), or a command");
  auto* const markdown =
      command->add_flag("--markdown", options->markdown, "Print a language as docs/ contains it");
  auto* const pages = command->add_option("--man-pages", options->pages,
                                          "Write the manual pages to this directory");
  auto* const shell = command->add_option("--completion", options->shell,
                                          "Print the completion script of a shell: bash");
  shell->check(CLI::IsMember({"bash"}));
  pages->excludes(topic)->excludes(markdown)->excludes(shell);
  shell->excludes(topic)->excludes(markdown);
  command->callback([options, &app, &exit_code] { exit_code = show_help(app, *options); });
}

void add_boards_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<BoardsOptions>();
  CLI::App* const command = app.add_subcommand("boards", "List the boards that a program may name");
  auto* const json = add_json_option(*command, options->json, "the boards");
  command
      ->add_flag("--markdown", options->markdown,
                 "Print the boards as docs/boards.md contains them")
      ->excludes(json);
  command->callback([options, &exit_code] { exit_code = list_boards(*options); });
}

}  // namespace hobnail
