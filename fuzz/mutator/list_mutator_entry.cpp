// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The name that engines look for, of targets whose bytes are HOB lists.
#include <cstddef>
#include <cstdint>

#include "fuzz/mutator/list_mutator.h"

// libFuzzer has it; AFL++'s driver, honggfuzz and the replay main do not.
extern "C" [[gnu::weak]] std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                      std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  return hobnail::mutate_list({data, max_size}, size, seed, LLVMFuzzerMutate);
}
