// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// GetHobList, GetBootMode, SetBootMode: services that read and write the PHIT.
#include "properties/oracle/services/list_and_mode.h"

#include <fmt/format.h>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/pi_names.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

// NULL must be refused, which PI does not say; anything else must be answered.
Verdict check_null(const Boot& boot, EFI_STATUS status, bool null_out, std::string_view service) {
  if (null_out && !boot.strict()) return std::nullopt;
  if ((status == EFI_SUCCESS) != null_out) return std::nullopt;
  return report(boot, RuleId::Status,
                fmt::format("{} for {} ({})", status_text(status), service,
                            null_out ? "NULL" : "a valid out-parameter"));
}

Verdict check_unchanged(Boot& boot, std::string_view service) {
  return check_same_list(boot, RuleId::HobAppend,
                         [&] { return fmt::format("{} changed", service); });
}

}  // namespace

Verdict run_get_hob_list(Boot& boot, const Op& op) {
  boot.note_call({Service::GetHobList, 0, 0, 0, op.null_out});
  return call_service(
      boot, {op.null_out, false, op.null_out}, [&] { return boot.session.GetHobList(op.null_out); },
      [&](const Answer& answer) {
        return check_null(boot, answer.status, op.null_out, "GetHobList");
      },
      [&](const Answer& answer) -> Verdict {
        boot.record.ending = Ending::Answered;
        if (!op.null_out && answer.value != boot.snapshot.base) {
          if (Verdict verdict = report(
                  boot, RuleId::HobListPointer,
                  fmt::format("GetHobList returned {:#x}; expected {:#x}, the address of the list",
                              answer.value, boot.snapshot.base))) {
            return verdict;
          }
        }
        return check_unchanged(boot, "GetHobList");
      });
}

Verdict run_get_boot_mode(Boot& boot, const Op& op) {
  boot.note_call({Service::GetBootMode, 0, 0, 0, op.null_out});
  return call_service(
      boot, {op.null_out, false, op.null_out},
      [&] { return boot.session.GetBootMode(op.null_out); },
      [&](const Answer& answer) {
        return check_null(boot, answer.status, op.null_out, "GetBootMode");
      },
      [&](const Answer& answer) -> Verdict {
        boot.record.ending = Ending::Answered;
        if (!op.null_out && answer.value != boot.model.boot_mode) {
          if (Verdict verdict = report(
                  boot, RuleId::BootMode,
                  fmt::format(
                      "GetBootMode returned {:#x}; expected {:#x}, the boot mode that was set",
                      answer.value, boot.model.boot_mode))) {
            return verdict;
          }
        }
        return check_unchanged(boot, "GetBootMode");
      });
}

Verdict run_set_boot_mode(Boot& boot, const Op& op) {
  const EFI_BOOT_MODE mode = op.number;
  boot.note_call({Service::SetBootMode, mode});
  return call_service(
      boot, {}, [&] { return boot.session.SetBootMode(mode); },
      [&](const Answer& answer) -> Verdict {
        if (answer.ok()) return std::nullopt;
        return report_harmless(
            boot, RuleId::Status,
            fmt::format("{} for SetBootMode ({:#x}); expected EFI_SUCCESS: every value is valid",
                        status_text(answer.status), mode));
      },
      [&](const Answer& /*answer*/) {
        boot.record.ending = Ending::Answered;
        if (boot.record.status == EFI_SUCCESS) boot.model.boot_mode = mode;
        return recheck(boot);
      });
}

}  // namespace hobnail::oracle
