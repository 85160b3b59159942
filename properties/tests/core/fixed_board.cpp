// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Maps the board once for the process and reads HOB lists with no help from the core.
#include "properties/tests/core/fixed_board.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/entry.h"
#include "core/services.h"

namespace pei::test {
namespace {

bool map_fixed(UINT64 base, UINT64 size_bytes) {
  void* const wanted = at<void>(base);
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  return mmap(wanted, static_cast<std::size_t>(size_bytes), PROT_READ | PROT_WRITE, flags, -1, 0) ==
         wanted;
}

void fill_with_garbage(UINT64 base, UINT64 size_bytes) {
  std::memset(at<void>(base), 0xa7, static_cast<std::size_t>(size_bytes));
}

// The parts of permanent memory that a boot of these tests writes.
constexpr UINT64 kParts[][2] = {{kPermanent, 0x40000},
                                {kPermanent + 0xf0000, 0x10000},
                                {kPermanent + 0xfe0000, 0x40000},
                                {kPermanent + kPermanentBytes - 0x20000, 0x20000}};

[[noreturn]] void stop(const char* file, int line, const char* what) {
  std::fprintf(stderr, "PEI_ASSERT %s:%d: %s\n", file, line, what);
  std::abort();
}

constexpr hobnail_host kHost = {HOBNAIL_TARGET_ABI, sizeof(hobnail_host), stop};

std::string show(const EFI_HOB_MEMORY_ALLOCATION& record) {
  const EFI_HOB_MEMORY_ALLOCATION_HEADER& a = record.AllocDescriptor;
  const bool is_stack = std::memcmp(&a.Name, &EFI_HOB_MEMORY_ALLOC_STACK_GUID, sizeof a.Name) == 0;
  char text[80];
  std::snprintf(text, sizeof text, "%s%llx+%llx:%u ", is_stack ? "stack:" : "",
                static_cast<unsigned long long>(a.MemoryBaseAddress),
                static_cast<unsigned long long>(a.MemoryLength), a.MemoryType);
  return text;
}

}  // namespace

bool FixedBoard::is_available() {
#if defined(__x86_64__) || defined(__i386__)
  static const bool mapped =
      map_fixed(kTemporaryRam, kTemporaryRamBytes) && map_fixed(kPermanent, kPermanentBytes);
  return mapped;
#else
  return false;
#endif
}

FixedBoard::FixedBoard(const Layout& layout) {
  fill_with_garbage(kTemporaryRam, kTemporaryRamBytes);
  for (const auto& part : kParts) fill_with_garbage(part[0], part[1]);
  hand_off_.DataSize = sizeof(hand_off_);
  hand_off_.TemporaryRamBase = at<void>(layout.temporary_ram);
  hand_off_.TemporaryRamSize = static_cast<UINTN>(layout.temporary_ram_bytes);
  hand_off_.PeiTemporaryRamBase = at<void>(layout.heap);
  hand_off_.PeiTemporaryRamSize = static_cast<UINTN>(layout.heap_bytes);
  hand_off_.StackBase = at<void>(layout.stack);
  hand_off_.StackSize = static_cast<UINTN>(layout.stack_bytes);
  services_ = static_cast<const EFI_PEI_SERVICES**>(
      hobnail_get_target()->enter(&kHost, &hand_off_, layout.ppis));
  // The target has one granularity; the core has others. Entered once more, it starts afresh.
  through_target_ = layout.runtime_granularity == EFI_PAGE_SIZE && !layout.bins;
  if (!through_target_)
    services_ = enter_pei_core(hand_off_, layout.ppis, {layout.runtime_granularity, layout.bins});
}

FixedBoard::~FixedBoard() { hobnail_get_target()->leave(); }

Answer FixedBoard::create_hob(UINT16 type, UINT16 length) {
  void* hob = at<void>(kUntouched);
  const EFI_STATUS status = table().CreateHob(services_, type, length, &hob);
  return {status, reinterpret_cast<std::uintptr_t>(hob)};
}

Answer FixedBoard::allocate_pool(UINTN size) {
  void* buffer = at<void>(kUntouched);
  const EFI_STATUS status = table().AllocatePool(services_, size, &buffer);
  return {status, reinterpret_cast<std::uintptr_t>(buffer)};
}

Answer FixedBoard::allocate_pages(UINT32 type, UINTN pages) {
  EFI_PHYSICAL_ADDRESS base = kUntouched;
  const EFI_STATUS status =
      table().AllocatePages(services_, static_cast<EFI_MEMORY_TYPE>(type), pages, &base);
  return {status, base};
}

EFI_STATUS FixedBoard::free_pages(UINT64 base, UINTN pages) {
  return table().FreePages(services_, base, pages);
}

EFI_STATUS FixedBoard::install(UINT64 base, UINT64 length) {
  return table().InstallPeiMemory(services_, base, length);
}

void FixedBoard::fill_gap(UINT64 left_bytes) {
  while (gap() > left_bytes) {
    const UINT64 length = std::min<UINT64>(gap() - left_bytes, 0xfff8);
    if (create_hob(EFI_HOB_TYPE_GUID_EXTENSION, static_cast<UINT16>(length)).status != EFI_SUCCESS)
      std::abort();
  }
}

bool FixedBoard::return_to_dispatcher() {
  const EFI_PEI_SERVICES** const before = services_;
  services_ =
      through_target_
          ? static_cast<const EFI_PEI_SERVICES**>(hobnail_get_target()->return_to_dispatcher())
          : pei::return_to_dispatcher(services_);
  if (services_ != before) fill_with_garbage(kTemporaryRam, kTemporaryRamBytes);
  return services_ != nullptr;
}

const EFI_HOB_HANDOFF_INFO_TABLE& FixedBoard::phit() const {
  void* list = nullptr;
  if (table().GetHobList(services_, &list) != EFI_SUCCESS) std::abort();
  return *static_cast<const EFI_HOB_HANDOFF_INFO_TABLE*>(list);
}

UINT64 FixedBoard::gap() const { return phit().EfiFreeMemoryTop - phit().EfiFreeMemoryBottom; }

std::string FixedBoard::records() const {
  std::string text;
  const auto* bytes = reinterpret_cast<const UINT8*>(&phit());
  for (;;) {
    const auto& hob = *reinterpret_cast<const EFI_HOB_GENERIC_HEADER*>(bytes);
    if (hob.HobLength < 8 || hob.HobLength % 8 != 0) return text + "BROKEN";
    if (hob.HobType == EFI_HOB_TYPE_END_OF_HOB_LIST) break;
    if (hob.HobType == EFI_HOB_TYPE_UNUSED) text += "unused ";
    if (hob.HobType == EFI_HOB_TYPE_MEMORY_ALLOCATION) {
      text += show(reinterpret_cast<const EFI_HOB_MEMORY_ALLOCATION&>(hob));
    }
    bytes += hob.HobLength;
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::vector<std::uint8_t> FixedBoard::state() const {
  const auto* const list = reinterpret_cast<const std::uint8_t*>(&phit());
  std::vector<std::uint8_t> bytes(list, at<const std::uint8_t>(phit().EfiFreeMemoryBottom));
  const auto* const record = reinterpret_cast<const std::uint8_t*>(services_);
  bytes.insert(bytes.end(), record, record + sizeof(PeiCoreInstance));
  return bytes;
}

std::vector<std::uint8_t> FixedBoard::snapshot() const {
  const auto* const temporary = at<const std::uint8_t>(kTemporaryRam);
  std::vector<std::uint8_t> bytes(temporary, temporary + kTemporaryRamBytes);
  for (const auto& part : kParts) {
    const auto* const permanent = at<const std::uint8_t>(part[0]);
    bytes.insert(bytes.end(), permanent, permanent + part[1]);
  }
  return bytes;
}

}  // namespace pei::test
