// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// hob_list_fuzz: malformed HOB lists. Bytes are a list (every byte string is one), our walker and
// our DXE or the consumer that HOBNAIL_CONSUMER names read it, and their results are compared with
// those of a reference reader; a difference is printed and ends the process.
//
// Invariant: an input's outcome depends on nothing but the input and the reader.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets/entry.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/targets/list_target.h"
#include "fuzz/targets/reader_under_test.h"

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::options_under_test();
  (void)hobnail::readers_or_exit();
  hobnail::begin_list_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hobnail::take_list({data, size}, hobnail::readers_or_exit());
  return 0;
}
