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
//
// With -model behind an arm's name the engine sees counters of the model beside the edges
// (fuzz/targets/model_counters.h), with -model-once only whether each is 0.
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "fuzz/mutator/bench/records.h"
#include "fuzz/mutator/mutator.h"
#include "fuzz/targets/entry.h"
#include "fuzz/targets/model_counters.h"
#include "properties/oracle/lockstep/lockstep.h"
#include "properties/oracle/program/bytes/codec_bytes.h"
#include "properties/targets/hobnail/dxe.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

struct Arm {
  std::uint64_t fresh_one_in = 0;
  bool records = false;
  std::optional<hobnail::Counting> model;
};

// Takes the suffix off `name`.
std::optional<hobnail::Counting> read_model(std::string_view& name) {
  const auto ends_with = [&](std::string_view suffix) {
    if (!name.ends_with(suffix)) return false;
    name.remove_suffix(suffix.size());
    return true;
  };
  if (ends_with("-model")) return hobnail::Counting::Counts;
  if (ends_with("-model-once")) return hobnail::Counting::Once;
  return {};
}

Arm read_arm() {
  const char* const variable = std::getenv("HOBNAIL_BENCH_ARM");
  std::string_view name = variable == nullptr ? "" : variable;
  constexpr std::string_view kFresh = "fresh-";
  Arm arm;
  arm.model = read_model(name);
  if (name == "plain") return arm;
  arm.records = name == "records";
  if (arm.records) return arm;
  if (name.starts_with(kFresh)) {
    const char* const end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + kFresh.size(), end, arm.fresh_one_in);
    if (read.ec == std::errc() && read.ptr == end && arm.fresh_one_in != 0) return arm;
  }
  std::fputs(
      "mutator_bench: HOBNAIL_BENCH_ARM must be plain, records or fresh-N, with or "
      "without -model or -model-once behind it\n",
      stderr);
  std::_Exit(2);
}

const Arm& arm_under_test() {
  static const Arm kArm = read_arm();
  return kArm;
}

hobnail::oracle::BootObserver* observer_of(const Arm& arm) {
  if (!arm.model) return nullptr;
  static hobnail::ModelCounters counters(*arm.model);
  return &counters;
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
  options.observer = observer_of(arm_under_test());
  const hobnail::oracle::Outcome outcome =
      run_in_lockstep(program, hobnail::target_under_test(), options);
  hobnail::count_ops(outcome.ops_run);
  g_ops += outcome.ops_run;
  if (!outcome.finding) return 0;
  print_ops();
  hobnail::report_finding_of({data, size}, program, *outcome.finding);
  return 0;
}
