// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// differential_fuzz: complete boots on two targets. Bytes are a program, both targets run it, and
// what their results have in common is compared; a difference, or a finding under either, is
// printed and ends the process.
//
// The target under test is HOBNAIL_TARGET or our core; the other HOBNAIL_AGAINST or edk2_like.
//
// Invariant: an input's outcome depends on nothing but the input and the targets.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <variant>

#include "fuzz/targets/entry.h"
#include "fuzz/targets/second_target.h"
#include "properties/oracle/program/program.h"
#include "properties/targets/hobnail/dxe.h"

namespace {

using hobnail::oracle::Signature;

struct Targets {
  const hobnail_target& one;
  const hobnail_target& other;
  Signature signature;
};

const Targets& chosen_targets() {
  static const Targets kTargets = [] {
    const hobnail_target& one = hobnail::target_under_test();
    const auto loaded = hobnail::load_second_target(one, "");
    if (const auto* error = std::get_if<hobnail::oracle::TargetError>(&loaded)) {
      std::fprintf(stderr, "hobnail: %s\n", error->message.c_str());
      std::_Exit(hobnail::kNothingToCompare);
    }
    const hobnail_target& other = *std::get<const hobnail_target*>(loaded);
    return Targets{one, other, hobnail::signature_of(one, other)};
  }();
  return kTargets;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)chosen_targets();
  (void)hobnail::options_under_test();
  hobnail::begin_fuzz_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::optional<hobnail::oracle::Program> program = hobnail::program_of({data, size});
  if (!program) return 0;
  const Targets& targets = chosen_targets();
  hobnail::oracle::RunOptions options = hobnail::options_under_test();
  options.consumer = &pei::builtin_dxe();
  options.known = nullptr;  // calls that one target leaves out would be differences
  const hobnail::oracle::Comparison comparison =
      compare_targets(*program, targets.one, targets.other, targets.signature, options);
  hobnail::count_ops(comparison.ops_run);
  if (comparison.finding) {
    hobnail::report_finding_of({data, size}, *program, *comparison.finding);
  }
  return 0;
}
