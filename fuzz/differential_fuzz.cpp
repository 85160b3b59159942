// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// differential_fuzz: whole boots on two targets. Bytes are a program, both targets play it, and
// what they have in common is compared; a difference, or a finding under either, is printed and
// ends the process.
//
// The target under test is HOBNAIL_TARGET or our core; the other HOBNAIL_AGAINST or edk2_like.
//
// Invariant: an input's outcome depends on nothing but the input and the targets.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/report.h"
#include "fuzz/second_target.h"
#include "properties/oracle/codec_bytes.h"
#include "properties/targets/hobnail_dxe.h"

namespace {

using pei::oracle::Comparison;
using pei::oracle::Likeness;
using pei::oracle::Program;
using pei::oracle::RunOptions;
using pei::oracle::TargetError;

const hobnail_target& checked(const std::variant<const hobnail_target*, TargetError>& loaded) {
  if (const auto* error = std::get_if<TargetError>(&loaded)) {
    std::fprintf(stderr, "hobnail: %s\n", error->message.c_str());
    std::_Exit(2);
  }
  return *std::get<const hobnail_target*>(loaded);
}

struct Targets {
  const hobnail_target& one;
  const hobnail_target& other;
  Likeness likeness;
};

// Chosen once, by the environment: engines own the command line.
const Targets& chosen_targets() {
  static const Targets kTargets = [] {
    const hobnail_target& one = checked(pei::oracle::load_target_from_environment());
    const hobnail_target& other = checked(hobnail::load_second_target(""));
    if (one.runtime_page_granularity != other.runtime_page_granularity) {
      std::fprintf(stderr, "hobnail: %s and %s cannot be compared: their granules differ\n",
                   one.name, other.name);
      std::_Exit(2);
    }
    return Targets{one, other, hobnail::likeness_of(one, other)};
  }();
  return kTargets;
}

std::uint64_t g_ops = 0;

// Engines print their own counts; how many calls of services these were is for us to say.
struct OpCount {
  ~OpCount() { std::fprintf(stderr, "stat::ops: %llu\n", static_cast<unsigned long long>(g_ops)); }
};

}  // namespace

// A report without a stack helps nobody, however the process was started.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "handle_abort=1:detect_leaks=0:allocator_may_return_null=1";
}

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)chosen_targets();
  pei::oracle::tell_last_words(hobnail::print_last_words, hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OpCount kCount;
  const Program program = pei::oracle::decode_bytes({data, size});
  const Targets& targets = chosen_targets();
  RunOptions options;
  options.consumer = &pei::builtin_dxe();
  const Comparison comparison =
      compare_targets(program, targets.one, targets.other, targets.likeness, options);
  g_ops += comparison.ops_run;
  if (comparison.finding) {
    std::fputs(hobnail::banner(program, *comparison.finding).c_str(), stderr);
    std::fflush(stderr);
    std::abort();
  }
  return 0;
}
