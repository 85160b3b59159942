// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// services_fuzz: whole boots. Bytes are a program (every byte string is one), the program is played
// in lockstep, a finding is printed and ends the process.
//
// Invariant: an input's outcome depends on nothing but the input and the target.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/report.h"
#include "properties/oracle/codec_bytes.h"
#include "properties/oracle/lockstep.h"
#include "properties/oracle/target.h"
#include "properties/targets/hobnail_dxe.h"

namespace {

using pei::oracle::decode_bytes;
using pei::oracle::load_target_from_environment;
using pei::oracle::Outcome;
using pei::oracle::Program;
using pei::oracle::run_in_lockstep;
using pei::oracle::RunOptions;
using pei::oracle::TargetError;

// The target is chosen once, by the environment: engines own the command line.
const hobnail_target& chosen_target() {
  static const hobnail_target* const kTarget = [] {
    const auto loaded = load_target_from_environment();
    if (const auto* error = std::get_if<TargetError>(&loaded)) {
      std::fprintf(stderr, "hobnail: %s\n", error->message.c_str());
      std::_Exit(2);
    }
    return std::get<const hobnail_target*>(loaded);
  }();
  return *kTarget;
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
  (void)chosen_target();
  pei::oracle::tell_last_words(hobnail::print_last_words, hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OpCount kCount;
  const Program program = decode_bytes({data, size});
  RunOptions options;
  options.consumer = &pei::builtin_dxe();
  options.thorough_sample = true;
  const Outcome outcome = run_in_lockstep(program, chosen_target(), options);
  g_ops += outcome.ops_run;
  if (outcome.finding) {
    std::fputs(hobnail::banner(program, *outcome.finding).c_str(), stderr);
    std::fflush(stderr);
    std::abort();
  }
  return 0;
}
