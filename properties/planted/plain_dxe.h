// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// PlainDxe: a consumer of HOB lists that paints pages one by one, slowly and obviously. It shares
// no line with core/dxe nor with the oracle's own map, so that each checks the others; and its
// steps can be broken, to see the rule that reports it.
//
// Not for large memory: it keeps a byte a page.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "properties/oracle/dxe/dxe_consumer.h"

namespace hobnail::oracle {

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

// Stands before a consumer and keeps what was asked and answered.
class RecordingDxe : public DxeConsumer {
 public:
  explicit RecordingDxe(DxeConsumer& inner) : inner_(inner) {}

  std::string take_over(std::span<const std::uint8_t> hobs, std::uint64_t granularity) override {
    list.assign(hobs.begin(), hobs.end());
    maps.clear();
    answers.clear();
    objection = inner_.take_over(hobs, granularity);
    return objection;
  }
  Region first_region() override { return first = inner_.first_region(); }
  MemoryMap get_memory_map() override { return maps.emplace_back(inner_.get_memory_map()); }
  EFI_STATUS exit_boot_services(std::uint64_t key) override {
    return answers.emplace_back(inner_.exit_boot_services(key));
  }
  void forget() {
    list.clear();
    maps.clear();
    answers.clear();
    first = {};
  }

  std::vector<std::uint8_t> list;  // empty: nothing was handed over
  std::string objection;
  Region first;
  std::vector<MemoryMap> maps;
  std::vector<EFI_STATUS> answers;

 private:
  DxeConsumer& inner_;
};

}  // namespace hobnail::oracle
