// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The swarm generator. A program gets a character first: which ops it has and how often, whether it
// tends to fill memory or to churn, how odd its operands are, where in it the two steps of every
// boot stand, InstallPeiMemory and the return to the dispatcher, and what the platform wants for
// bins. The ops are drawn after.
#include "properties/oracle/generate/generate.h"

#include <optional>
#include <utility>

#include "properties/oracle/generate/bins.h"
#include "properties/oracle/generate/hobs.h"
#include "properties/oracle/generate/operands.h"
#include "properties/oracle/generate/regions.h"
#include "properties/oracle/generate/scarcity.h"
#include "properties/oracle/generate/second_resources.h"
#include "properties/oracle/generate/swarm.h"
#include "properties/oracle/generate/tags.h"
#include "properties/oracle/program/canonical.h"

namespace hobnail::oracle {
namespace {

using enum OpCode;

class Generator {
 public:
  Generator(Random& random, BoardSet boards) : random_(random), boards_(boards) {}

  Program program(std::size_t ops_max);

 private:
  void draw_length_and_story(std::size_t ops_max);
  [[nodiscard]] Op next_op(std::size_t at);
  [[nodiscard]] Op free_op(std::size_t at);
  void fill(Op& op);
  void fill_pool(Op& op);
  void fill_copy(Op& op);
  void fill_write(Op& op);
  [[nodiscard]] std::uint32_t some_boot_mode();

  Random& random_;
  BoardSet boards_;
  GeneratorProfile character_;
  Weights weights_{};
  Story story_{};
  BinsPlan bins_;
  std::optional<Tags> tags_;
  std::optional<SecondResources> resources_;
  std::optional<Scarcity> scarcity_;
  std::size_t length_ = 0;
  Program program_;
};

Program Generator::program(std::size_t ops_max) {
  program_.board = draw_board(random_, boards_);
  program_.garbage = static_cast<std::uint8_t>(random_.below(256));
  character_ = draw_character(random_);
  weights_ = draw_weights(random_);
  draw_length_and_story(ops_max < kOpsUnrolled ? ops_max : kOpsUnrolled);
  program_.ops.reserve(length_);
  for (std::size_t at = 0; at < length_; ++at) {
    program_.ops.push_back(next_op(at));
    tags_->note(program_.ops.back());
  }
  return std::move(program_);
}

void Generator::draw_length_and_story(std::size_t ops_max) {
  // To the limit most of the time: what is deep is found by long programs.
  const bool short_one = random_.one_in(5);
  length_ = short_one ? 1 + static_cast<std::size_t>(random_.below(ops_max)) : ops_max;
  if (length_ > ops_max) length_ = ops_max;
  story_ = draw_story(random_, length_);
  // Numbers of their own: a program without bins is what its seed meant before there were any. So
  // are tags, resources of the second version and scarcity.
  constexpr std::uint64_t kBins = 0x62696e73;
  constexpr std::uint64_t kTags = 0x74616773;
  constexpr std::uint64_t kSecond = 0x32646e64;
  constexpr std::uint64_t kScarcity = 0x73636172;
  Random ahead = random_;
  const std::uint64_t own = ahead.next();
  Random bins(own ^ kBins);
  bins_ = draw_bins(bins, program_.board, length_, story_);
  tags_.emplace(Random(own ^ kTags));
  resources_.emplace(Random(own ^ kSecond), program_.board);
  scarcity_.emplace(Random(own ^ kScarcity), length_, story_);
}

Op Generator::next_op(std::size_t at) {
  Op op;
  if (at == story_.install) {
    op.code = InstallPeiMemory;
    op.place.anchor = Anchor::Dram;
    op.quantity = {Measure::Whole, 0 - bins_.kept_back};
    return op;
  }
  if (at == story_.migrate) {
    op.code = ReturnToDispatcher;
    return op;
  }
  if (at == story_.hand_off || at == story_.exit) {
    op.code = at == story_.hand_off ? HandOff : ExitBootServices;
    return op;
  }
  if (bin_step(bins_, at, op)) return op;
  if (auto scarce = scarcity_->next(at)) return *std::move(scarce);
  if (at >= bins_.steps.requests && random_.one_in(3)) {
    choose_bin_pages(random_, bins_, op);
    return op;
  }
  if (auto tag = tags_->next()) return *std::move(tag);
  if (auto resource = resources_->next()) return *std::move(resource);
  op = free_op(at);
  resources_->choose_version(op);
  return op;
}

// An op that the story leaves free to choose.
Op Generator::free_op(std::size_t at) {
  Weights weights = weights_;
  if (story_.strict && at < story_.install) weight_of(weights, InstallPeiMemory) = 0;
  if (story_.strict && at < story_.migrate) weight_of(weights, ReturnToDispatcher) = 0;
  // Nothing is called after them: early ones would waste the rest of the program.
  if (at < length_ / 4 * 3) weight_of(weights, HandOff) = weight_of(weights, ExitBootServices) = 0;
  Op op;
  op.code = draw_op(random_, weights);
  fill(op);
  op.null_out = random_.one_in(16 * character_.bogus);
  return canonical(std::move(op));
}

void Generator::fill_pool(Op& op) {
  op.quantity = some_bytes(random_, character_);
  if (random_.one_in(32)) op.data = some_data(random_, 16);
}

// Within one allocation half of the time, where source and destination may overlap.
void Generator::fill_copy(Op& op) {
  op.place = owned_range(random_, character_);
  op.source = owned_range(random_, character_);
  if (random_.one_in(2)) {
    op.source = op.place;
    op.source.offset += random_.below(64);
  }
  op.quantity = some_length(random_, character_);
}

void Generator::fill_write(Op& op) {
  op.place = owned_range(random_, character_);
  op.quantity = some_length(random_, character_);
  if (random_.one_in(4)) op.data = some_data(random_, 32);
}

std::uint32_t Generator::some_boot_mode() {
  constexpr std::uint32_t kModes[] = {0, 0x11, 0x20, 1, 2, 3, 4, 5, 6, 7, 0x10, 0x12, 0xFFFFFFFF};
  return pick(random_, kModes);
}

void Generator::fill(Op& op) {
  switch (op.code) {
    case InstallPeiMemory:
      return choose_install(random_, character_, op);
    case AllocatePages:
      op.number = some_memory_type(random_, character_);
      op.quantity = some_pages(random_, character_);
      return;
    case FreePages:
      return choose_free(random_, character_, op);
    case AllocatePool:
      return fill_pool(op);
    case CreateHob:
      return choose_hob(random_, character_, program_.board, op);
    case CopyMem:
      return fill_copy(op);
    case SetMem:
      op.place = owned_range(random_, character_);
      op.quantity = some_length(random_, character_);
      op.number = static_cast<std::uint32_t>(random_.below(256));
      return;
    case SetBootMode:
      op.number = some_boot_mode();
      return;
    case PeimWrite:
      return fill_write(op);
    case GetHobList:
    case GetBootMode:
    case ReturnToDispatcher:
    case HandOff:
    case ExitBootServices:
      return;
  }
}

}  // namespace

Program generate_program(Random& random, std::size_t ops_max, BoardSet boards) {
  return Generator(random, boards).program(ops_max);
}

}  // namespace hobnail::oracle
