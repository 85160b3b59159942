// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GetHobList, GetBootMode, SetBootMode: services that read and write the PHIT.
#include <fmt/format.h>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/pi_names.h"

namespace hobnail::oracle {
namespace {

// NULL must be refused; anything else must be answered.
Verdict check_null(const Boot& boot, EFI_STATUS status, bool null_out, std::string_view service) {
  if ((status == EFI_SUCCESS) != null_out) return std::nullopt;
  return report(boot, RuleId::Status,
                fmt::format("{} for {} ({})", status_text(status), service,
                            null_out ? "NULL" : "a valid out-parameter"));
}

Verdict check_unchanged(const Boot& boot, std::string_view service) {
  if (unchanged(boot.board, boot.snapshot)) return std::nullopt;
  return report(boot, RuleId::HobAppend, fmt::format("{} changed the HOB list", service));
}

}  // namespace

Verdict play_get_hob_list(Boot& boot, const Op& op) {
  boot.note_call({Service::GetHobList, 0, 0, 0, op.null_out});
  if (skipped(boot, op.null_out)) return std::nullopt;
  const Answer answer = boot.session.GetHobList(op.null_out);
  if (Verdict verdict = check_answer(boot, answer, {op.null_out, false, op.null_out}))
    return verdict;
  if (boot.over) return std::nullopt;
  if (Verdict verdict = check_null(boot, answer.status, op.null_out, "GetHobList")) return verdict;
  if (!answer.ok()) return std::nullopt;
  boot.record.ending = Ending::Answered;
  if (answer.value != boot.snapshot.base) {
    if (Verdict verdict =
            report(boot, RuleId::HobListPointer,
                   fmt::format("GetHobList returned {:#x}; expected {:#x}, the address of the list",
                               answer.value, boot.snapshot.base))) {
      return verdict;
    }
  }
  return check_unchanged(boot, "GetHobList");
}

Verdict play_get_boot_mode(Boot& boot, const Op& op) {
  boot.note_call({Service::GetBootMode, 0, 0, 0, op.null_out});
  if (skipped(boot, op.null_out)) return std::nullopt;
  const Answer answer = boot.session.GetBootMode(op.null_out);
  if (Verdict verdict = check_answer(boot, answer, {op.null_out, false, op.null_out}))
    return verdict;
  if (boot.over) return std::nullopt;
  if (Verdict verdict = check_null(boot, answer.status, op.null_out, "GetBootMode")) return verdict;
  if (!answer.ok()) return std::nullopt;
  boot.record.ending = Ending::Answered;
  if (answer.value != boot.model.boot_mode) {
    if (Verdict verdict = report(
            boot, RuleId::BootMode,
            fmt::format("GetBootMode returned {:#x}; expected {:#x}, the boot mode that was set",
                        answer.value, boot.model.boot_mode))) {
      return verdict;
    }
  }
  return check_unchanged(boot, "GetBootMode");
}

Verdict play_set_boot_mode(Boot& boot, const Op& op) {
  const EFI_BOOT_MODE mode = op.number;
  boot.note_call({Service::SetBootMode, mode});
  const Answer answer = boot.session.SetBootMode(mode);
  if (Verdict verdict = check_answer(boot, answer, {})) return verdict;
  if (boot.over) return std::nullopt;
  if (!answer.ok()) {
    return report(
        boot, RuleId::Status,
        fmt::format("{} for SetBootMode ({:#x}); expected EFI_SUCCESS: every value is valid",
                    status_text(answer.status), mode));
  }
  boot.record.ending = Ending::Answered;
  boot.model.boot_mode = mode;
  if (Verdict verdict = refresh_snapshot(boot)) return verdict;
  return check_list(boot.now());
}

}  // namespace hobnail::oracle
