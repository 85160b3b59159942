// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobView: the oracle's own reader of a HOB list, over plain bytes. It knows the specification's
// layouts and nothing of any target; it reads malformed lists: every length is checked before it is
// used, every step goes forward, and nothing outside the bytes is touched.
//
//   bytes:  [PHIT][HOB][HOB] ... [END]            HobView: one Hob {offset, type, length} for each
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {

struct Hob {
  std::uint32_t offset = 0;  // bytes from the PHIT
  std::uint16_t type = 0;
  std::uint16_t length = 0;  // bytes, header included
};

// A memory allocation HOB, decoded.
struct MemoryHob {
  std::uint32_t index = 0;  // in HobView::hobs
  EFI_GUID name{};
  std::uint64_t base = 0;
  std::uint64_t length = 0;
  std::uint32_t type = 0;
};

struct HobView {
  std::span<const std::uint8_t> bytes;  // what was read; [0] is the first byte of the PHIT
  std::vector<Hob> hobs;                // in list order, PHIT and END included
  std::string error;                    // empty when the walk reached an END HOB
  std::size_t error_offset = 0;         // where it stopped otherwise

  [[nodiscard]] bool ok() const { return error.empty(); }

  // Copies a structure of the specification out of the bytes. The HOB must be as long as T.
  template <typename T>
  [[nodiscard]] T read(const Hob& hob) const {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, bytes.data() + hob.offset, sizeof value);
    return value;
  }
  [[nodiscard]] EFI_HOB_HANDOFF_INFO_TABLE phit() const {
    return read<EFI_HOB_HANDOFF_INFO_TABLE>(hobs.front());
  }
  [[nodiscard]] MemoryHob memory(std::size_t index) const;
  // All memory allocation HOBs in list order.
  [[nodiscard]] std::vector<MemoryHob> memory_hobs() const;
};

// Walks `bytes` into `view`, re-using its storage. Stops at the first END HOB, or with an error at:
// a header that does not fit, a length below 8, not a multiple of 8 or past the bytes, a first HOB
// that is not a PHIT of 56 bytes, the end of the bytes without an END HOB. What was read before an
// error stays in `view.hobs`.
void walk_hobs(std::span<const std::uint8_t> bytes, HobView& view);

// The same from the END HOB on that an earlier walk has found: what stands before it is known.
void walk_on(std::span<const std::uint8_t> bytes, HobView& view);

[[nodiscard]] bool same_guid(const EFI_GUID& a, const EFI_GUID& b);
[[nodiscard]] bool is_zero_guid(const EFI_GUID& guid);

// The fixed length of a HOB type, or 0 where it varies (Pool, GUID extension, Unused ...).
[[nodiscard]] std::uint16_t fixed_hob_length(std::uint16_t type);

}  // namespace hobnail::oracle
