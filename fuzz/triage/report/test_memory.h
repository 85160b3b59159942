// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The memory of a test that stands alone, and the HOB list in it, read as any PEIM may read it.
// Printed into each test before test_bench.h.
//
// Invariant: nothing here calls a service.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/pi/hob.h"
#include "core/pi/pei_services.h"
#include "properties/abi/hobnail_target.h"

namespace bench {

using namespace pei;

struct Range {
  UINT64 base, size;
};
// The board's memory.
struct Board {
  Range temporary_ram, heap, stack, dram[2];
  unsigned garbage;  // 1: zeros, 2: ones, else pseudo-random
};

inline UINT8* at(UINT64 address) {
  return reinterpret_cast<UINT8*>(static_cast<std::uintptr_t>(address));
}
inline UINT64 number(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }
inline std::vector<UINT8> copy(Range range) {
  return {at(range.base), at(range.base + range.size)};
}
inline bool meet(Range a, Range b) { return a.base < b.base + b.size && b.base < a.base + a.size; }

// What a PEIM got, with the bytes that it has written there.
struct Block {
  UINT64 base = 0, size = 0;
  UINT32 type = 0;
  bool pages = false, live = false;
  std::vector<UINT8> bytes;
};

inline void map_memory(Range range) {
  static std::vector<Range> mapped;
  for (const Range& other : mapped) {
    if (meet(range, other)) return;
  }
  if (range.size == 0) return;
  const UINT64 base = range.base & ~UINT64{0xfff};
  const auto bytes =
      static_cast<std::size_t>((range.base + range.size - base + 0xfff) & ~UINT64{0xfff});
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE;
  if (mmap(at(base), bytes, PROT_READ | PROT_WRITE, flags, -1, 0) != at(base)) {
    std::printf("the board's memory at 0x%llx cannot be had\n",
                static_cast<unsigned long long>(base));
    std::exit(2);
  }
  mapped.push_back(range);
}

// Large memory is left as it is: zeros.
inline void fill_memory(Range range, unsigned garbage) {
  if (range.size > 0x400000) return;
  UINT32 random = garbage * 2654435761U + 12345;
  for (UINT64 i = 0; i < range.size; ++i) {
    random = random * 1664525U + 1013904223U;
    at(range.base)[i] = garbage == 1 ? 0 : garbage == 2 ? 0xff : static_cast<UINT8>(random >> 24U);
  }
}

inline bool in_memory(const Board& board, Range range) {
  for (const Range& all : {board.temporary_ram, board.dram[0], board.dram[1]}) {
    if (range.base >= all.base && range.base + range.size <= all.base + all.size) return true;
  }
  return false;
}

// What the test ends with when the target stops: 1 when that is the bug, 0 when the test makes a
// call that PI forbids, else 2.
inline int code_of_stop = 2;

[[noreturn]] inline void stop(const char* file, int line, const char* what) {
  std::fprintf(stderr, "the target stopped: %s:%d: %s\n", file ? file : "?", line,
               what ? what : "");
  std::fflush(nullptr);
  std::_Exit(code_of_stop);
}

// Of the HOB whose body this is.
inline EFI_HOB_GENERIC_HEADER& header(const void* body) {
  return *reinterpret_cast<EFI_HOB_GENERIC_HEADER*>(at(number(body) - 8));
}

// The list that begins at an address; 0: there is none.
class HobList {
 public:
  UINT64 begin = 0;

  EFI_HOB_HANDOFF_INFO_TABLE& phit() const {
    return *reinterpret_cast<EFI_HOB_HANDOFF_INFO_TABLE*>(at(begin));
  }
  // Its bytes as they stand, up to the first free one.
  std::vector<UINT8> bytes() const {
    if (begin == 0) return {};
    return copy({begin, phit().EfiFreeMemoryBottom - begin});
  }
  // The HOBs behind the PHIT, as far as they can be walked.
  std::vector<EFI_HOB_GENERIC_HEADER*> hobs() const {
    std::vector<EFI_HOB_GENERIC_HEADER*> all;
    if (begin == 0) return all;
    for (UINT64 hob = begin + phit().Header.HobLength;
         hob >= begin && hob + 8 <= phit().EfiFreeMemoryBottom;) {
      auto* const header = reinterpret_cast<EFI_HOB_GENERIC_HEADER*>(at(hob));
      if (header->HobType == EFI_HOB_TYPE_END_OF_HOB_LIST || header->HobLength < 8) break;
      all.push_back(header);
      hob += header->HobLength;
    }
    return all;
  }
  std::vector<EFI_HOB_MEMORY_ALLOCATION_HEADER*> records() const {
    std::vector<EFI_HOB_MEMORY_ALLOCATION_HEADER*> all;
    const EFI_GUID none{};
    for (auto* hob : hobs()) {
      auto* const record = &reinterpret_cast<EFI_HOB_MEMORY_ALLOCATION*>(hob)->AllocDescriptor;
      if (hob->HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION &&
          std::memcmp(&record->Name, &none, sizeof none) == 0)
        all.push_back(record);
    }
    return all;
  }
  std::vector<Range> ranges() const {
    std::vector<Range> all;
    for (const auto* record : records())
      all.push_back({record->MemoryBaseAddress, record->MemoryLength});
    return all;
  }
};

}  // namespace bench
