// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Storage, and words for what is wrong. Owns the state of the present boot.
#include "properties/targets/hobnail/dxe.h"

#include <cstring>

#include "core/dxe/claims.h"
#include "core/dxe/dxe_memory.h"

namespace pei {
namespace {

// 3 MiB of allocation HOBs: longer than any list of a board. Untouched storage costs nothing.
constexpr UINTN kMostClaims = 0x10000;
constexpr UINTN kMostRanges = 2 * kMostClaims;
constexpr UINTN kMostRejections = 0x400;

dxe::Claim claims[kMostClaims];
EFI_MEMORY_DESCRIPTOR ranges[kMostRanges];
dxe::Rejection rejections[kMostRejections];

// std::to_string and std::to_chars have a part in the C++ library, of whose writes MemorySanitizer
// knows nothing when that was built without it.
std::string decimal(UINTN number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + number % 10));
    number /= 10;
  } while (number != 0);
  return digits;
}

class BuiltinDxe final : public hobnail::oracle::DxeConsumer {
 public:
  std::string take_over(std::span<const std::uint8_t> hobs,
                        std::uint64_t runtime_granularity) override {
    const dxe::Storage storage{claims,      kMostClaims, ranges,
                               kMostRanges, rejections,  kMostRejections};
    const dxe::HandOffError error =
        memory_.take_over(hobs.data(), hobs.size(), runtime_granularity, storage);
    if (error.none()) return {};
    return std::string(dxe::text_of(error.flaw)) + ", at offset " + decimal(error.offset);
  }

  hobnail::oracle::Region first_region() override {
    return {memory_.first_region().base(), memory_.first_region().size_bytes()};
  }

  hobnail::oracle::MemoryMap get_memory_map() override {
    hobnail::oracle::MemoryMap map;
    UINTN size_bytes = 0;
    UINTN stride_bytes = 0;
    map.status = memory_.GetMemoryMap(&size_bytes, nullptr, nullptr, &stride_bytes, nullptr);
    if (map.status != EFI_BUFFER_TOO_SMALL) return map;
    std::vector<std::uint8_t> buffer(size_bytes);
    UINTN key = 0;
    map.status =
        memory_.GetMemoryMap(&size_bytes, reinterpret_cast<EFI_MEMORY_DESCRIPTOR*>(buffer.data()),
                             &key, nullptr, nullptr);
    for (UINTN at = 0; at < size_bytes; at += stride_bytes) {
      EFI_MEMORY_DESCRIPTOR entry;
      std::memcpy(&entry, buffer.data() + at, sizeof entry);
      map.entries.push_back(
          {entry.Type, entry.PhysicalStart, entry.NumberOfPages, entry.Attribute});
    }
    map.key = key;
    return map;
  }

  EFI_STATUS exit_boot_services(std::uint64_t key) override {
    // A key of another width than ours is none of ours.
    const UINTN native = static_cast<UINTN>(key);
    if (native != key) return memory_.ExitBootServices(0);
    return memory_.ExitBootServices(native);
  }

  [[nodiscard]] const dxe::Rejections& rejected() const { return memory_.rejections(); }

 private:
  dxe::DxeMemory memory_;
};

BuiltinDxe& the_dxe() {
  static BuiltinDxe dxe;
  return dxe;
}

}  // namespace

hobnail::oracle::DxeConsumer& builtin_dxe() { return the_dxe(); }

RejectedHobs builtin_rejections() {
  const dxe::Rejections& from = the_dxe().rejected();
  RejectedHobs found;
  found.count = from.count();
  for (UINTN i = 0; i < from.kept(); ++i) {
    found.hobs.push_back({from.at(i).offset, dxe::text_of(from.at(i).reason)});
  }
  return found;
}

}  // namespace pei
