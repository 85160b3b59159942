// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The name that engines look for. A file of its own, so that a program with another mutator (the
// bench of mutators) can link the rest.
#include <cstddef>
#include <cstdint>

#include "fuzz/mutator/mutator.h"

// libFuzzer has it; AFL++'s driver, honggfuzz and the replay main do not.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  return hobnail::mutate({data, max_size}, size, seed, hobnail::kFreshOneIn, LLVMFuzzerMutate);
}
