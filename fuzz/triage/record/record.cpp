// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The words of the record.
#include "fuzz/triage/record/record.h"

namespace hobnail {

std::string_view kind_name(FindingKind kind) {
  switch (kind) {
    case FindingKind::Rule:
      return "rule";
    case FindingKind::Sanitizer:
      return "sanitizer";
    case FindingKind::Signal:
      return "signal";
    case FindingKind::Hang:
      return "hang";
    case FindingKind::OutOfMemory:
      return "out-of-memory";
    case FindingKind::Stop:
      return "stop";
  }
  return "rule";
}

std::string_view ledger_state_name(LedgerState state) {
  switch (state) {
    case LedgerState::New:
      return "new";
    case LedgerState::Known:
      return "known";
    case LedgerState::Returned:
      return "returned";
  }
  return "new";
}

std::string_view unfit_name(UnfitReason reason) {
  switch (reason) {
    case UnfitReason::NoFinding:
      return "no-finding";
    case UnfitReason::NotReproducible:
      return "not-reproducible";
    case UnfitReason::Skipped:
      return "skipped";
    case UnfitReason::Unreadable:
      return "unreadable";
  }
  return "unreadable";
}

}  // namespace hobnail
