// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Lists are read in this process.
#include "fuzz/command/replay_lists.h"

#include <fmt/format.h>

#include "fuzz/command/commands.h"
#include "fuzz/command/tally.h"
#include "fuzz/inputs/list_file.h"
#include "fuzz/targets/list_entry.h"

namespace hobnail {

namespace fs = std::filesystem;

using oracle::HobListInput;

int replay_lists(const std::vector<fs::path>& paths, const oracle::RuleSet& rules, bool quiet) {
  std::size_t findings = 0;
  std::size_t errors = 0;
  begin_list_target(oracle::Signals::Ours);
  for (const fs::path& path : paths) {
    const auto read = read_list(path);
    if (const auto* error = std::get_if<FileError>(&read)) {
      complain(error->message);
      ++errors;
      continue;
    }
    const HobListInput& list = std::get<ListFile>(read).list;
    const auto finding = try_list(list, builtin_readers(), rules);
    if (finding) {
      ++findings;
      fmt::print("{}  {}: {}\n{}", coloured("FAIL", "31;1"), path.native(), finding->rule,
                 list_banner(list, *finding));
    } else if (!quiet) {
      fmt::print("{}  {} ({} HOBs)\n", coloured("ok  ", "32"), path.native(), list.hobs.size());
    }
  }
  if (!quiet && paths.size() > 1) {
    fmt::print("{} lists read, {} findings\n", paths.size() - errors, findings);
  }
  if (errors != 0) return kCannotWork;
  return findings != 0 ? kFindings : kNothingFound;
}

}  // namespace hobnail
