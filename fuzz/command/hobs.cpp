// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The subcommand: arguments, files, and what goes where. Results go to standard output; what keeps
// the command from working goes to standard error, one line each.
#include "fuzz/command/hobs.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fuzz/boot_view/wrap.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/hobs_scan.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/hob_dump/check.h"
#include "fuzz/hob_dump/check_content.h"
#include "fuzz/hob_dump/check_memory.h"
#include "fuzz/hob_dump/debug_log.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/dump_file.h"
#include "fuzz/hob_dump/dump_json.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/memory_map.h"
#include "fuzz/hob_dump/printed_list.h"
#include "fuzz/hob_dump/rebuild/program.h"
#include "fuzz/hob_dump/rebuild/verify.h"
#include "fuzz/inputs/file_kind.h"
#include "fuzz/inputs/program_file.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/terminal/columns.h"

namespace hobnail {
namespace {

struct HobsOptions {
  std::vector<std::string> files;
  std::string base;
  std::string json;
  std::string out;
  std::string consumer;
  bool program = false;
  bool scan = false;
  bool diff = false;
  bool series = false;
  bool quiet = false;
};

std::optional<std::uint64_t> parse_address(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string remark_line(const std::string& file, const Remark& remark) {
  return fmt::format("{}: {} {}: HOB {} at offset {:#x}: {}\n", file,
                     severity_name(remark.severity), remark.rule, remark.index, remark.offset,
                     remark.text);
}

void print_list(const std::string& path, const oracle::HobView& view, const HobReport& report,
                bool quiet) {
  if (!quiet) {
    const std::size_t columns = terminal_columns();
    std::string text = fmt::format("{}\n{}", path, hob_table(view));
    if (report.errors == 0) text += columns == 0 ? draw_maps(view) : draw_maps(view, columns);
    fmt::print("{}", columns == 0 ? text : fitted(text, columns));
    const std::size_t end = view.ok() ? view.hobs.back().offset + view.hobs.back().length : 0;
    if (view.ok() && end < view.bytes.size()) {
      fmt::print("{:#x} bytes follow the END HOB and were not read\n", view.bytes.size() - end);
    }
  }
  for (const Remark& remark : report.remarks) {
    if (!quiet || remark.severity != Severity::Note) fmt::print("{}", remark_line(path, remark));
  }
  const std::size_t all = report.errors + report.findings + report.notes;
  if (all > report.remarks.size()) {
    fmt::print("{}: and {} more\n", path, all - report.remarks.size());
  }
  if (!quiet) fmt::print("{}: {}\n", path, verdict_of(report));
}

// The last lines of a list: what the consumer makes of it.
nlohmann::json report_dxe(const HobFile& file, oracle::DxeConsumer& consumer, bool quiet) {
  const DxeReport dxe = dxe_report(file.bytes, oracle::kPage, consumer);
  if (!quiet) fmt::print("{}", dxe_text(dxe));
  return dxe_json(dxe);
}

// Decodes and checks each file.
int run_lists(const HobsOptions& options, const std::vector<HobFile>& files,
              std::optional<std::uint64_t> base) {
  nlohmann::json out = {{"files", nlohmann::json::array()}};
  bool wrong = false;
  oracle::HobView view;
  choose_consumer(options.consumer);
  oracle::DxeConsumer& consumer = *list_readers().consumer;
  for (std::size_t i = 0; i < files.size(); ++i) {
    walk_hobs(files[i].bytes, view);
    note_input(options.files[i]);
    const HobReport report = check_hobs(view, base);
    wrong = wrong || report.errors + report.findings != 0;
    print_list(options.files[i], view, report, options.quiet);
    if (!options.quiet && !files[i].note.empty()) {
      fmt::print("{}: {}\n", options.files[i], files[i].note);
    }
    nlohmann::json dxe = report_dxe(files[i], consumer, options.quiet);
    if (options.json.empty()) continue;
    out["files"].push_back(hobs_json(options.files[i], view, report));
    out["files"].back()["dxe"] = std::move(dxe);
  }
  write_json_option(options.json, out);
  return wrong ? kFindings : kNothingFound;
}

// The list of a debug log; nothing when the file is none.
std::optional<oracle::HobListInput> read_log(const std::string& path) {
  const auto read = read_file(path, kHobFileBytesMax);
  const auto* const text = std::get_if<std::string>(&read);
  // The control characters of a terminal make bytes of some logs.
  const FileKind kind = text == nullptr ? FileKind::Dump : kind_of_bytes(*text);
  if (kind != FileKind::Text && kind != FileKind::Bytes) return std::nullopt;
  if (has_printed_list(*text)) return std::nullopt;
  oracle::HobListInput list = list_of_log(*text);
  // A log tells of no PHIT: this one is out of the way of all that it tells of.
  list.bottom = list.base = list.free_top = list.top = 0x7ffffffffff00000;
  return list.hobs.empty() ? std::nullopt : std::optional(std::move(list));
}

// What a log says can be checked in itself: its allocations and volumes.
int run_log(const HobsOptions& options, const std::string& path, const oracle::HobListInput& list) {
  const std::vector<std::uint8_t> bytes = bytes_of(list);
  oracle::HobView view;
  walk_hobs(bytes, view);
  HobReport report;
  const Say say = [&](Severity severity, std::string_view rule, std::size_t index,
                      std::string text) {
    if (rule == "ALLOC-OUTSIDE") return;  // of the PHIT that the log does not tell of
    ++(severity == Severity::Finding ? report.findings : report.notes);
    report.remarks.push_back({severity, rule, index, view.hobs[index].offset, std::move(text)});
  };
  check_allocations(view, say);
  check_runtime(view, say);
  if (!options.quiet) {
    fmt::print("{}: {} HOBs that a debug log names; it names neither PHIT nor resources\n", path,
               list.hobs.size());
    for (std::size_t i = 1; i + 1 < view.hobs.size(); ++i) {
      fmt::print("{:>4}  {:<18}  {}\n", i, hob_type_name(view.hobs[i].type), describe_hob(view, i));
    }
  }
  for (const Remark& remark : report.remarks) {
    if (options.quiet && remark.severity == Severity::Note) continue;
    fmt::print("{}: {} {}: HOB {}: {}\n", path, severity_name(remark.severity), remark.rule,
               remark.index, remark.text);
  }
  if (!options.quiet) fmt::print("{}: {}\n", path, verdict_of(report));
  if (!options.json.empty()) {
    nlohmann::json out = {{"files", nlohmann::json::array()}};
    out["files"].push_back(hobs_json(path, view, report));
    for (const char* const made_up : {"phit", "memory"}) out["files"][0].erase(made_up);
    write_json_option(options.json, out);
  }
  return report.findings != 0 ? kFindings : kNothingFound;
}

// The program, verified on our core; or why there is none.
std::variant<RebuiltBoot, std::string> make_program(const std::vector<HobFile>& files) {
  auto rebuilt = rebuild_boot(files);
  if (const auto* boot = std::get_if<RebuiltBoot>(&rebuilt)) {
    if (auto why = verify_boot(*boot, files.back())) return *std::move(why);
  }
  return rebuilt;
}

int run_program(const HobsOptions& options, const std::vector<HobFile>& files) {
  const auto rebuilt = make_program(files);
  const auto* boot = std::get_if<RebuiltBoot>(&rebuilt);
  nlohmann::json out = {{"rebuilt", boot != nullptr}, {"lists", files.size()}};
  if (boot == nullptr) {
    out["why"] = std::get<std::string>(rebuilt);
    complain(std::get<std::string>(rebuilt));
  } else {
    const std::string text = boot_text(*boot, files);
    out["ops"] = boot->program.ops.size();
    out["notes"] = boot->notes;
    out["program"] = text;
    if (options.out.empty() && !options.quiet) fmt::print("{}", text);
    if (!options.out.empty()) write_file(options.out, text);
  }
  write_json_option(options.json, out);
  return boot != nullptr ? kNothingFound : kFindings;
}

int run(const HobsOptions& options) {
  if (int{options.scan} + int{options.diff} + int{options.series} + int{options.program} > 1) {
    throw UsageError("--scan, --diff, --series and --program exclude each other");
  }
  const bool compares = options.diff || options.series;
  if (!options.out.empty() && !options.program && !options.scan) {
    throw UsageError("--out requires --program or --scan");
  }
  if (!options.base.empty() && (options.files.size() != 1 || options.program || compares)) {
    throw UsageError("--base requires exactly one FILE, without --program, --diff and --series");
  }
  if (compares && options.files.size() < 2) {
    throw UsageError(
        fmt::format("{} requires two FILEs or more: each is compared with the one "
                    "before",
                    options.diff ? "--diff" : "--series"));
  }
  std::optional<std::uint64_t> base;
  if (!options.base.empty()) {
    base = parse_address(options.base);
    if (!base) {
      throw UsageError(
          fmt::format("--base '{}' is not an address; write it as 123 or 0x7B", options.base));
    }
  }
  if (options.scan) {
    return scan_images({options.files, base.value_or(0), options.out, options.json, options.quiet});
  }
  if (!compares && !options.program && options.files.size() == 1) {
    if (const auto log = read_log(options.files[0]))
      return run_log(options, options.files[0], *log);
  }
  std::vector<HobFile> files;
  for (const std::string& path : options.files) {
    files.push_back(value_of(read_hob_file(path)));
  }
  if (options.diff) return diff_lists(options.files, files, options.json, options.quiet);
  if (options.series) {
    return follow_lists(options.files, files, options.json, options.quiet);
  }
  return options.program ? run_program(options, files) : run_lists(options, files, base);
}

}  // namespace

void add_hobs_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<HobsOptions>();
  CLI::App* command =
      app.add_subcommand("hobs",
                         "Decode, check and draw HOB list dumps of real firmware, "
                         "with what a consumer makes of them; find lists in memory images; "
                         "or rebuild them as a .boot program");
  command
      ->add_option("files", options->files,
                   "Dumps: the bytes from the PHIT to the END HOB, or a hex dump of them; or a "
                   "debug log of EDK II with HOB lines or with the output of HobPrintLib")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--base", options->base,
                   "Address of the PHIT, to detect a copied list; with --scan, of the image")
      ->type_name("ADDR");
  command->add_flag(
      "--program", options->program,
      "Print a .boot program that rebuilds the list; several files are states of one boot");
  command->add_flag("--scan", options->scan, "Search images of memory of any size for HOB lists");
  command->add_flag("--diff", options->diff,
                    "Compare each list with the one before it, HOB by HOB");
  command->add_flag(
      "--series", options->series,
      "Compare dumps of one boot, in their order: what each has changed and appended");
  command
      ->add_option("--out", options->out,
                   "Output file for the .boot program; with --scan, directory for the lists")
      ->type_name("PATH");
  add_consumer_option(*command, options->consumer);
  add_json_option(*command, options->json, "the same content");
  command->add_flag("--quiet", options->quiet, "Print errors and findings only");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
