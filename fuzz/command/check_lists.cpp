// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lists are read in this process.
#include "fuzz/command/check_lists.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/list_crashes.h"
#include "fuzz/command/options/next_step.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/command/options/usage_error.h"
#include "fuzz/inputs/write_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/targets/reader_under_test.h"
#include "fuzz/terminal/coloured.h"
#include "fuzz/terminal/progress_line.h"
#include "properties/oracle/hob_list_input/generate_list.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {
namespace {

using ListClock = std::chrono::steady_clock;
using oracle::HobListInput;

double seconds_of(ListClock::time_point start) {
  return std::chrono::duration<double>(ListClock::now() - start).count();
}

// List number i of a seed, whatever was read before it.
HobListInput numbered_list(std::uint64_t seed, std::size_t i) {
  oracle::Random random(seed * 0x9e3779b97f4a7c15ULL + i);
  return generate_list(random);
}

std::string keep_list(const ListCheck& options, std::string_view rule, std::size_t i,
                      const HobListInput& list) {
  std::error_code ignored;
  std::filesystem::create_directories(options.out, ignored);
  const std::filesystem::path path =
      std::filesystem::path(options.out) / fmt::format("{}-seed{}-{}.hobs", rule, options.seed, i);
  try {
    write_file(path, print_hobs(list));
  } catch (const std::runtime_error& error) {
    return fmt::format("({})", error.what());  // the finding is reported all the same
  }
  return path.native();
}

// Of a reader that ends this process.
KeptList keep_crash(const ListCheck& options, std::string_view rule, std::size_t i,
                    const HobListInput& list) {
  const std::string file = keep_list(options, rule, i, list);
  return {file, options.quiet ? "" : next_step({file}, options.target, "list")};
}

std::vector<std::string> files_of(const nlohmann::json& findings) {
  std::vector<std::string> files;
  for (const auto& finding : findings) files.push_back(finding.at("file"));
  return files;
}

nlohmann::json report_list(const ListCheck& options, std::size_t i, const HobListInput& list,
                           const oracle::Finding& finding) {
  const std::string file = keep_list(options, finding.rule, i, list);
  fmt::print("{}  {}: {}\n{}", coloured("FAIL", "31;1"), file, finding.rule,
             list_banner(list, finding));
  return {{"rule", finding.rule},
          {"evidence", finding.evidence},
          {"file", file},
          {"program", print_hobs(list)}};
}

}  // namespace

int check_lists(const ListCheck& options) {
  const oracle::ListReaders readers = list_readers();
  std::size_t lists = 0;
  report_list_crashes(options.list_seconds, [&](const HobListInput& list, const auto& finding) {
    return keep_crash(options, finding.rule, lists, list);
  });
  watch_for_interrupts();
  nlohmann::json findings = nlohmann::json::array();
  ProgressLine progress(options.quiet);
  const ListClock::time_point start = ListClock::now();
  const auto is_over = [&] {
    if (interrupted() || findings.size() >= options.findings) return true;
    return options.runs != 0 ? lists >= options.runs : seconds_of(start) >= options.seconds;
  };
  for (; !is_over(); ++lists) {
    const HobListInput list = numbered_list(options.seed, lists);
    note_input(fmt::format("list {} of --seed {}", lists, options.seed));
    if (const auto finding = try_list(list, readers, options.rules)) {
      findings.push_back(report_list(options, lists, list, *finding));
    }
    if (lists % 256 == 0) {
      progress.show(fmt::format("{:>6.0f} s  {:>10} lists", seconds_of(start), lists));
    }
  }
  progress.clear();
  const double seconds = seconds_of(start);
  const std::size_t found = findings.size();
  if (!options.quiet) {
    fmt::print("{} lists read by {}, {} findings, {:.1f} s\n", lists,
               readers.consumer->traits().name, found, seconds);
    fmt::print("{}", next_step(files_of(findings), options.target, "list"));
  }
  write_json_option(options.json, {{"findings", std::move(findings)},
                                   {"executions", lists},
                                   {"seconds", seconds},
                                   {"consumer", readers.consumer->traits().name}});
  if (lists == 0) throw UsageError("no list was read");
  return found != 0 ? kFindings : kNothingFound;
}

}  // namespace hobnail
