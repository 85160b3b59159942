// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// check_hobs: what is wrong with, or worth saying of, a HOB list that other firmware has made.
//
//   error    the structure is broken: what follows cannot be relied on
//   finding  a rule of the specification is broken
//   note     legal and unusual, as real firmware is
//
// A DXE copy is recognised: its PHIT describes another place, which is no error. The reader must
// say where the list stood (`base`); the bytes alone do not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {

enum class Severity : std::uint8_t { Error, Finding, Note };

[[nodiscard]] std::string_view severity_name(Severity severity);

struct Remark {
  Severity severity = Severity::Note;
  std::string_view rule;   // stable id, e.g. "PHIT-ORDER"
  std::size_t index = 0;   // of the HOB
  std::size_t offset = 0;  // of the HOB, or where the walk stopped
  std::string text;        // one line
};

struct HobReport {
  std::vector<Remark> remarks;
  std::uint64_t own_address = 0;  // where the PHIT itself says that it stands
  bool is_copy = false;           // `base` was given and is another address
  std::size_t errors = 0;
  std::size_t findings = 0;
  std::size_t notes = 0;
};

// At most this many remarks are kept; all are counted.
inline constexpr std::size_t kRemarksMax = 200;

[[nodiscard]] HobReport check_hobs(const oracle::HobView& view, std::optional<std::uint64_t> base);

// The verdict in one line.
[[nodiscard]] std::string verdict_of(const HobReport& report);

}  // namespace hobnail
