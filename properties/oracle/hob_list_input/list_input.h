// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HobListInput: a HOB list as a value, well-formed or not: what a fuzzer draws, a person writes,
// and DXE has to survive. It names HOBs by kind and fields; patches then make any byte what they
// like.
//
//   PHIT of `memory` | hobs, in order | END          resized by `give`, then patched
//
// Invariant: every value is a list, and every byte string is the list of some value (list_of_dump).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hobnail::oracle {

// Numbers are frozen: the byte form writes them.
enum class HobKind : std::uint8_t {
  Resource = 0,
  Allocation = 1,
  Module = 2,  // an allocation of 72 bytes
  Cpu = 3,
  Fv = 4,
  Fv2 = 5,
  Fv3 = 6,
  Capsule = 7,
  Guid = 8,
  Bins = 9,  // the MemoryTypeInformation table
  Pool = 10,
  Unused = 11,
  Raw = 12,  // of any HOB type
};
inline constexpr std::size_t kHobKinds = 13;

// The GUIDs that a consumer knows. Numbers are frozen.
enum class KnownGuid : std::uint8_t {
  None = 0,
  Stack = 1,
  BspStore = 2,
  Module = 3,
  MemoryTypeInformation = 4,
};
inline constexpr std::size_t kKnownGuids = 5;

struct BinEntry {
  std::uint32_t type = 0;
  std::uint32_t pages = 0;

  friend bool operator==(const BinEntry&, const BinEntry&) = default;
};

// A HOB. Which fields count is said by its kind; the others are as they are made here.
struct ListedHob {
  HobKind kind = HobKind::Cpu;
  std::uint32_t type = 0;       // resource or memory type; HOB type of Raw; address bits of Cpu
  std::uint32_t attribute = 0;  // of Resource
  KnownGuid name = KnownGuid::None;  // owner of Resource, name of Allocation and of Guid
  std::uint64_t base = 0;
  std::uint64_t length = 0;  // bytes from `base`; of Guid, Pool, Unused, Raw: bytes of the body,
                             // at least data.size(), at most kBodyBytesMax, zeroes behind `data`
  bool second = false;       // of Resource: it is of the second version, and has ...
  std::uint64_t memory_attribute = 0;  // ... EFI_MEMORY_*
  std::vector<std::uint8_t> data;
  std::vector<BinEntry> bins;

  friend bool operator==(const ListedHob&, const ListedHob&) = default;
};

struct ListPatch {
  std::uint32_t offset = 0;         // from the PHIT
  std::vector<std::uint8_t> bytes;  // not empty; what would lie behind the list is ignored

  friend bool operator==(const ListPatch&, const ListPatch&) = default;
};

struct HobListInput {
  unsigned granularity_shift = 12;  // of runtime memory: 12 to 30
  // Where it claims to lie: EfiMemoryBottom, the PHIT, EfiFreeMemoryTop, EfiMemoryTop.
  std::uint64_t bottom = 0x100000;
  std::uint64_t base = 0x110000;
  std::uint64_t free_top = 0x1f0000;
  std::uint64_t top = 0x200000;
  std::vector<ListedHob> hobs;
  std::vector<ListPatch> patches;
  std::int32_t give = 0;  // bytes that the consumer is given beyond END; less than 0: it lacks them

  friend bool operator==(const HobListInput&, const HobListInput&) = default;
};

// The longest body of a HOB, and the most bytes, HOBs and patches that a list has: what goes beyond
// is left out.
inline constexpr std::uint64_t kBodyBytesMax = 0xFFD8;
inline constexpr std::size_t kListBytesMax = 0x20000;
inline constexpr std::size_t kListHobsMax = 512;
inline constexpr std::size_t kListPatchesMax = 256;
inline constexpr std::size_t kBinsMax = 64;

// The bytes: at most kListBytesMax.
[[nodiscard]] std::vector<std::uint8_t> bytes_of(const HobListInput& list);

// HobLength of its kind and fields: a multiple of 8. The first HOB stands behind the PHIT, at 56.
[[nodiscard]] std::size_t length_of(const ListedHob& hob);
inline constexpr std::size_t kFirstHobOffset = 56;

// True for the kinds whose `length` is that of a body.
[[nodiscard]] bool has_body(HobKind kind);

}  // namespace hobnail::oracle
