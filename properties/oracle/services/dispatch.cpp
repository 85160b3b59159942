// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ReturnToDispatcher: nothing happens, unless memory was installed; then everything moves.
#include "properties/oracle/services/dispatch.h"

#include <fmt/format.h>

#include "properties/oracle/boot/list_change.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/bins.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/narration/narrate_pei.h"
#include "properties/oracle/services/migration_checks.h"
#include "properties/oracle/services/stack_checks.h"

namespace hobnail::oracle {
namespace {

Verdict dangling(const Boot& boot, std::string_view what, std::uint64_t address) {
  return report_last(
      boot, RuleId::MigrationTemporary,
      fmt::format("{} is {:#x}, in temporary RAM, which no longer exists", what, address));
}

// No memory was installed in this PEIM: an ordinary return.
Verdict check_plain_return(Boot& boot) {
  boot.record.ending = Ending::NothingToMigrate;
  const Answer answer = boot.session.GetHobList(false);
  if (answer.stopped || !answer.ok()) {
    return report_last(boot, RuleId::HobListPointer,
                       "GetHobList fails; expected EFI_SUCCESS: " + failure_text(boot, answer));
  }
  if (answer.value != boot.snapshot.base) {
    if (Verdict verdict = report(
            boot, RuleId::HobListPointer,
            fmt::format("the HOB list moved from {:#x} to {:#x}, but no memory was installed",
                        boot.snapshot.base, answer.value))) {
      return verdict;
    }
  }
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  return check_list(boot.now(), boot.checked);
}

// The new list, read only after temporary RAM is gone.
Verdict find_new_list(Boot& boot) {
  if (boot.board.is_temporary(boot.session.table())) {
    return dangling(boot, "the services table", boot.session.table());
  }
  boot.board.kill_temporary_ram();
  boot.model.phase = Phase::Permanent;
  boot.model.migrated = true;
  const Answer answer = boot.session.GetHobList(false);
  if (answer.stopped || !answer.ok()) {
    return report_last(boot, RuleId::Dispatch,
                       "GetHobList fails after the migration; expected EFI_SUCCESS: " +
                           failure_text(boot, answer));
  }
  if (boot.board.is_temporary(answer.value)) return dangling(boot, "the HOB list", answer.value);
  std::swap(boot.previous, boot.snapshot);
  boot.checked.clear();
  return take_snapshot(boot.options.rules, boot.board, boot.model, answer.value, boot.snapshot);
}

Verdict migrate(Boot& boot) {
  if (Verdict verdict = find_new_list(boot)) return verdict;
  boot.model.bins = bins_at_migration(boot.now());
  if (Verdict verdict = check_migration(boot)) return verdict;
  close_all_blocks(boot);
  boot.record.ending = Ending::Migrated;
  boot.record.migration = migration_between(boot.previous, boot.snapshot, boot.platform.image());
  if (boot.options.trace) narrate_migration(boot);
  if (Verdict verdict = check_list(boot.now(), boot.checked)) return verdict;
  return check_stack_alignment(boot);
}

}  // namespace

Verdict run_return_to_dispatcher(Boot& boot, const Op& /*op*/) {
  boot.note_call({Service::ReturnToDispatcher});
  bool stopped = false;
  // What is wrong already is not the migration's doing.
  if (boot.model.phase == Phase::Window) {
    if (Verdict verdict = check_memory(boot.now())) return verdict;
  }
  if (boot.model.phase == Phase::Window) open_temporary_blocks(boot);
  const std::uint64_t services = boot.session.return_to_dispatcher(stopped);
  // Whatever became of the boot since, this is where it went wrong.
  if (!boot.platform.complaint().passed()) {
    boot.over = true;  // it has not moved anything
    return boot.platform.take_complaint();
  }
  Answer answer;
  answer.stopped = stopped;
  answer.value = kUntouched;
  // The list may have moved by now, which is not what check_answer compares on success.
  if (Verdict verdict = check_answer(boot, answer, {boot.marginal_memory, false, false}))
    return verdict;
  if (boot.over) return std::nullopt;
  if (services == 0) {
    boot.over = boot.marginal_memory;
    if (boot.over) return std::nullopt;
    return report_last(boot, RuleId::Dispatch,
                       "the target returned no services table for the next PEIM");
  }
  if (boot.model.phase != Phase::Window) return check_plain_return(boot);
  if (boot.board.is_temporary(services)) return dangling(boot, "PeiServices", services);
  return migrate(boot);
}

}  // namespace hobnail::oracle
