// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The `.boot` text of a program: the form that is committed, read and written by people.
//
//   boot v1
//   board heap-low                       # a name of board_profiles()
//   garbage 3                            # optional; 0 when absent
//   p0 = AllocatePages BootServicesData 3
//   FreePages p0+1 1
//   AllocatePool leave:40
//   repeat 300 {                         # a group of up to 16 ops, which has no group within
//     p1 = AllocatePages BootServicesData 1
//     FreePages p1 1                     # in each round the result of that round
//   }
//
// Line-oriented: an op a line, `#` starts a comment, blank lines are ignored.
// Laws: parse(print(p)) == p for every program; print(parse(x)) == x for every printed x.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

struct TextError {
  std::size_t line = 0;    // from 1
  std::size_t column = 0;  // from 1, in bytes
  std::string message;     // what is wrong and what would be right; one line
};

[[nodiscard]] std::variant<Program, TextError> parse_text(std::string_view text);
[[nodiscard]] std::string print_text(const Program& program);

// Each op as its line without groups: "p3 = AllocatePages BootServicesData 1".
[[nodiscard]] std::vector<std::string> print_ops(const Program& program);

// One op as its line of text, without a name for its result and without a line end.
[[nodiscard]] std::string print_op(const Op& op);

// True when `bytes` begin as a text program does (blank lines and comments aside).
[[nodiscard]] bool looks_like_text(std::string_view bytes);

}  // namespace hobnail::oracle
