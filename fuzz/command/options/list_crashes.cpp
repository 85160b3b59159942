// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "fuzz/command/options/list_crashes.h"

#include <fmt/format.h>

#include <utility>

#include "fuzz/boot_view/markup.h"
#include "fuzz/command/options/exit_code.h"
#include "fuzz/command/options/supervisor.h"
#include "fuzz/targets/list_entry.h"
#include "properties/oracle/boot/current_boot.h"

namespace hobnail {
namespace {

KeepList g_keep;

void print_list_crash(const oracle::HobListInput& list, const oracle::Finding& finding) {
  const KeptList kept = g_keep ? g_keep(list, finding) : KeptList{noted_input(), {}};
  end_with_report(
      fmt::format("FAIL  {}: {}\n{}{}The reader terminated this process; the remaining "
                  "lists were not read.\n",
                  clean_text(kept.file), finding.rule, list_banner(list, finding), kept.next),
      kFindings);
}

}  // namespace

void report_list_crashes(double seconds, KeepList keep) {
  g_keep = std::move(keep);
  begin_list_target(oracle::Signals::Ours, print_list_crash);
  oracle::limit_time(seconds);
}

}  // namespace hobnail
