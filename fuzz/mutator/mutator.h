// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The mutator of fuzz targets whose bytes are boots (codec_bytes.h). One call in kFreshOneIn gives
// a fresh program of the swarm generator, in canonical bytes; the others hand the whole buffer to
// the engine's own mutations, which know nothing of ops and need not: dense bytes stay a program
// whatever is done to them. docs/mutator.md says how that was measured.
//
// Invariant: the result is a function of the buffer, the sizes and the seed, as far as we make it
// (the engine's mutations draw from the engine's own seed). Nothing here is remembered.
//
// Targets get it by linking hobnail_mutator, which brings LLVMFuzzerCustomMutator along. There is
// no custom crossover: with one, libFuzzer would make every second mutation a crossover.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "properties/oracle/generate/generate.h"

namespace hobnail {

// What was measured best, in docs/mutator.md.
inline constexpr std::uint64_t kFreshOneIn = 2;

// Changes `size` bytes of a buffer that has room for `max_size`, and returns the new size. The type
// of LLVMFuzzerMutate.
using ByteMutation = std::size_t (*)(std::uint8_t* data, std::size_t size, std::size_t max_size);

// A fresh program of one of `boards` in at most `max_size` bytes, with whole ops only. Below 3
// bytes, where not even the head of a program has room: the first bytes of the head. Empty only
// when `max_size` is 0.
[[nodiscard]] std::vector<std::uint8_t> fresh_program_bytes(oracle::Random& random,
                                                            std::size_t max_size,
                                                            oracle::BoardSet boards = {});

// A small mutation of our own, for engines without LLVMFuzzerMutate: one to four times a bit, a
// byte, an insertion, a deletion or a copy within the buffer. `buffer` is all the room that there
// is, `size` what of it is used; returns the new size, which is 0 only when there is no room.
[[nodiscard]] std::size_t mutate_bytes(oracle::Random& random, std::span<std::uint8_t> buffer,
                                       std::size_t size);

// One in `fresh_one_in` (0: none) fresh, else `engine`, or mutate_bytes() where that is null. Where
// `buffer` is a boot of hundreds of HOBs, seven of eight of the others are fresh too.
[[nodiscard]] std::size_t mutate(std::span<std::uint8_t> buffer, std::size_t size,
                                 std::uint64_t seed, std::uint64_t fresh_one_in,
                                 ByteMutation engine, oracle::BoardSet boards = {});

}  // namespace hobnail
