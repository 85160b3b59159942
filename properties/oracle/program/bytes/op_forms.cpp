// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/program/bytes/op_forms.h"

#include <array>

namespace hobnail::oracle {
namespace {

using enum OpCode;

struct Run {
  OpForm form;
  std::size_t count;
};

// The first 26 are the canonical opcodes. What follows are aliases, in numbers that make a random
// byte mean an op about as often as the op table's weights have it.
//
// Reserved for ops to come, read as the op given here until then: 27 to 31 and 248 to 255. The
// encoder never writes an alias, so that claiming one changes the meaning of no committed program.
constexpr std::array kRuns = std::to_array<Run>({
    {{AllocatePages, 0}, 1},                 // 0
    {{FreePages, 0}, 1},                     // 1
    {{AllocatePool, 0}, 1},                  // 2
    {{CreateHob, 0}, 1},                     // 3
    {{ReturnToDispatcher, 0}, 1},            // 4
    {{InstallPeiMemory, kWholeOfDram0}, 1},  // 5
    {{InstallPeiMemory, 0}, 1},              // 6
    {{PeimWrite, 0}, 1},                     // 7
    {{CopyMem, 0}, 1},                       // 8
    {{SetMem, 0}, 1},                        // 9
    {{GetHobList, 0}, 1},                    // 10
    {{GetBootMode, 0}, 1},                   // 11
    {{SetBootMode, 0}, 1},                   // 12
    {{CreateHob, kWithBody}, 1},             // 13
    {{CreateHob, kWithData}, 1},             // 14
    {{AllocatePool, kWithData}, 1},          // 15
    {{PeimWrite, kWithData}, 1},             // 16
    {{AllocatePages, kNullOut}, 1},          // 17
    {{AllocatePool, kNullOut}, 1},           // 18
    {{CreateHob, kNullOut}, 1},              // 19
    {{GetHobList, kNullOut}, 1},             // 20
    {{GetBootMode, kNullOut}, 1},            // 21
    {{AllocatePool, kSpelledOut}, 1},        // 22
    {{CreateHob, kSpelledOut}, 1},           // 23
    {{HandOff, 0}, 1},                       // 24
    {{ExitBootServices, 0}, 1},              // 25
    {{AllocatePages, 0}, 6},                 // 26: kRepeat; 27 to 31: reserved
    {{AllocatePages, 0}, 64},
    {{FreePages, 0}, 59},
    {{AllocatePool, 0}, 20},
    {{CreateHob, 0}, 16},
    {{CreateHob, kWithBody}, 4},
    {{CreateHob, kWithData}, 3},
    {{AllocatePool, kWithData}, 2},
    {{ReturnToDispatcher, 0}, 9},
    {{InstallPeiMemory, kWholeOfDram0}, 4},
    {{InstallPeiMemory, 0}, 3},
    {{PeimWrite, 0}, 8},
    {{PeimWrite, kWithData}, 2},
    {{CopyMem, 0}, 7},
    {{SetMem, 0}, 7},
    {{GetHobList, 0}, 2},
    {{GetBootMode, 0}, 2},
    {{SetBootMode, 0}, 4},
    {{FreePages, 0}, 8},  // 248 to 255: reserved
});

constexpr std::size_t total() {
  std::size_t sum = 0;
  for (const Run& run : kRuns) sum += run.count;
  return sum;
}
static_assert(total() == 256, "every byte is an op");

constexpr std::array<OpForm, 256> spread() {
  std::array<OpForm, 256> table{};
  std::size_t at = 0;
  for (const Run& run : kRuns) {
    for (std::size_t i = 0; i < run.count; ++i) table[at++] = run.form;
  }
  return table;
}

constexpr std::array<OpForm, 256> kOpForms = spread();
constexpr std::uint8_t kCanonicalForms = 26;
constexpr std::uint8_t kNoForm = 0xff;
constexpr std::size_t kOps = static_cast<std::size_t>(ExitBootServices) + 1;
constexpr std::size_t kExtras = 32;  // combinations of their bits

// The canonical opcode by op and extras.
constexpr auto opcode_table() {
  std::array<std::array<std::uint8_t, kExtras>, kOps> table{};
  for (auto& row : table) row.fill(kNoForm);
  for (std::uint8_t i = kCanonicalForms; i-- > 0;) {
    table[static_cast<std::size_t>(kOpForms[i].code)][kOpForms[i].extras] = i;
  }
  return table;
}

constexpr auto kOpcodeOf = opcode_table();

constexpr std::array<HobBody, 8> kBodyForms{HobBody::Pattern, HobBody::Platform, HobBody::Module,
                                            HobBody::Stack,   HobBody::Free,     HobBody::Platform,
                                            HobBody::Module,  HobBody::Free};

constexpr std::uint8_t kBoards1 = 8;
constexpr std::array<std::uint8_t, 16> kBoardAliases1{0, 1, 2, 3, 4, 0, 1, 2,
                                                      3, 4, 5, 0, 1, 2, 3, 4};

constexpr std::uint8_t kBoards2 = 26;
constexpr std::array<std::uint8_t, 32> kBoardAliases2{0,  1,  2,  3,  4,  5,  8,  9,  10, 11, 13,
                                                      14, 16, 17, 18, 19, 0,  3,  20, 21, 22, 23,
                                                      14, 13, 10, 8,  9,  17, 18, 19, 21, 23};

}  // namespace

const OpForm& op_form(std::uint8_t opcode) { return kOpForms[opcode]; }

std::optional<std::uint8_t> opcode_of(const OpForm& form) {
  const std::uint8_t opcode = kOpcodeOf[static_cast<std::size_t>(form.code)][form.extras % kExtras];
  return opcode == kNoForm ? std::nullopt : std::optional(opcode);
}

HobBody body_form(std::uint8_t byte) { return kBodyForms[byte & 7]; }

std::uint8_t board_form(std::uint8_t version, std::uint8_t byte) {
  if (version == 1) return byte < kBoards1 ? byte : kBoardAliases1[byte & 15];
  if (byte >= 128) return kBoardAliases2[byte & 31];
  return byte < kBoards2 ? byte : 0;
}

std::uint8_t version_with_board(std::uint8_t number) { return number < kBoards1 ? 1 : 2; }

}  // namespace hobnail::oracle
