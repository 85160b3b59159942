// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PlainDxe: a consumer of HOB lists that paints pages one by one, slowly and obviously. It shares
// no line with core/dxe nor with the oracle's own map, so that each is held to the others; and its
// steps can be broken, to see the rule that says so.
//
// Not for large memory: it keeps a byte a page.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/dxe_consumer.h"

namespace pei::oracle {

class PlainDxe : public DxeConsumer {
 public:
  std::string take_over(std::span<const std::uint8_t> hobs,
                        std::uint64_t runtime_granularity) override;
  Region first_region() override;
  MemoryMap get_memory_map() override;
  EFI_STATUS exit_boot_services(std::uint64_t key) override;

 protected:
  std::map<std::uint64_t, std::uint32_t> types_;  // of each page of tested memory, by address
  Region list_;                                   // where PEI's list stands
  std::uint64_t granularity_ = 0;
  std::uint64_t key_ = 1;

 private:
  void read_resource(const std::uint8_t* hob);
  void read_allocation(const std::uint8_t* hob);
};

}  // namespace pei::oracle
