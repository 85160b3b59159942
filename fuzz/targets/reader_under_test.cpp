// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Choosing it.
#include "fuzz/targets/reader_under_test.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <variant>

#include "properties/oracle/boot/consumer.h"
#include "properties/oracle/dxe/loaded_consumer.h"
#include "properties/targets/hobnail/dxe.h"
#include "properties/targets/hobnail/walk.h"

namespace hobnail {
namespace {

using oracle::ConsumerError;
using oracle::DxeConsumer;
using oracle::ListReaders;
using oracle::LoadedConsumer;

template <typename Choice>
auto or_exit(const Choice& choose) -> decltype(choose()) {
  try {
    return choose();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hobnail: %s\n", error.what());
    std::_Exit(2);
  }
}

}  // namespace

ListReaders builtin_readers() { return {pei::builtin_walk, &pei::builtin_dxe()}; }

DxeConsumer& consumer_at(const std::string& path) {
  if (path.empty()) return pei::builtin_dxe();
  static std::map<std::string, std::unique_ptr<LoadedConsumer>> loaded;
  std::unique_ptr<LoadedConsumer>& consumer = loaded[path];
  if (consumer == nullptr) {
    const auto result = oracle::load_consumer(path);
    if (const auto* const error = std::get_if<ConsumerError>(&result)) {
      throw std::runtime_error(error->message);
    }
    consumer = std::make_unique<LoadedConsumer>(*std::get<const hobnail_consumer*>(result));
  }
  return *consumer;
}

DxeConsumer& consumer_under_test() { return consumer_at(oracle::consumer_of_environment()); }

ListReaders readers_at(const std::string& path) {
  if (path.empty()) return builtin_readers();
  DxeConsumer& consumer = consumer_at(path);
  if (consumer.traits().needs_memory) {
    throw std::runtime_error(
        fmt::format("consumer {}: {} needs the memory that a list describes; run it in boots "
                    "(.boot), not on lists",
                    path, consumer.traits().name));
  }
  return {nullptr, &consumer};
}

ListReaders readers_under_test() { return readers_at(oracle::consumer_of_environment()); }

DxeConsumer& consumer_or_exit() {
  return or_exit([]() -> DxeConsumer& { return consumer_under_test(); });
}

ListReaders readers_or_exit() {
  return or_exit([] { return readers_under_test(); });
}

}  // namespace hobnail
