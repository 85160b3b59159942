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

#include "fuzz/command/commands.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/hob_dump/check.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/dump_file.h"
#include "fuzz/hob_dump/dump_json.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/hob_dump/memory_map.h"
#include "fuzz/hob_dump/rebuild/program.h"
#include "fuzz/hob_dump/rebuild/verify.h"
#include "fuzz/inputs/write_file.h"

namespace hobnail {
namespace {

struct HobsOptions {
  std::vector<std::string> files;
  std::string base;
  std::string json;
  std::string out;
  bool program = false;
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
    fmt::print("{}\n{}", path, hob_table(view));
    if (report.errors == 0) fmt::print("{}", draw_maps(view));
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

// The last lines of a list: what DXE makes of it.
nlohmann::json tell_dxe(const HobFile& file, bool quiet) {
  const DxeReport dxe = dxe_report(file.bytes);
  if (!quiet) fmt::print("{}", dxe_text(dxe));
  return dxe_json(dxe);
}

// Decodes and checks each file.
int run_lists(const HobsOptions& options, const std::vector<HobFile>& files,
              std::optional<std::uint64_t> base) {
  nlohmann::json out = {{"files", nlohmann::json::array()}};
  bool wrong = false;
  oracle::HobView view;
  for (std::size_t i = 0; i < files.size(); ++i) {
    walk_hobs(files[i].bytes, view);
    const HobReport report = check_hobs(view, base);
    wrong = wrong || report.errors + report.findings != 0;
    print_list(options.files[i], view, report, options.quiet);
    nlohmann::json dxe = tell_dxe(files[i], options.quiet);
    if (options.json.empty()) continue;
    out["files"].push_back(hobs_json(options.files[i], view, report));
    out["files"].back()["dxe"] = std::move(dxe);
  }
  write_json_option(options.json, out);
  return wrong ? kFindings : kNothingFound;
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
  if (!options.out.empty() && !options.program) {
    throw UsageError("--out requires --program");
  }
  if (!options.base.empty() && (options.files.size() != 1 || options.program)) {
    throw UsageError("--base requires exactly one FILE, without --program");
  }
  std::optional<std::uint64_t> base;
  if (!options.base.empty()) {
    base = parse_address(options.base);
    if (!base) {
      throw UsageError(
          fmt::format("--base '{}' is not an address; write it as 123 or 0x7B", options.base));
    }
  }
  std::vector<HobFile> files;
  for (const std::string& path : options.files) {
    files.push_back(value_of(read_hob_file(path)));
  }
  return options.program ? run_program(options, files) : run_lists(options, files, base);
}

}  // namespace

void add_hobs_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<HobsOptions>();
  CLI::App* command = app.add_subcommand("hobs",
                                         "Decode, check and draw HOB list dumps of real firmware, "
                                         "or rebuild them as a .boot program");
  command->add_option("files", options->files, "Dumps: the bytes from the PHIT to the END HOB")
      ->required()
      ->type_name("FILE");
  command->add_option("--base", options->base, "Address of the PHIT, to detect a copied list")
      ->type_name("ADDR");
  command->add_flag(
      "--program", options->program,
      "Print a .boot program that rebuilds the list; several files are states of one boot");
  command->add_option("--out", options->out, "Output file for the .boot program")
      ->type_name("X.boot");
  add_json_option(*command, options->json, "the same content");
  command->add_flag("--quiet", options->quiet, "Print errors and findings only");
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hobnail
