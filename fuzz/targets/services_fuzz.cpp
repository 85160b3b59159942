// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// services_fuzz: complete boots. Bytes are a program (every byte string is one), which runs in
// lockstep; a finding is printed and ends the process.
//
// Invariant: an input's outcome depends on nothing but the input and the target.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "fuzz/targets/entry.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/program.h"
#include "properties/targets/hobnail/dxe.h"

namespace {

using hobnail::BenchStage;
using hobnail::oracle::Standard;

// A program of hobnail_add_target_fuzzer has a core of its own.
#ifdef HOBNAIL_OWN_TARGET
constexpr Standard kBuiltIn = Standard::Pi;
#else
constexpr Standard kBuiltIn = Standard::Strict;
#endif

void play(std::span<const std::uint8_t> input, BenchStage stage) {
  const std::optional<hobnail::oracle::Program> program = hobnail::program_of(input);
  if (!program) return;
  if (stage == BenchStage::Decode) return hobnail::count_ops(program->ops.size());
  hobnail::oracle::RunOptions options = hobnail::options_under_test(kBuiltIn);
  options.consumer = &pei::builtin_dxe();
  options.thorough_sample = stage == BenchStage::All;
  options.check_invariants = stage == BenchStage::All;
  const hobnail::oracle::Outcome outcome =
      run_in_lockstep(*program, hobnail::target_under_test(), options);
  hobnail::take_outcome(input, *program, outcome);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::target_under_test();
  (void)hobnail::options_under_test(kBuiltIn);
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const BenchStage kRung = hobnail::stage_of_environment();
  if (kRung != BenchStage::Empty) play({data, size}, kRung);
  return 0;
}
