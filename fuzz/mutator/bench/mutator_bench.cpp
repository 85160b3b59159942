// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// mutator_bench: services_fuzz with a choice of mutators, for ci/bench/bugbench. HOBNAIL_BENCH_ARM
// says which one; without it, or with another word, the process ends with code 2, so that no run
// fuzzes with an arm by accident. No other program reads that variable.
//
//   plain        the engine's own mutations, dense bytes
//   records      the engine's own mutations, records of a fixed size (records.h)
//   fresh-1      every input a fresh program of the generator: no use of feedback
//   fresh-N      one in N fresh, the others the engine's: dense bytes
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "fuzz/mutator/bench/records.h"
#include "fuzz/mutator/mutator.h"
#include "fuzz/targets/entry.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/targets/hobnail/dxe.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

struct Arm {
  std::uint64_t fresh_one_in = 0;
  bool records = false;
};

Arm read_arm() {
  const char* const variable = std::getenv("HOBNAIL_BENCH_ARM");
  const std::string_view name = variable == nullptr ? "" : variable;
  constexpr std::string_view kFresh = "fresh-";
  Arm arm;
  if (name == "plain") return arm;
  arm.records = name == "records";
  if (arm.records) return arm;
  if (name.starts_with(kFresh)) {
    const char* const end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + kFresh.size(), end, arm.fresh_one_in);
    if (read.ec == std::errc() && read.ptr == end && arm.fresh_one_in != 0) return arm;
  }
  std::fputs("mutator_bench: HOBNAIL_BENCH_ARM must be plain, records or fresh-N\n", stderr);
  std::_Exit(2);
}

const Arm& arm_under_test() {
  static const Arm kArm = read_arm();
  return kArm;
}

// How many calls of services it took, printed before the finding: an arm with long inputs makes
// more of them in an execution, and takes its time.
std::uint64_t g_ops = 0;

void print_ops() {
  std::fprintf(stderr, "stat::ops: %llu\n", static_cast<unsigned long long>(g_ops));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)arm_under_test();
  (void)hobnail::target_under_test();
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  const std::uint64_t fresh_one_in = arm_under_test().fresh_one_in;
  return hobnail::mutate({data, max_size}, size, seed, fresh_one_in, LLVMFuzzerMutate);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool records = arm_under_test().records;
  const hobnail::oracle::Program program =
      records ? hobnail::decode_records({data, size}) : hobnail::oracle::decode_bytes({data, size});
  hobnail::oracle::RunOptions options;
  options.consumer = &pei::builtin_dxe();
  options.thorough_sample = true;
  const hobnail::oracle::Outcome outcome =
      run_in_lockstep(program, hobnail::target_under_test(), options);
  hobnail::count_ops(outcome.ops_run);
  g_ops += outcome.ops_run;
  if (!outcome.finding) return 0;
  print_ops();
  hobnail::report_finding_of({data, size}, program, *outcome.finding);
  return 0;
}
