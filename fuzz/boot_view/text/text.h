// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The boot as text: a picture for each op that changed something, a line for each other one, and
// the HOB list at the end.
//
//   temporary RAM  0x10000000 to 0x10010000, 64 KiB
//   |HOB list==|....gap, 12 KiB....|p1   |p0   |freed|p0   |####stack####|
//   0000       0130                4000  5000  6000  7000  8000
//                                  ^^^^^ new
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "fuzz/boot_view/lane.h"

namespace hobnail {

struct TextStyle {
  std::size_t width = 100;  // columns; less than 60 is taken for 60
  bool colour = false;      // ANSI escapes
  bool unicode = false;     // else ASCII
  bool every_step = false;  // a picture for ops that changed nothing too
  std::optional<std::size_t>
      only_op;  // of this one alone; as many as there are ops: the end checks
};

[[nodiscard]] std::string boot_text(const Storyboard& story, const TextStyle& style);

// One region at one step: the strip, its addresses, and what is pointed at. Lines without indent.
struct Pointed {
  std::vector<const Piece*> fresh;
  std::vector<pei::oracle::Region> accused;
};
[[nodiscard]] std::vector<std::string> strip_text(const Lane& lane, const Step& step,
                                                  const Pointed& pointed, const TextStyle& style);

// The HOBs of a step in a word each; those that have not changed may be left out.
[[nodiscard]] std::vector<std::string> hobs_text(const Step& step, const Step* before,
                                                 const TextStyle& style);

// What the fills mean.
[[nodiscard]] std::string fills_text(const Storyboard& story, const TextStyle& style);

// The list of a step as a table.
[[nodiscard]] std::string hob_table_text(const Step& step);

inline constexpr std::size_t kTextIndent = 6;

}  // namespace hobnail
