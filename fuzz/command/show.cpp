// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail show: plays a program and draws the memory as it was after each op.
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <string_view>

#include "fuzz/boot_view/html/html.h"
#include "fuzz/boot_view/record.h"
#include "fuzz/boot_view/story_json.h"
#include "fuzz/boot_view/svg/svg.h"
#include "fuzz/boot_view/text/text.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/rule_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/inputs/program_file.h"

namespace hobnail {
namespace {

using oracle::RunOptions;
using oracle::TargetError;

struct Options {
  std::string file;
  TargetOptions target;
  RuleOptions rules;
  std::string html;
  std::string svg;
  std::string json;
  long op = -1;
  std::size_t width = 0;
  bool all = false;
  bool quiet = false;
};

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return size.ws_col;
}

bool speaks_utf8() {
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale(value);
    return locale.find("UTF-8") != std::string_view::npos ||
           locale.find("utf8") != std::string_view::npos;
  }
  return false;
}

TextStyle style_of(const Options& options) {
  TextStyle style;
  const bool terminal = isatty(STDOUT_FILENO) != 0;
  style.width = options.width != 0 ? options.width : terminal ? terminal_width() : 100;
  style.colour = terminal && std::getenv("NO_COLOR") == nullptr;
  style.unicode = terminal && speaks_utf8();
  style.every_step = options.all;
  if (options.op >= 0) style.only_op = static_cast<std::size_t>(options.op);
  return style;
}

// False when it cannot be written; an empty path is nothing to write.
bool write_file(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream out(path);
  out << text;
  out.close();
  return !out.fail();
}

// 0, or the exit code of what keeps it from being written.
int write_files(const Options& options, const Storyboard& story) {
  const auto unwritten = [](const std::string& path) {
    return complain(fmt::format("{}: cannot be written", path));
  };
  if (!options.html.empty() && !write_file(options.html, boot_html(story))) {
    return unwritten(options.html);
  }
  if (!options.svg.empty() && !write_file(options.svg, boot_svg(story))) {
    return unwritten(options.svg);
  }
  if (options.json.empty()) return 0;
  const std::string json =
      story_json(story).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return write_file(options.json, json) ? 0 : unwritten(options.json);
}

// The story has no such op when the boot ended before it.
int check_op(const Options& options, const Storyboard& story, std::size_t ops) {
  if (options.op < 0) return 0;
  const auto op = static_cast<std::size_t>(options.op);
  if (op > ops || (op == ops && !story.finding)) {
    return complain(fmt::format("--op {}: the program has {} ops, counted from 0", op, ops));
  }
  for (const Step& step : story.steps) {
    if (step.op == op) return 0;
  }
  return complain(
      fmt::format("--op {}: the boot ended before it; see hobnail show without --op", op));
}

int show(const Options& options) {
  const auto loaded = options.target.load();
  if (const auto* error = std::get_if<TargetError>(&loaded)) return complain(error->message);
  const hobnail_target& target = *std::get<const hobnail_target*>(loaded);
  const auto rules = rule_set(options.rules);
  if (const auto* error = std::get_if<std::string>(&rules)) return complain(*error);
  const auto file = read_program(options.file);
  if (const auto* error = std::get_if<FileError>(&file)) return complain(error->message);
  const auto& program = std::get<ProgramFile>(file).program;

  RunOptions run = options.target.run_options();
  run.rules = std::get<oracle::RuleSet>(rules);
  Storyboard story = record_steps(program, target, run, {options.target.seconds});
  story.title = options.file;
  if (!story.skipped.empty()) {
    return complain(fmt::format("{}: nothing was played: {}", options.file, story.skipped));
  }
  if (const int wrong = check_op(options, story, program.ops.size()); wrong != 0) return wrong;
  if (!options.quiet) fmt::print("{}", boot_text(story, style_of(options)));
  if (const int wrong = write_files(options, story); wrong != 0) return wrong;
  return story.finding ? kFindings : kNothingFound;
}

}  // namespace

void add_show_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      app.add_subcommand("show", "draw a boot: the memory after each op, and the HOB list");
  command->add_option("FILE", options->file, "a program (.boot text or fuzzer bytes)")->required();
  command->add_option("--html", options->html, "write a page: each op beside its picture");
  command->add_option("--svg", options->svg, "write one picture of the whole boot");
  command->add_option("--json", options->json, "write what is drawn, and the finding");
  command->add_option("--op", options->op, "draw this op only, with all that is known of it")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--width", options->width, "columns (default: the terminal's, or 100)")
      ->check(CLI::Range(60, 1000));
  command->add_flag("--all", options->all, "draw ops that changed nothing too");
  options->target.add_to(*command);
  add_rule_options(*command, options->rules);
  command->add_flag("--quiet", options->quiet, "print nothing: for --html, --svg and --json");
  command->callback([options, &exit_code] { exit_code = show(*options); });
}

}  // namespace hobnail
