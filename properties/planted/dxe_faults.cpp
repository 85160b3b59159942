// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Each does what PlainDxe does, and one thing wrong.
#include "properties/planted/dxe_faults.h"

#include <array>
#include <string_view>

#include "properties/oracle/board/board.h"
#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/rules/rules.h"
#include "properties/planted/faults.h"

namespace hobnail::oracle {
namespace {

class RefusesTheList : public PlainDxe {
  std::string take_over(std::span<const std::uint8_t>, std::uint64_t) override { return "no"; }
};
class BeginsInTheList : public PlainDxe {
  Region first_region() override { return {list_.base & ~(kPage - 1), 16 * kPage}; }
};
class ForgetsWhatRuntimeMemoryIs : public PlainDxe {
  MemoryMap get_memory_map() override {
    MemoryMap map = PlainDxe::get_memory_map();
    for (MapEntry& entry : map.entries) {
      if (entry.type == EfiRuntimeServicesData) entry.attribute = 0;
    }
    return map;
  }
};
class TakesAnyKey : public PlainDxe {
  EFI_STATUS exit_boot_services(std::uint64_t) override { return EFI_SUCCESS; }
};
class TakesNoKey : public PlainDxe {
  EFI_STATUS exit_boot_services(std::uint64_t) override { return EFI_INVALID_PARAMETER; }
};
class WritesIntoRuntimeMemory : public PlainDxe {
  HOBNAIL_UNCHECKED EFI_STATUS exit_boot_services(std::uint64_t key) override {
    for (const auto& [page, type] : types_) {
      if (type == EfiRuntimeServicesData) ++*Board::pointer(page);
    }
    return PlainDxe::exit_boot_services(key);
  }
};

template <typename Consumer>
DxeConsumer* the_one() {
  static Consumer consumer;
  return &consumer;
}

}  // namespace

std::span<const Fault> dxe_faults() {
  constexpr std::string_view kHeapLow = "heap-low";
  static const std::array kFaults{
      Fault{RuleId::DxeList, "DXE rejects every list", {}, kHeapLow, the_one<RefusesTheList>()},
      Fault{RuleId::FirstRegion,
            "DXE starts in the HOB list",
            {},
            kHeapLow,
            the_one<BeginsInTheList>()},
      Fault{RuleId::DxeMap,
            "runtime memory has no EFI_MEMORY_RUNTIME in DXE's map",
            {},
            kHeapLow,
            the_one<ForgetsWhatRuntimeMemoryIs>()},
      Fault{RuleId::EbsKey, "DXE accepts any key", {}, kHeapLow, the_one<TakesAnyKey>()},
      Fault{RuleId::EbsRuntime, "DXE accepts no key", {}, kHeapLow, the_one<TakesNoKey>()},
      Fault{RuleId::EbsContents,
            "DXE writes into runtime memory",
            {},
            kHeapLow,
            the_one<WritesIntoRuntimeMemory>()},
  };
  return kFaults;
}

DxeConsumer* sound_dxe() { return the_one<PlainDxe>(); }

}  // namespace hobnail::oracle
