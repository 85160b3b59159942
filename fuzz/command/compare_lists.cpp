// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each reader is checked alone, and then their answers are compared.
#include "fuzz/command/compare_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/commands.h"
#include "fuzz/command/options/list_crashes.h"
#include "fuzz/command/options/output_options.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/command/options/target_options.h"
#include "fuzz/hob_dump/dxe_report.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/process/interrupts.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/targets/reader_under_test.h"
#include "properties/oracle/pi_names.h"

namespace hobnail {
namespace {

using oracle::DxeConsumer;
using oracle::HobListInput;
using oracle::ListReaders;
using oracle::MapEntry;

struct ReaderPair {
  ListReaders one;
  ListReaders other;
};

struct PairCounts {
  std::size_t lists = 0;
  std::size_t errors = 0;
  std::size_t open = 0;  // lists that PI leaves to the reader, and they differ
  nlohmann::json findings = nlohmann::json::array();
};

const MapEntry* entry_of_page(const std::vector<MapEntry>& map, std::uint64_t page) {
  const auto found = std::find_if(
      map.begin(), map.end(), [&](const MapEntry& entry) { return entry.where().contains(page); });
  return found == map.end() ? nullptr : &*found;
}

std::string type_of_page(const MapEntry* entry) {
  return entry == nullptr ? "nothing" : oracle::efi_memory_type(entry->type);
}

// The first page of another type, in words; empty when there is none.
std::string map_difference(const DxeReport& one, const DxeReport& other) {
  std::vector<std::uint64_t> pages;
  for (const auto* const map : {&one.map, &other.map}) {
    for (const MapEntry& entry : *map) {
      pages.insert(pages.end(), {entry.base, entry.where().end()});
    }
  }
  std::sort(pages.begin(), pages.end());
  for (const std::uint64_t page : pages) {
    const std::string first = type_of_page(entry_of_page(one.map, page));
    const std::string second = type_of_page(entry_of_page(other.map, page));
    if (first == second) continue;
    return fmt::format("page {:#x}: {} has {}; {} has {}", page, one.name, first, other.name,
                       second);
  }
  return {};
}

std::string answer_difference(const DxeReport& one, const DxeReport& other) {
  if (one.left_out || other.left_out) return {};
  if (one.taken != other.taken) {
    return fmt::format("{}: {}; {}: {}", one.name, dxe_verdict(one), other.name,
                       dxe_verdict(other));
  }
  return one.taken && one.has_map && other.has_map ? map_difference(one, other) : std::string();
}

// A reader's own violation; empty when it has none.
std::string violation(const HobListInput& list, const ListReaders& readers,
                      const oracle::RuleSet& rules) {
  const auto finding = try_list(list, readers, rules);
  if (!finding) return {};
  return fmt::format("{}: {}: {}", readers.consumer->traits().name, finding->rule,
                     finding->evidence);
}

DxeReport report_of(const HobListInput& list, DxeConsumer& consumer) {
  return dxe_report(bytes_of(list), std::uint64_t{1} << list.granularity_shift, consumer);
}

void compare_list(const ListFile& file, const ReaderPair& pair, const ListComparison& options,
                  PairCounts& counts) {
  const std::string name = clean_text(file.path.native());
  ++counts.lists;
  for (const ListReaders* const readers : {&pair.one, &pair.other}) {
    const std::string wrong = violation(file.list, *readers, options.rules);
    if (wrong.empty()) continue;
    counts.findings.push_back({{"file", file.path.native()}, {"evidence", wrong}});
    fmt::print("FAIL  {}: {}\n", name, wrong);
    return;
  }
  const std::string differs = answer_difference(report_of(file.list, *pair.one.consumer),
                                                report_of(file.list, *pair.other.consumer));
  if (!differs.empty()) ++counts.open;
  if (options.quiet) return;
  if (differs.empty()) {
    fmt::print("ok    {}\n", name);
  } else {
    fmt::print("open  {}: PI leaves it to the reader: {}\n", name, differs);
  }
}

}  // namespace

int compare_lists(const std::vector<std::string>& files, const ListComparison& options) {
  choose_consumer(options.consumer);
  const ReaderPair pair{list_readers(), list_readers_of(options.other)};
  report_list_crashes(20);
  watch_for_interrupts();
  PairCounts counts;
  for (const std::string& path : files) {
    if (interrupted()) break;
    note_input(path);
    const auto read = read_list(path);
    if (const auto* const error = std::get_if<FileError>(&read)) {
      complain(error->message);
      ++counts.errors;
      continue;
    }
    compare_list(std::get<ListFile>(read), pair, options, counts);
  }
  const std::size_t found = counts.findings.size();
  if (!options.quiet) {
    fmt::print("{} lists compared on {} and {}, {} findings, {} differences that PI leaves open\n",
               counts.lists, pair.one.consumer->traits().name, pair.other.consumer->traits().name,
               found, counts.open);
  }
  write_json_option(options.json, {{"findings", std::move(counts.findings)},
                                   {"executions", counts.lists},
                                   {"open", counts.open}});
  if (counts.errors != 0) return kCannotWork;
  return found != 0 ? kFindings : kNothingFound;
}

}  // namespace hobnail
