// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Domain: the ops that an enumeration tries behind a prefix. They depend on the prefix alone, not
// on the target, so that a program has the same number on every target.
//
//   sizes    nothing, one, three pages, what remains (of a page, of all), one more than what
//            remains, 2^52 pages
//   frees    first page, middle, last, whole, one more, of every result of AllocatePages
//   phases   InstallPeiMemory (all, the least, a page less, nothing), ReturnToDispatcher, HandOff
//
// Symmetric ops are left out; the arguments are beside the code, and in docs/enumerate.md.
//
// Invariant: no op is twice among those behind a prefix.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "properties/oracle/program/op.h"

namespace hobnail {

// Changes with every change of the domain or its order: the number of a program is of one domain.
inline constexpr std::string_view kDomainName = "pei-services-1";

// What a result of AllocatePages holds, as far as the program says.
enum class Extent : std::uint8_t {
  None,        // nothing that may be named
  OnePage,     // one part: first, last and whole are the same
  ThreePages,  // the shortest with a middle
  Rest,        // what remained: one page or more
};

// All that a prefix says of what may come next.
struct Situation {
  std::vector<Extent> pages;  // by handle: one for each AllocatePages
  bool pools = false;         // a pool may be there
  bool freed = false;         // pages may be free outside the gap
  bool installed = false;     // memory was offered
  bool mode_set = false;
  bool handed_off = false;
  bool over = false;  // the last op ends every program

  friend bool operator==(const Situation&, const Situation&) = default;
};

[[nodiscard]] std::vector<oracle::Op> next_ops(const Situation& situation);
[[nodiscard]] Situation after(Situation situation, const oracle::Op& op);

}  // namespace hobnail
