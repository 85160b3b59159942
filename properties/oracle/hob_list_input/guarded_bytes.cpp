// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One mapping for the life of the process.
#include "properties/oracle/hob_list_input/guarded_bytes.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "properties/oracle/board/asan.h"

namespace hobnail::oracle {
namespace {

constexpr std::size_t kGuard = 0x10000;  // a page, on every processor
constexpr std::uint64_t kNear = 0x20000;

std::span<const std::uint8_t> g_placed;

std::uint8_t* place() {
  static std::uint8_t* const kPlace = [] {
    void* const made = mmap(nullptr, kGuardedBytesMax + kGuard, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    auto* const bytes = static_cast<std::uint8_t*>(made);
    if (made == MAP_FAILED || mprotect(bytes + kGuardedBytesMax, kGuard, PROT_NONE) != 0) {
      std::fputs("hobnail: the system gives no memory with a guard page behind it\n", stderr);
      std::_Exit(2);
    }
    return bytes;
  }();
  return kPlace;
}

}  // namespace

std::span<const std::uint8_t> place_guarded(std::span<const std::uint8_t> bytes) {
  bytes = bytes.first(std::min(bytes.size(), kGuardedBytesMax));
  std::uint8_t* const all = place();
  const std::size_t rounded = (bytes.size() + 7) / 8 * 8;
  std::uint8_t* const start = all + kGuardedBytesMax - rounded;
  unpoison(all, kGuardedBytesMax);
  std::copy(bytes.begin(), bytes.end(), start);
  poison(all, kGuardedBytesMax - rounded);
  poison(start + bytes.size(), rounded - bytes.size());
  g_placed = {start, bytes.size()};
  return g_placed;
}

std::span<const std::uint8_t> guarded_bytes() { return g_placed; }

std::string place_beside(std::span<const std::uint8_t> bytes, std::uint64_t address) {
  const auto start = reinterpret_cast<std::uintptr_t>(bytes.data());
  const std::uint64_t end = start + bytes.size();
  if (address >= end + kNear || address + kNear <= start) return {};
  if (address == end) return "at the first byte behind its end";
  if (address > end) return fmt::format("{:#x} bytes behind its end", address - end);
  if (address < start) return fmt::format("{:#x} bytes before it", start - address);
  return "across its end";  // what begins within and is no good ends outside
}

}  // namespace hobnail::oracle
