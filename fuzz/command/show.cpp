// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hobnail show: runs a program and draws the memory after each op.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>

#include <string>

#include "fuzz/boot_view/html/html.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/boot_view/record.h"
#include "fuzz/boot_view/story_json.h"
#include "fuzz/boot_view/svg/svg.h"
#include "fuzz/boot_view/text/text.h"
#include "fuzz/boot_view/wrap.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/hob_dump/check.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/dump_json.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/hob_dump/memory_map.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/columns.h"

namespace hobnail {
namespace {

using oracle::RunOptions;

struct Options {
  std::string file;
  TargetOptions target;
  std::string html;
  std::string svg;
  std::string json;
  long op = -1;
  std::size_t width = 0;
  bool all = false;
  bool quiet = false;
};

// Elsewhere than on a terminal, lines are as long as on one of 100 columns.
std::size_t width_of(const Options& options) {
  constexpr std::size_t kElsewhere = 100;
  if (options.width != 0) return options.width;
  const std::size_t columns = terminal_columns();
  return columns != 0 ? columns : kElsewhere;
}

TextStyle style_of(const Options& options) {
  TextStyle style;
  style.width = width_of(options);
  style.colour = terminal_has_colours();
  style.unicode = terminal_has_utf8();
  style.every_step = options.all;
  if (options.op >= 0) style.only_op = static_cast<std::size_t>(options.op);
  return style;
}

void write_files(const Options& options, const Storyboard& story) {
  if (!options.html.empty()) write_file(options.html, boot_html(story));
  if (!options.svg.empty()) write_file(options.svg, boot_svg(story));
  if (options.json == "-") std::fputs(story_json_text(story).c_str(), stdout);
  if (!options.json.empty() && options.json != "-") {
    write_file(options.json, story_json_text(story));
  }
}

// The story has no such op when the boot ended before it.
void check_op(const Options& options, const Storyboard& story, std::size_t ops) {
  if (options.op < 0) return;
  const auto op = static_cast<std::size_t>(options.op);
  if (op > ops || (op == ops && !story.finding)) {
    throw UsageError(fmt::format("--op {}: the program has {} ops, counted from 0", op, ops));
  }
  for (const Step& step : story.steps) {
    if (step.op == op) return;
  }
  throw UsageError(
      fmt::format("--op {}: the boot ended before it; see hobnail show without --op", op));
}

// Whether long lines of tables are to be broken: not in a pipe, where programs read them.
bool is_narrow(const Options& options) { return options.width != 0 || terminal_columns() != 0; }

// A HOB list is drawn as what it is: its HOBs, its memory, and what DXE makes of it.
int show_list(const Options& options) {
  if (!options.html.empty() || !options.svg.empty() || options.op >= 0 || options.all) {
    throw UsageError(fmt::format("{}: is a HOB list: --html, --svg, --op and --all are for boots",
                                 options.file));
  }
  const oracle::HobListInput list = value_of(read_list(options.file)).list;
  const std::vector<std::uint8_t> bytes = bytes_of(list);
  oracle::HobView view;
  walk_hobs(bytes, view);
  const HobReport report = check_hobs(view, std::nullopt);
  const DxeReport dxe = dxe_report(bytes, std::uint64_t{1} << list.granularity_shift);
  if (!options.quiet) {
    std::string text = fmt::format("{}\n{}", clean_text(options.file), hob_table(view));
    if (report.errors == 0) text += draw_maps(view, width_of(options));
    text += fmt::format("{}\n{}", verdict_of(report), dxe_text(dxe));
    fmt::print("{}", is_narrow(options) ? fitted(text, width_of(options)) : text);
  }
  if (!options.json.empty()) {
    nlohmann::json out = hobs_json(options.file, view, report);
    out["dxe"] = dxe_json(dxe);
    write_json_option(options.json, out);
  }
  return report.errors + report.findings != 0 ? kFindings : kNothingFound;
}

int show(const Options& options) {
  if (names_list(options.file)) return show_list(options);
  try_output(options.html, {options.file});
  try_output(options.svg, {options.file});
  try_output(options.json, {options.file});
  const hobnail_target& target = options.target.load();
  RunOptions run = options.target.run_options();
  const oracle::Program program = value_of(read_program(options.file)).program;
  Storyboard story = record_steps(program, target, run, {options.target.seconds});
  story.title = clean_text(options.file);
  if (!story.skipped.empty()) {
    throw UsageError(fmt::format("{}: was skipped: {}", options.file, story.skipped));
  }
  check_op(options, story, program.ops.size());
  if (!options.quiet) fmt::print("{}", boot_text(story, style_of(options)));
  write_files(options, story);
  return story.finding ? kFindings : kNothingFound;
}

}  // namespace

void add_show_command(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* const command = app.add_subcommand(
      "show", "Draw a boot: the memory after each op, and the HOB list; or draw a HOB list");
  command
      ->add_option("FILE", options->file,
                   "Program (.boot text or fuzzer bytes), or HOB list (.hobs text, .hob dump)")
      ->required();
  command->add_option("--html", options->html,
                      "Output file for an HTML page: each op beside its picture");
  command->add_option("--svg", options->svg, "Output file for one picture of the complete boot");
  add_json_option(*command, options->json, "the drawn steps and the finding");
  command->add_option("--op", options->op, "Index of the only op to draw, with all details")
      ->check(CLI::NonNegativeNumber);
  command
      ->add_option("--width", options->width,
                   "Width in columns (default: the terminal's, else 100)")
      ->check(CLI::Range(kTextWidthLeast, std::size_t{1000}));
  command->add_flag("--all", options->all,
                    "Draw all ops: those that changed nothing, and each round of a repeated group");
  options->target.add_to(*command);
  command->add_flag("--quiet", options->quiet, "Print nothing; for --html, --svg and --json");
  command->callback([options, &exit_code] { exit_code = show(*options); });
}

}  // namespace hobnail
