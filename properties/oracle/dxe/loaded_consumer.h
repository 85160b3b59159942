// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// LoadedConsumer: a user's reader of HOB lists, behind the consumer ABI
// (properties/abi/hobnail_consumer.h). The only place that calls one.
//
//   oracle --DxeConsumer--> this --hobnail_consumer--> shared object
//
// A consumer may end the list or boot with hobnail_consumer_host.stop(): the call then does not
// return to here as a call does; stop_text() has the assertion. What breaks the ABI (a descriptor
// behind the room, an endless count) is answered in the same way.
//
// Invariant: nothing that a consumer returns is trusted: counts are bounded, texts have no
// controls.
#pragma once

#include <csetjmp>

#include "properties/abi/hobnail_consumer.h"
#include "properties/oracle/dxe/dxe_consumer.h"

namespace hobnail::oracle {

class LoadedConsumer final : public DxeConsumer {
 public:
  // `table` must live as long as this does.
  explicit LoadedConsumer(const hobnail_consumer& table);

  [[nodiscard]] const ConsumerTraits& traits() const override { return traits_; }
  [[nodiscard]] const std::string& stop_text() const override { return stop_text_; }
  std::string take_over(std::span<const std::uint8_t> hobs,
                        std::uint64_t runtime_granularity) override;
  [[nodiscard]] std::uint64_t refused_at() const override { return refused_at_; }
  ConsumerWalk walk(std::size_t room) override;
  Region first_region() override { return {}; }
  MemoryMap get_memory_map() override;
  EFI_STATUS exit_boot_services(std::uint64_t key) override;
  [[nodiscard]] bool in_call() const override { return in_call_; }
  void leave() override;

 private:
  template <typename Call>
  bool guarded(const Call& call);
  static void stop(const char* file, int line, const char* what);

  const hobnail_consumer& table_;
  ConsumerTraits traits_;
  hobnail_consumer_host host_{};
  std::jmp_buf jump_{};
  std::string stop_text_;
  std::uint64_t refused_at_ = 0;
  bool entered_ = false;
  bool in_call_ = false;
};

}  // namespace hobnail::oracle
