// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What is true of CopyMem and SetMem: of the routines on buffers of exactly their size, where
// AddressSanitizer sees one byte too many, and of the services in a boot.
#include <algorithm>
#include <cstring>
#include <vector>

#include "core/bytes.h"
#include "properties/suites/support/suite.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes some_bytes() {
  const auto length = *rc::gen::inRange<std::size_t>(1, 600);
  return *rc::gen::container<Bytes>(length, rc::gen::arbitrary<std::uint8_t>());
}

void copy_is_memmove(Suite& suite) {
  suite.claim("CopyMem copies as if through a buffer, for every overlap", 3000, [&] {
    const Bytes before = some_bytes();
    const auto to = *rc::gen::inRange<std::size_t>(0, before.size() + 1);
    const auto from = *rc::gen::inRange<std::size_t>(0, before.size() + 1);
    const std::size_t room = before.size() - std::max(to, from);
    const auto length = *rc::gen::inRange<std::size_t>(0, room + 1);
    Bytes expected = before;
    std::memmove(expected.data() + to, before.data() + from, length);
    Bytes ours = before;
    copy_bytes(ours.data() + to, ours.data() + from, length);
    const std::size_t apart = to > from ? to - from : from - to;
    const bool overlaps = apart < length && apart != 0;
    suite.reach("a copy that overlaps upwards", overlaps && to > from, 10);
    suite.reach("a copy that overlaps downwards", overlaps && to < from, 10);
    suite.reach("a copy that overlaps by less than a word", overlaps && apart < 8, 2);
    RC_ASSERT(ours == expected);
  });
}

void set_sets(Suite& suite) {
  suite.claim("SetMem sets exactly the bytes asked for", 1500, [&] {
    const Bytes before = some_bytes();
    const auto from = *rc::gen::inRange<std::size_t>(0, before.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, before.size() - from + 1);
    const auto value = *rc::gen::arbitrary<std::uint8_t>();
    Bytes expected = before;
    std::fill_n(expected.begin() + static_cast<std::ptrdiff_t>(from), length, value);
    Bytes ours = before;
    set_bytes(ours.data() + from, length, value);
    RC_ASSERT(ours == expected);
  });
}

// One block of four pages or of a pool, in front of the program, and only ops that write.
Program writes(Program program) {
  std::erase_if(program.ops, [](const Op& op) {
    return op.code == OpCode::FreePages || op.code == OpCode::CreateHob;
  });
  Op pages;
  pages.code = OpCode::AllocatePages;
  pages.number = EfiBootServicesData;
  pages.quantity = {Measure::Literal, 4};
  Op pool;
  pool.code = OpCode::AllocatePool;
  pool.quantity = {Measure::Literal, 333};
  program.ops.insert(program.ops.begin(), {pages, pool});
  // Two copies within a block, a distance apart that the program has a number for.
  const std::size_t ops = program.ops.size();
  for (std::size_t i = 2; i < ops; i += 2) {
    Op copy;
    copy.code = i % 4 == 0 ? OpCode::CopyMem : OpCode::SetMem;
    copy.number = copy.code == OpCode::SetMem ? static_cast<std::uint32_t>(i) : 0;
    const Anchor anchor = i % 3 == 0 ? Anchor::NamedPool : Anchor::NamedPages;
    copy.place = {anchor, 0, false, program.ops[i].quantity.value % 97};
    if (copy.code == OpCode::CopyMem) copy.source = {anchor, 0, false, i};
    copy.quantity = {Measure::Literal, 20 + i * 5};
    program.ops.push_back(copy);
  }
  return program;
}

void services_write(Suite& suite) {
  suite.claim("CopyMem and SetMem write what they are asked to, and nothing beside it", 400, [&] {
    const Program program = *suite.programs(writes);
    const Outcome outcome = suite.agree(program, recorded());
    const auto writes =
        std::count_if(outcome.records.begin(), outcome.records.end(), [](const OpRecord& record) {
          const bool service = record.code == OpCode::CopyMem || record.code == OpCode::SetMem;
          return service && record.granted();
        });
    suite.reach("a boot with five copies or sets", writes >= 5, 50);
  });
}

int run() {
  Suite suite("bytes");
  copy_is_memmove(suite);
  set_sets(suite);
  services_write(suite);
  return suite.verdict();
}

}  // namespace
}  // namespace hobnail::oracle

int main() { return hobnail::oracle::run(); }
