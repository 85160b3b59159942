// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lists are read in this process.
#include "fuzz/command/replay_lists.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/list_crashes.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/terminal/coloured.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail {

namespace fs = std::filesystem;

using oracle::HobListInput;

namespace {

struct Counts {
  std::size_t lists = 0;
  std::size_t taken = 0;
  std::size_t errors = 0;
  nlohmann::json findings = nlohmann::json::array();
  nlohmann::json read = nlohmann::json::array();
};

std::string short_verdict(const DxeReport& dxe) {
  const std::size_t others = dxe.not_as_they_stand.size() + dxe.more;
  std::string text = dxe.name + ": " + dxe_verdict(dxe);
  if (others != 0) {
    text += fmt::format("; {} HOB{} not as {}", others, others == 1 ? "" : "s",
                        others == 1 ? "it stands" : "they stand");
  }
  return text;
}

void replay_list(const ListFile& file, const ListReplay& options,
                 const oracle::ListReaders& readers, Counts& counts) {
  const HobListInput& list = file.list;
  const std::string name = clean_text(file.path.native());
  const auto finding = try_list(list, readers, options.rules);
  const std::vector<std::uint8_t> bytes = bytes_of(list);
  const DxeReport dxe =
      dxe_report(bytes, std::uint64_t{1} << list.granularity_shift, *readers.consumer);
  ++counts.lists;
  counts.taken += dxe.taken ? 1 : 0;
  if (options.trace && !options.quiet) {
    oracle::HobView view;
    walk_hobs(bytes, view);
    fmt::print("{}\n{}{}", name, hob_table(view), dxe_text(dxe));
  }
  if (finding) {
    counts.findings.push_back({{"rule", finding->rule},
                               {"evidence", finding->evidence},
                               {"file", file.path.native()},
                               {"program", print_hobs(list)}});
    fmt::print("{}  {}: {}\n{}", coloured("FAIL", "31;1"), name, finding->rule,
               list_banner(list, *finding));
  } else if (!options.quiet) {
    fmt::print("{}  {} ({} HOBs; {})\n", coloured("ok  ", "32"), name, list.hobs.size(),
               short_verdict(dxe));
  }
  if (options.json.empty()) return;
  counts.read.push_back(
      {{"file", file.path.native()}, {"hobs", list.hobs.size()}, {"dxe", dxe_json(dxe)}});
}

}  // namespace

int replay_lists(const std::vector<fs::path>& paths, const ListReplay& options) {
  Counts counts;
  const oracle::ListReaders readers = list_readers();
  report_list_crashes(options.seconds);
  for (const fs::path& path : paths) {
    const auto read = read_list(path);
    if (const auto* error = std::get_if<FileError>(&read)) {
      complain(error->message);
      ++counts.errors;
      continue;
    }
    note_input(path.native());
    replay_list(std::get<ListFile>(read), options, readers, counts);
  }
  const std::size_t findings = counts.findings.size();
  if (!options.quiet && paths.size() > 1) {
    fmt::print("{} lists read, {} findings; {} takes {} of them and refuses {}\n", counts.lists,
               findings, readers.consumer->traits().name, counts.taken,
               counts.lists - counts.taken);
  }
  write_json_option(options.json, {{"findings", std::move(counts.findings)},
                                   {"executions", counts.lists},
                                   {"consumer", readers.consumer->traits().name},
                                   {"lists", std::move(counts.read)}});
  if (counts.errors != 0) return kCannotWork;
  return findings != 0 ? kFindings : kNothingFound;
}

}  // namespace hobnail
