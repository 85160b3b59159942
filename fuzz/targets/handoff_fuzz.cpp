// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// handoff_fuzz: complete boots that reach their end. Bytes are a program; the ops that it lacks to
// hand off, to have a memory map and to exit boot services are added, so that no input stops before
// the part that this target tests. A finding refers to the completed program.
//
// Invariant: an input's outcome depends on nothing but the input, the target and the consumer.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fuzz/targets/entry.h"
#include "fuzz/targets/reader_under_test.h"
#include "properties/oracle/lockstep/complete_boot.h"
#include "properties/oracle/program/program.h"

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::target_under_test();
  (void)hobnail::options_under_test();
  (void)hobnail::consumer_or_exit();
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::optional<hobnail::oracle::Program> program = hobnail::program_of({data, size});
  if (!program) return 0;
  hobnail::oracle::RunOptions options = hobnail::options_under_test();
  options.consumer = &hobnail::consumer_or_exit();
  options.thorough_sample = true;
  const hobnail::oracle::CompleteBoot story =
      hobnail::oracle::play_whole_story(*program, hobnail::target_under_test(), options);
  hobnail::take_outcome({data, size}, story.program, story.outcome);
  return 0;
}
