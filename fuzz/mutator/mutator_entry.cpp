// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The name that engines look for. A file of its own, so that a program with another mutator (the
// bench of mutators) can link the rest.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "fuzz/mutator/mutator.h"
#include "properties/oracle/boot/target.h"

namespace {

using hobnail::oracle::BoardSet;

// Of what the fuzz target itself has loaded; it has reported what cannot be loaded.
BoardSet boards_of_run() {
  const auto chosen = hobnail::oracle::boards_of_environment();
  const auto target = hobnail::oracle::load_target_from_environment();
  const auto* const set = std::get_if<BoardSet>(&chosen);
  const auto* const loaded = std::get_if<const hobnail_target*>(&target);
  if (set == nullptr || loaded == nullptr) return {};
  return usable_boards(**loaded, *set);
}

}  // namespace

// libFuzzer has it; AFL++'s driver, honggfuzz and the replay main do not.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  static const BoardSet kBoards = boards_of_run();
  return hobnail::mutate({data, max_size}, size, seed, hobnail::kFreshOneIn, LLVMFuzzerMutate,
                         kBoards);
}
