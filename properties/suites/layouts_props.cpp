// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of a boot on every layout that SEC may hand over, and of two boots whose layouts
// differ only in what must not matter.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "properties/oracle/board/board.h"
#include "properties/oracle/hob_list/hob_view.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

constexpr RunOptions kRecorded = recorded();

const BoardProfile& board_named(std::string_view name) {
  const auto boards = board_profiles();
  return *std::find_if(boards.begin(), boards.end(),
                       [&](const BoardProfile& board) { return board.name == name; });
}

Program on(Program program, const BoardProfile& board) {
  program.board = board.number;
  return program;
}

bool is_about_memory(const Op& op) {
  return op.code == OpCode::InstallPeiMemory || op.code == OpCode::ReturnToDispatcher;
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

using Status = std::pair<Ending, std::uint64_t>;

// Without the values, which are addresses, and without the reason why an op was not called.
std::vector<Status> statuses(const Outcome& outcome) {
  std::vector<Status> all;
  for (const OpRecord& record : outcome.records) {
    const bool answered = record.ending == Ending::Answered;
    all.emplace_back(record.not_called() ? Ending::OutsideContract : record.ending,
                     answered ? record.status : 0);
  }
  return all;
}

// An address that is written down is memory on one board, and nothing on another.
Program without_addresses(Program program) {
  const auto is_address = [](const Place& place) {
    return place.anchor == Anchor::Absolute && place.offset != 0;
  };
  program = migrates(std::move(program));
  std::erase_if(program.ops,
                [&](const Op& op) { return is_address(op.place) || is_address(op.source); });
  return program;
}

// The boards have the same sizes.
void place_does_not_matter(Suite& suite) {
  suite.claim("where permanent memory lies, far above 4 GiB too, does not matter (I70, I71)", 300,
              [&] {
                const Program program = *suite.programs(without_addresses);
                const Outcome near = suite.agree(on(program, board_named("heap-low")), kRecorded);
                for (const char* name : {"far-memory", "at-4gib"}) {
                  const Program elsewhere = on(program, board_named(name));
                  const Outcome far = suite.agree(elsewhere, kRecorded);
                  if (!far.skipped.empty()) continue;
                  if (statuses(near) != statuses(far) || hob_shapes(near) != hob_shapes(far)) {
                    suite.refute(elsewhere, "the boot is another than on the board heap-low");
                  }
                }
              });
}

// Where the platform moves temporary RAM the window leaves more room, so it may refuse what it
// gives elsewhere; any other answer is the same.
void mover_does_not_matter(Suite& suite) {
  const std::pair<const char*, const char*> kPairs[] = {
      {"stack-low", "ppi-straight"}, {"heap-low", "ppi-swap"}, {"heap-low", "ppi-car-off"}};
  suite.claim("whoever moves temporary RAM, the list is the same (I69, I75)", 300, [&] {
    const Program program = *suite.programs(migrates);
    const auto& [core, platform] = kPairs[*rc::gen::inRange<std::size_t>(0, std::size(kPairs))];
    const Outcome alone = suite.agree(on(program, board_named(core)), kRecorded);
    const Program helped = on(program, board_named(platform));
    const Outcome outcome = suite.agree(helped, kRecorded);
    const bool same_answers = statuses(alone) == statuses(outcome);
    suite.reach("a boot that gets the same answers", same_answers, 70);
    if (same_answers && hob_shapes(alone) != hob_shapes(outcome)) {
      suite.refute(helped, std::string("its list is another than on the board ") + core);
    }
  });
}

void nothing_migrates_in_memory(Suite& suite) {
  const BoardProfile& board = board_named("in-memory");
  suite.claim(
      "started in permanent memory, more memory and returns change nothing (I65, I80)", 200, [&] {
        const Program program = on(*suite.programs(migrates), board);
        Program without = program;
        std::erase_if(without.ops, is_about_memory);
        const Outcome with = suite.agree(program, kRecorded);
        const Outcome plain = suite.agree(without, kRecorded);
        if (with.hobs != plain.hobs || with.hobs_base != plain.hobs_base) {
          suite.refute(program, "the list is another when nobody installs memory or returns");
        }
        if (!plain.hobs.empty() && !board.heap.contains(plain.hobs_base)) {
          suite.refute(program, "the list is not in the memory that SEC gave");
        }
      });
}

// Resume: the memory of the sleeping OS is all around what PEI was given.
void resume_stays_inside(Suite& suite) {
  const BoardProfile& board = board_named("s3");
  const auto resumes = [&](Program program) {
    Op mode = make_op(OpCode::SetBootMode);
    mode.number = BOOT_ON_S3_RESUME;
    std::erase_if(program.ops, [](const Op& op) { return op.code == OpCode::SetBootMode; });
    program.ops.insert(program.ops.begin(), mode);
    program.ops.push_back(make_op(OpCode::GetBootMode));
    return on(std::move(program), board);
  };
  const auto keeps_mode = [&](const Program& program, const Outcome& outcome) {
    if (outcome.records.size() < program.ops.size()) return;
    const OpRecord& last = outcome.records.back();
    if (!last.granted() || last.value != BOOT_ON_S3_RESUME) {
      suite.refute(program, "the boot mode is not that of a resume");
    }
  };
  suite.claim("a resume from S3 takes nothing outside its reserved memory (I63, I67)", 200, [&] {
    const Program program = resumes(*suite.programs(migrates));
    const Outcome outcome = suite.agree(program, kRecorded);
    keeps_mode(program, outcome);
    for (std::size_t i = 0; i < outcome.records.size(); ++i) {
      if (program.ops[i].code != OpCode::AllocatePages || !was_granted(outcome, i)) continue;
      const std::uint64_t pages = outcome.records[i].value;
      if (board.heap.contains(pages) || board.dram[0].contains(pages)) continue;
      suite.refute(program, "pages outside what SEC and the last boot have set apart");
    }
  });
  suite.claim("a resume from S3 goes on without permanent memory (I61, I63)", 200, [&] {
    Program program = *suite.programs();
    for (Op& op : program.ops) {
      if (op.code == OpCode::InstallPeiMemory) op = make_op(OpCode::ReturnToDispatcher);
    }
    program = resumes(std::move(program));
    const Outcome outcome = suite.agree(program, kRecorded);
    keeps_mode(program, outcome);
    if (has_migrated(outcome)) suite.refute(program, "it migrated to nowhere");
    if (!outcome.hobs.empty() && outcome.hobs_base != board.heap.base) {
      suite.refute(program, "the list has moved");
    }
  });
}

int run() {
  Suite suite("layouts");
  every_layout(suite);
  place_does_not_matter(suite);
  mover_does_not_matter(suite);
  nothing_migrates_in_memory(suite);
  resume_stays_inside(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
