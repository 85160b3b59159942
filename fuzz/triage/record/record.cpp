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

std::string_view known_state_name(KnownState state) {
  switch (state) {
    case KnownState::New:
      return "new";
    case KnownState::Known:
      return "known";
    case KnownState::Returned:
      return "returned";
  }
  return "new";
}

std::string_view skip_reason_name(SkipReason reason) {
  switch (reason) {
    case SkipReason::NoFinding:
      return "no-finding";
    case SkipReason::NotReproducible:
      return "not-reproducible";
    case SkipReason::Skipped:
      return "skipped";
    case SkipReason::NotClassified:
      return "not-classified";
    case SkipReason::Unreadable:
      return "unreadable";
  }
  return "unreadable";
}

}  // namespace hobnail
