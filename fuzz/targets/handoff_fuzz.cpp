// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// handoff_fuzz: whole boots that get to their end. Bytes are a program; what it lacks to hand off,
// to have a memory map and to exit boot services is added, so that no input stops before the part
// that this target is about. A finding is one of the program that was played, the completed one.
//
// Invariant: an input's outcome depends on nothing but the input and the target.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets/entry.h"
#include "properties/oracle/lockstep/complete_boot.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/targets/hobnail/dxe.h"

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::target_under_test();
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pei::oracle::RunOptions options;
  options.consumer = &pei::builtin_dxe();
  options.thorough_sample = true;
  const pei::oracle::WholeStory story = pei::oracle::play_whole_story(
      pei::oracle::decode_bytes({data, size}), hobnail::target_under_test(), options);
  hobnail::count_ops(story.outcome.ops_run);
  if (story.outcome.finding) hobnail::tell_and_abort(story.program, *story.outcome.finding);
  return 0;
}
