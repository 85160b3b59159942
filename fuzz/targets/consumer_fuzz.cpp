// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The fuzz target of hobnail_add_consumer_fuzzer: HOB lists on the consumer that is linked in.
// Bytes are a list (every byte string is one); a violation is printed and ends the process.
//
// Invariant: an input's outcome depends on nothing but the input and the consumer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <variant>

#include "fuzz/targets/entry.h"
#include "fuzz/targets/list_entry.h"
#include "fuzz/targets/list_target.h"
#include "properties/abi/hobnail_target.h"
#include "properties/oracle/boot/consumer.h"
#include "properties/oracle/dxe/loaded_consumer.h"

namespace {

[[noreturn]] void refuse(const std::string& message) {
  std::fprintf(stderr, "hobnail: %s\n", message.c_str());
  std::_Exit(2);
}

hobnail::oracle::LoadedConsumer& linked_consumer() {
  static hobnail::oracle::LoadedConsumer& consumer = []() -> hobnail::oracle::LoadedConsumer& {
    const auto checked = hobnail::oracle::checked_consumer(hobnail_get_consumer(), "(linked in)");
    if (const auto* const error = std::get_if<hobnail::oracle::ConsumerError>(&checked)) {
      refuse(error->message);
    }
    static hobnail::oracle::LoadedConsumer loaded(*std::get<const hobnail_consumer*>(checked));
    if (loaded.traits().needs_memory) {
      refuse(loaded.traits().name +
             " needs the memory that a list describes; run it in boots with "
             "`hobnail check --consumer`");
    }
    return loaded;
  }();
  return consumer;
}

}  // namespace

// The oracle asks for a PEI core that is linked in. Here there is none, unless the sources bring
// one.
extern "C" [[gnu::weak]] const hobnail_target* hobnail_get_target() { return nullptr; }

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/);
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  (void)hobnail::options_under_test();
  (void)linked_consumer();
  hobnail::begin_list_target(hobnail::kSignals);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hobnail::take_list({data, size}, {nullptr, &linked_consumer()});
  return 0;
}
