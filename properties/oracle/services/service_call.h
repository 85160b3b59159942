// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The protocol of a service call, the same for every service:
//
//   resolve -> call -> check the answer -> check the status            call_service
//           -> refresh the snapshot -> check the result -> account
//           -> check the invariants                                   accept_result
//
// The caller resolves the arguments; hooks fill in what differs.
//
// Invariant: the model takes note of an answer only when its result passed, and every call that
// succeeds ends with the invariants.
#pragma once

#include <algorithm>
#include <cstdint>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// A count as the service can be passed it: a 32-bit caller cannot ask for more than all ones.
[[nodiscard]] inline UINTN as_native(std::uint64_t value) {
  return static_cast<UINTN>(std::min<std::uint64_t>(value, ~UINTN{0}));
}

// No status but success and the refusals of check_answer() concerns the service.
inline constexpr auto kAnyStatus = [](const Answer&) { return Verdict{}; };
// The service gives nothing that could be checked or accounted for.
inline constexpr auto kNoResult = [] { return Verdict{}; };
inline constexpr auto kNoAccount = [](bool /*passed*/) {};

// `call()` calls the service; not when the target takes no call outside of the contract.
// `check_status(answer)` judges the status alone. `accept(answer)` goes on after a success that may
// be one; where the rule against it is disabled, `expected.after_suppressed` says what follows.
template <typename Call, typename CheckStatus, typename Accept>
[[nodiscard]] Verdict call_service(Boot& boot, const Expectation& expected, const Call& call,
                                   const CheckStatus& check_status, const Accept& accept) {
  if (skipped(boot, expected.hostile)) return std::nullopt;
  const Answer answer = call();
  if (Verdict verdict = check_answer(boot, answer, expected)) return verdict;
  if (boot.over) return std::nullopt;
  Verdict status = check_status(answer);
  if (status) return status;
  if (!answer.ok()) return std::nullopt;
  if (status.passed()) return accept(answer);
  if (expected.after_suppressed == AfterSuppressed::Recheck) return recheck(boot);
  boot.over = true;
  return std::nullopt;
}

// `check_result()` sees the snapshot after the call, and the one before it as `boot.previous`.
// `account(passed)` brings the model up to date; `passed` is false where a result that is wrong was
// suppressed.
template <typename CheckResult, typename Account>
[[nodiscard]] Verdict accept_result(Boot& boot, const CheckResult& check_result,
                                    const Account& account, Change change = Change::Appended) {
  if (Verdict verdict = refresh_snapshot(boot, change)) return verdict;
  Verdict result = check_result();
  if (result) return result;
  account(result.passed());
  return check_list(boot.now(), boot.checked);
}

}  // namespace hobnail::oracle
