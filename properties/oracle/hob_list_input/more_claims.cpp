// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/more_claims.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint32_t kName = 8;  // of an allocation, a resource, a GUID HOB
constexpr std::array<std::uint32_t, 8> kRare{
    EfiLoaderCode, EfiPalCode,        EfiLoaderCode,       EfiPalCode,
    EfiLoaderData, EfiUnusableMemory, EfiBootServicesCode, EfiACPIReclaimMemory};
// UEFI 2.10, 7.2.1: of OEMs, then of operating systems' loaders.
constexpr std::array<std::uint32_t, 5> kForeign{0x70000000, 0x7fffffff, 0x80000000, 0x80000001,
                                                0xffffffff};
// No operating system may use memory of these types.
constexpr std::array<std::uint32_t, 5> kLasting{EfiRuntimeServicesData, EfiRuntimeServicesCode,
                                                EfiReservedMemoryType, EfiACPIMemoryNVS,
                                                EfiACPIReclaimMemory};

using HobBytes = std::vector<std::uint8_t>;

void add_claims(ListDraft& draft, Random& random, std::uint64_t count, std::uint64_t pages) {
  for (; count > 0; --count) {
    const auto place = draft.take(random, (1 + random.below(pages)) * kPage);
    if (place) draft.add_claim(some_of(random, kRare), *place);
  }
}

void add_long_claim(ListDraft& draft, Random& random) {
  constexpr std::array<std::uint64_t, 4> kMany{0x100, 0x101, 0x300, 0x10000};
  const auto place = draft.take(random, some_of(random, kMany) * kPage);
  if (place) draft.add_claim(some_of(random, kLasting), *place);
}

void add_foreign_claim(ListDraft& draft, Random& random) {
  const auto place = draft.take(random, (1 + random.below(8)) * kPage);
  if (place) draft.add_claim(some_of(random, kForeign), *place);
}

// A GUID that a consumer knows, but for one bit or one half; or one that nobody knows.
HobBytes some_name(Random& random) {
  constexpr std::array kKnown{EFI_HOB_MEMORY_ALLOC_STACK_GUID, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID,
                              EFI_HOB_MEMORY_ALLOC_MODULE_GUID, EFI_MEMORY_TYPE_INFORMATION_GUID};
  HobBytes name(sizeof(EFI_GUID));
  std::memcpy(name.data(), &some_of(random, kKnown), name.size());
  const std::size_t half = sized(8 * random.below(2));
  const std::uint64_t choice = random.below(3);
  if (choice == 0) name[sized(random.below(16))] ^= static_cast<std::uint8_t>(1 << random.below(8));
  for (std::size_t i = 0; i < 16; ++i) {
    const bool changed = choice == 2 || (choice == 1 && i / 8 * 8 == half);
    if (changed) name[i] = static_cast<std::uint8_t>(1 + random.below(255));
  }
  return name;
}

AddedHob named_hob(HobKind kind, Random& random) {
  AddedHob added;
  added.hob.kind = kind;
  added.patches.push_back({kName, some_name(random)});
  return added;
}

void add_named_claim(ListDraft& draft, Random& random) {
  const auto place = draft.take(random, (1 + random.below(4)) * kPage);
  if (!place) return;
  AddedHob claim = named_hob(HobKind::Allocation, random);
  claim.hob.type = random.one_in(4) ? some_of(random, kRare) : some_of(random, kLasting);
  claim.hob.base = place->base;
  claim.hob.length = place->size;
  draft.add(std::move(claim));
}

// A table whose GUID is not that of MemoryTypeInformation: it asks for nothing.
void add_named_table(ListDraft& draft, Random& random) {
  AddedHob table = named_hob(HobKind::Bins, random);
  table.hob.bins = {{EfiRuntimeServicesData, 4}, {16, 0}};
  draft.add(std::move(table));
}

void put_number(HobBytes& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    bytes.push_back(static_cast<std::uint8_t>(number >> 8 * i));
}

// An allocation of 48 bytes, or of 72, without its header.
HobBytes old_claim(Random& random, const Region& where) {
  HobBytes body(sizeof(EFI_GUID));
  put_number(body, where.base, 8);
  put_number(body, where.size, 8);
  put_number(body, some_of(random, kLasting), 8);
  if (random.one_in(4)) body.resize(64);
  return body;
}

// A resource where no memory is.
HobBytes old_resource() {
  HobBytes body(sizeof(EFI_GUID));
  put_number(body, std::uint64_t{7} << 32, 8);  // tested system memory
  put_number(body, 0x40000000, 8);
  put_number(body, 0x100000, 8);
  return body;
}

void add_unused(ListDraft& draft, Random& random) {
  const auto place = draft.take(random, (1 + random.below(4)) * kPage);
  AddedHob unused;
  unused.hob.kind = HobKind::Unused;
  unused.hob.data = place && !random.one_in(4) ? old_claim(random, *place) : old_resource();
  unused.hob.length = unused.hob.data.size();
  draft.add(std::move(unused));
}

}  // namespace

void add_more_claims(ListDraft& draft, Random random) {
  if (random.one_in(2)) add_claims(draft, random, 1 + random.below(3), 8);
  if (random.one_in(2)) add_long_claim(draft, random);
  if (random.one_in(5)) add_foreign_claim(draft, random);
}

void add_named_hobs(ListDraft& draft, Random random) {
  if (random.below(5) < 2) add_named_claim(draft, random);
  if (random.one_in(6)) add_named_table(draft, random);
}

void add_unused_hobs(ListDraft& draft, Random random) {
  if (!random.one_in(4)) return;
  for (std::uint64_t left = 1 + random.below(3); left > 0; --left) add_unused(draft, random);
}

}  // namespace hobnail::oracle
