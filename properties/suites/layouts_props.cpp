// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// A boot on every layout that SEC may hand over, and the claims of properties/claims/layouts.cpp.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "properties/oracle/board/board.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

Program on(Program program, const BoardProfile& board) {
  program.board = board.number;
  return program;
}

// Its target has entered, and got to the end.
bool was_played(const Outcome& outcome) { return !outcome.hobs.empty(); }

// I64 to I81 are rules of the oracle; here each layout has its turn.
void every_layout(Suite& suite) {
  for (const BoardProfile& board : board_profiles()) {
    const std::string name(board.name);
    if (const std::string& missing = Board::of(board.number).missing(); !missing.empty()) {
      fmt::print("- boots on the board {}: skipped: {}\n", name, missing);
      continue;
    }
    suite.claim("boots on the board " + name + " agree with the model (I64 to I81)", 120, [&] {
      const Program program = on(*suite.programs(migrates), board);
      const Outcome outcome = suite.agree(program, kRecorded);
      const bool can_migrate = was_played(outcome) && !board.has(kInMemory);
      // A heap with room for one HOB, and memory that must hold what migrates, may well be full.
      const bool narrow = board.heap.size < 0x2000 || board.dram[0].size < 0x40000;
      if (can_migrate && !narrow) {
        suite.reach("a migration on the board " + name, has_migrated(outcome), 60);
      }
    });
  }
}

int run() {
  Suite suite("layouts");
  every_layout(suite);
  suite.try_claims();
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
