// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The bench of core/dxe: HobWriter writes a HOB list as a PEI core would leave it, DxeBench takes
// it over and says in short words what became of it.
//
//   HobWriter --bytes, in a block of exactly their size--> DxeBench --> "a0000000+10 7" ...
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/dxe/claims.h"
#include "core/dxe/dxe_memory.h"
#include "core/pi/hob.h"

namespace pei::test {

inline constexpr UINT32 kTestedMemory = 7;

// Where PEI's memory lies. The defaults: a list at 1 MiB + 64 KiB in memory of 1 MiB.
struct PeiMemory {
  UINT64 bottom = 0x100000;
  UINT64 list = 0x110000;
  UINT64 free_top = 0x1f0000;
  UINT64 top = 0x200000;
};

class HobWriter {
 public:
  explicit HobWriter(const PeiMemory& memory = {});

  // Each appends a HOB and returns its offset.
  UINTN resource(UINT64 base, UINT64 bytes, UINT32 type = EFI_RESOURCE_SYSTEM_MEMORY,
                 UINT32 attribute = kTestedMemory, const EFI_GUID& owner = {});
  // Of the second version.
  UINTN resource2(UINT64 base, UINT64 bytes, UINT64 memory_attribute,
                  UINT32 type = EFI_RESOURCE_SYSTEM_MEMORY, const EFI_GUID& owner = {},
                  UINT32 attribute = kTestedMemory);
  UINTN allocation(UINT64 base, UINT64 bytes, UINT32 type, const EFI_GUID& name = {});
  UINTN module(UINT64 base, UINT64 bytes, UINT32 type);
  UINTN cpu(UINT8 bits);
  UINTN content(UINT16 type, UINT64 base, UINT64 bytes);  // FV, FV2, FV3, capsule
  UINTN bin_table(const std::vector<UINT32>& words);      // type, pages, type, pages, ...
  UINTN raw(UINT16 type, UINT16 length);                  // zeroes behind the header

  // Gives the table an END HOB and the PHIT its addresses.
  HobWriter& finish();
  // A 64-bit field anywhere, a HOB's or the PHIT's; after finish().
  HobWriter& put(UINTN offset, UINT64 value);
  HobWriter& put8(UINTN offset, UINT8 value);
  HobWriter& put16(UINTN offset, UINT16 value);

  [[nodiscard]] UINTN size() const { return bytes_.size(); }
  [[nodiscard]] std::vector<UINT8>& bytes() { return bytes_; }

 private:
  template <typename Hob>
  UINTN append(UINT16 type, const Hob& hob);

  PeiMemory memory_;
  std::vector<UINT8> bytes_;
};

// A list that DXE can work with: a CPU HOB of 40 bits and [1 MiB, 2 MiB) of tested memory.
[[nodiscard]] HobWriter sane_list();
inline constexpr const char* kSane = "100000+100 7";  // what becomes of sane_list() alone

struct Room {
  UINTN claims = 512;
  UINTN ranges = 1024;
  UINTN rejections = 64;
};

class DxeBench {
 public:
  explicit DxeBench(const Room& room = {});

  // Takes over a copy that ends where its block ends.
  dxe::HandOffError take_over(const std::vector<UINT8>& bytes, UINT64 granularity = 0x1000);
  dxe::HandOffError take_over(HobWriter list, UINT64 granularity = 0x1000);

  // True while the list that was taken over consists of these bytes.
  [[nodiscard]] bool list_is(const std::vector<UINT8>& bytes) const;

  [[nodiscard]] dxe::DxeMemory& memory() { return memory_; }
  // By way of GetMemoryMap, in a block of exactly its size; empty when that is refused.
  [[nodiscard]] std::vector<EFI_MEMORY_DESCRIPTOR> map();
  // Of the present map; 0 when there is none.
  [[nodiscard]] UINTN key();
  // Each entry as "base+pages type[/attribute]", hexadecimal, with a space between.
  [[nodiscard]] std::string text();
  // Each rejection as "offset:reason".
  [[nodiscard]] std::string rejected() const;

 private:
  std::vector<dxe::Claim> claims_;
  std::vector<EFI_MEMORY_DESCRIPTOR> ranges_;
  std::vector<dxe::Rejection> rejections_;
  std::unique_ptr<UINT8[]> copy_;
  dxe::DxeMemory memory_;
  UINTN key_ = 0;
};

// What a consumer makes of a list that it must take.
struct Consumed {
  std::string map;       // as DxeBench::text
  std::string rejected;  // as DxeBench::rejected
};
[[nodiscard]] Consumed consumed(HobWriter list, UINT64 granularity = 0x1000);

}  // namespace pei::test
