// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Programs for RapidCheck: the swarm generator as a Gen, with a shrinker of our own.
//
// RapidCheck chooses the seed and the size; the program is the one that the mutator and the seeds
// would draw. A failing program becomes smaller in three steps: cut after the op that showed it,
// its live handles named (page[2] -> p5, so that deleting an op renumbers nothing), then by
// removing runs of ops, single ops, and what is odd about operands.
//
// Invariant: shrinking ends. Each step is simpler by a measure that has no cycle, and at most
// kShrinksMax programs are tried for one failure.
#pragma once

#include <rapidcheck.h>

#include <functional>
#include <ostream>

#include "properties/abi/hobnail_target.h"
#include "properties/claims/shapes.h"
#include "properties/oracle/program/program.h"

namespace hobnail::oracle {

inline constexpr std::size_t kArbitraryOpsMax = 64;
inline constexpr int kShrinksMax = 3000;

// Makes of any program one of the kind that a property is about. Total.
using Shape = std::function<Program(Program)>;

// Any program of up to kArbitraryOpsMax ops, as long as RapidCheck's size allows, in this shape.
// `target` is what the handles are named on when a program fails; it must outlive the generator.
[[nodiscard]] rc::Gen<Program> arbitrary_program(const hobnail_target& target,
                                                 const Shape& shape = nullptr);

// The program cut after the op that shows a finding, with live handles named as far as the boot
// stays the same.
[[nodiscard]] Program cut_and_named(const Program& program, const hobnail_target& target);

// Programs that are one step simpler, the boldest first.
[[nodiscard]] rc::Seq<Program> simpler_programs(const Program& program);

// As .boot text; RapidCheck finds it by the name.
void showValue(const Program& program, std::ostream& out);

}  // namespace hobnail::oracle
