// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Drawing and shrinking programs.
#include "properties/suites/support/program_generator.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "properties/oracle/generate/generate.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/canonical.h"
#include "properties/oracle/program/text/codec_text.h"

namespace hobnail::oracle {
namespace {

// --- simpler operands ---------------------------------------------------------------------------

// What a quantity can become: 1 is the plainest, then 0, then smaller numbers; a relation to live
// state becomes a number, or loses its offset.
std::vector<Quantity> simpler_quantities(const Quantity& quantity) {
  constexpr Quantity kOne{Measure::Literal, 1};
  constexpr Quantity kZero{Measure::Literal, 0};
  if (quantity == kOne) return {};
  if (quantity == kZero) return {kOne};
  std::vector<Quantity> simpler{kOne, kZero};
  const bool small = quantity.value < 1u << 31;
  if (quantity.measure != Measure::Literal) {
    simpler.push_back({Measure::Literal, 2});
    if (quantity.value != 0) simpler.push_back({quantity.measure, 0});
  } else if (quantity.value > 2) {
    simpler.push_back({Measure::Literal, quantity.value / 2});
    if (small) simpler.push_back({Measure::Literal, quantity.value - 1});
  }
  return simpler;
}

std::vector<Place> simpler_places(const Place& place) {
  std::vector<Place> simpler;
  const auto add = [&](auto change) {
    Place other = place;
    change(other);
    simpler.push_back(other);
  };
  if (place.offset != 0) add([](Place& other) { other.offset = 0; });
  if (place.offset > 1) add([](Place& other) { other.offset /= 2; });
  if (place.index != 0) {
    add([](Place& other) { other.index = 0; });
    add([](Place& other) { --other.index; });
  }
  return simpler;
}

// The plainest number of an op: boot services data, a GUID HOB, else 0.
std::uint32_t plainest_number(OpCode code) {
  if (code == OpCode::AllocatePages) return 4;  // EfiBootServicesData
  if (code == OpCode::CreateHob) return 4;      // EFI_HOB_TYPE_GUID_EXTENSION
  return 0;
}

std::vector<Op> simpler_ops(const Op& op) {
  std::vector<Op> simpler;
  const auto add = [&](auto change) {
    Op other = op;
    change(other);
    other = canonical(std::move(other));
    if (!(other == op)) simpler.push_back(std::move(other));
  };
  if (op.null_out) add([](Op& other) { other.null_out = false; });
  if (!op.data.empty()) add([](Op& other) { other.data.clear(); });
  if (op.data.size() > 1) add([](Op& other) { other.data.resize(other.data.size() / 2); });
  if (op.body != HobBody::Pattern) add([](Op& other) { other.body = HobBody::Pattern; });
  for (const Place& place : simpler_places(op.place)) add([&](Op& other) { other.place = place; });
  for (const Place& place : simpler_places(op.source))
    add([&](Op& other) { other.source = place; });
  for (const Quantity& quantity : simpler_quantities(op.quantity)) {
    add([&](Op& other) { other.quantity = quantity; });
  }
  add([](Op& other) { other.number = plainest_number(other.code); });
  return simpler;
}

// --- simpler programs ---------------------------------------------------------------------------

struct Run {
  std::size_t from = 0;
  std::size_t count = 0;
};

// Runs of ops to leave out: half of the program, a quarter, ... down to each single op. From the
// end, because later ops depend on earlier ones.
std::vector<Run> runs_of(std::size_t ops) {
  std::vector<Run> runs;
  for (std::size_t count = ops; count != 0; count /= 2) {
    for (std::size_t end = ops; end != 0; end -= std::min(count, end)) {
      const std::size_t from = end - std::min(count, end);
      runs.push_back({from, end - from});
    }
  }
  return runs;
}

rc::Seq<Program> with_fewer_ops(const Program& program) {
  return rc::seq::map(rc::seq::fromContainer(runs_of(program.ops.size())),
                      [program](const Run& run) {
                        Program fewer = program;
                        const auto from = fewer.ops.begin() + static_cast<std::ptrdiff_t>(run.from);
                        fewer.ops.erase(from, from + static_cast<std::ptrdiff_t>(run.count));
                        return fewer;
                      });
}

rc::Seq<Program> with_plainer_ops(const Program& program) {
  return rc::seq::mapcat(rc::seq::range<std::size_t>(0, program.ops.size()),
                         [program](std::size_t i) {
                           return rc::seq::map(rc::seq::fromContainer(simpler_ops(program.ops[i])),
                                               [program, i](const Op& op) {
                                                 Program plainer = program;
                                                 plainer.ops[i] = op;
                                                 return plainer;
                                               });
                         });
}

rc::Seq<Program> with_plainer_board(const Program& program) {
  constexpr std::uint8_t kZeros = 1;  // the garbage that is none
  std::vector<Program> plainer;
  if (program.board != 0) {
    plainer.push_back(program);
    plainer.back().board = 0;
  }
  if (program.garbage != kZeros) {
    plainer.push_back(program);
    plainer.back().garbage = kZeros;
  }
  return rc::seq::fromContainer(std::move(plainer));
}

// --- names for live handles ---------------------------------------------------------------------

bool same_boot(const Outcome& a, const Outcome& b) {
  if (a.digest != b.digest || a.ops_run != b.ops_run) return false;
  if (a.finding.has_value() != b.finding.has_value()) return false;
  if (!a.finding) return true;
  return a.finding->rule == b.finding->rule && a.finding->op == b.finding->op &&
         a.finding->evidence == b.finding->evidence;
}

// The name that stands for a live handle; Absolute when there is none.
Anchor name_for(Anchor anchor) {
  if (anchor == Anchor::LivePages) return Anchor::NamedPages;
  if (anchor == Anchor::LivePool) return Anchor::NamedPool;
  if (anchor == Anchor::LiveHob) return Anchor::NamedHob;
  return Anchor::Absolute;
}

Result result_of(Anchor anchor) {
  if (anchor == Anchor::LivePages) return Result::Pages;
  return anchor == Anchor::LivePool ? Result::Pool : Result::Hob;
}

// Tries the names of results before op `at`, the newest first, and keeps the one that makes the
// same boot. Which result a live handle means, only a boot can tell.
void name_place(Program& program, const hobnail_target& target, const Outcome& wanted,
                std::size_t at, Place Op::*which) {
  const Place handle = program.ops[at].*which;
  const Anchor name = name_for(handle.anchor);
  if (name == Anchor::Absolute) return;
  std::uint16_t results = 0;
  for (std::size_t i = 0; i < at; ++i) {
    if (row_of(program.ops[i].code).result == result_of(handle.anchor)) ++results;
  }
  Place& place = program.ops[at].*which;
  place.anchor = name;
  while (results-- != 0) {
    place.index = results;
    if (same_boot(run_in_lockstep(program, target), wanted)) return;
  }
  place = handle;
}

}  // namespace

Program cut_and_named(const Program& program, const hobnail_target& target) {
  Program result = program;
  const Outcome outcome = run_in_lockstep(program, target);
  if (outcome.finding && outcome.finding->op < result.ops.size()) {
    result.ops.resize(outcome.finding->op + 1);
  }
  const Outcome wanted = run_in_lockstep(result, target);
  for (std::size_t i = 0; i < result.ops.size(); ++i) {
    name_place(result, target, wanted, i, &Op::place);
    name_place(result, target, wanted, i, &Op::source);
  }
  return canonical(std::move(result));
}

rc::Seq<Program> simpler_programs(const Program& program) {
  return rc::seq::concat(with_fewer_ops(program), with_plainer_board(program),
                         with_plainer_ops(program));
}

rc::Gen<Program> arbitrary_program(const hobnail_target& target, const Shape& shape) {
  return [&target, shape](const rc::Random& random, int size) {
    rc::Random copy = random;
    Random ours(copy.next());
    const auto share = static_cast<std::size_t>(std::clamp(size, 0, rc::kNominalSize));
    const std::size_t ops_max = 1 + share * (kArbitraryOpsMax - 1) / rc::kNominalSize;
    Program program = generate_program(ours, ops_max);
    if (shape) program = shape(std::move(program));

    const auto left = std::make_shared<int>(kShrinksMax);
    const auto shrink = [left](const Program& from) {
      return rc::seq::takeWhile(simpler_programs(from),
                                [left](const Program&) { return (*left)-- > 0; });
    };
    // First the two big steps at once; when the failure does not survive them, without.
    const auto value = [program = std::move(program)] { return program; };
    return rc::shrinkable::shrink(value, [&target, shrink](const Program& from) {
      const auto recur = [shrink](const Program& next) {
        return rc::shrinkable::shrinkRecur(next, shrink);
      };
      return rc::seq::concat(rc::seq::just(recur(cut_and_named(from, target))),
                             rc::seq::map(shrink(from), recur));
    });
  };
}

void showValue(const Program& program, std::ostream& out) { out << '\n' << print_text(program); }

}  // namespace hobnail::oracle
