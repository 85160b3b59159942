// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// services_fuzz: whole boots. Bytes are a program (every byte string is one), the program is played
// in lockstep, a finding is printed and ends the process.
//
// Invariant: an input's outcome depends on nothing but the input and the target.
#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/targets/entry.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/targets/hobnail/dxe.h"

namespace {

using hobnail::Rung;

void play(std::span<const std::uint8_t> input, Rung rung) {
  const pei::oracle::Program program = pei::oracle::decode_bytes(input);
  if (rung == Rung::Decode) return hobnail::count_ops(program.ops.size());
  pei::oracle::RunOptions options;
  options.consumer = &pei::builtin_dxe();
  options.thorough_sample = rung == Rung::All;
  options.truths = rung == Rung::All;
  const pei::oracle::Outcome outcome =
      run_in_lockstep(program, hobnail::target_under_test(), options);
  hobnail::count_ops(outcome.ops_run);
  if (outcome.finding) hobnail::tell_and_abort(program, *outcome.finding);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::target_under_test();
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Rung kRung = hobnail::rung_of_environment();
  if (kRung != Rung::Empty) play({data, size}, kRung);
  return 0;
}
