// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/hand_off_hobs.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kFourGiB = 0x100000000;
constexpr std::array kVolumes{HobKind::Fv, HobKind::Fv, HobKind::Fv2, HobKind::Fv3};

// D6A2CB7F-6A18-4E2F-B43B-9920A733700A, the file name of EDK II's DXE core, as it lies in memory.
constexpr std::array<std::uint8_t, 16> kDxeCore{0x7f, 0xcb, 0xa2, 0xd6, 0x18, 0x6a, 0x2f, 0x4e,
                                                0xb4, 0x3b, 0x99, 0x20, 0xa7, 0x33, 0x70, 0x0a};
constexpr std::uint32_t kModuleName = 48;
constexpr std::uint32_t kEntryPoint = 64;

AddedHob range_hob(HobKind kind, const Region& where) {
  AddedHob added;
  added.hob.kind = kind;
  added.hob.base = where.base;
  added.hob.length = where.size;
  return added;
}

// Below PEI's list, as DxeIpl's; but not where DXE may need that memory to start.
std::optional<Region> stack_place(ListDraft& draft, Random& random) {
  const HobListInput& list = draft.list();
  const bool below = list.top == HobListInput{}.top && random.one_in(2);
  if (!below) return draft.take(random, (1 + random.below(32)) * kPage);
  return between(random.one_in(2) ? list.bottom : list.bottom + kPage, list.base);
}

void add_stack(ListDraft& draft, Random& random) {
  const auto stack = stack_place(draft, random);
  if (stack) draft.add_claim(EfiBootServicesData, *stack, KnownGuid::Stack);
}

void add_bsp_store(ListDraft& draft, Random& random) {
  const auto store = draft.take(random, (1 + random.below(4)) * kPage);
  if (store) draft.add_claim(EfiBootServicesData, *store, KnownGuid::BspStore);
}

// Its end is 4 GiB, where 32 bits end.
Region flash(Random& random) {
  const std::uint64_t size = std::uint64_t{0x100000} << random.below(3);
  return {kFourGiB - size, size};
}

void add_volumes(ListDraft& draft, Random& random, const Region& device) {
  std::uint64_t at = device.base;
  for (std::uint64_t left = 1 + random.below(3); left > 0; --left) {
    const std::uint64_t size = (1 + random.below(64)) * kPage;
    draft.add(range_hob(some_of(random, kVolumes), {at, size}));
    at += size;
  }
}

// Decompressed from flash: the memory below it is claimed, as it must be to stay.
void add_volume_in_memory(ListDraft& draft, Random& random) {
  constexpr std::array kKinds{HobKind::Fv, HobKind::Fv, HobKind::Fv2, HobKind::Fv3,
                              HobKind::Capsule};
  const auto place = draft.take(random, (1 + random.below(16)) * kPage);
  if (!place) return;
  draft.add(range_hob(some_of(random, kKinds), *place));
  if (!random.one_in(4)) draft.add_claim(EfiBootServicesData, *place);
}

void add_dxe_module(ListDraft& draft, Random& random) {
  const auto place = draft.take(random, (1 + random.below(16)) * kPage);
  if (!place) return;
  AddedHob module = range_hob(HobKind::Module, *place);
  module.hob.type = random.one_in(4) ? EfiBootServicesData : EfiBootServicesCode;
  if (!random.one_in(4))
    module.patches.push_back({kModuleName, {kDxeCore.begin(), kDxeCore.end()}});
  const auto entry = static_cast<std::uint8_t>(8 * random.below(32));
  module.patches.push_back({kEntryPoint, {entry}});
  draft.add(std::move(module));
}

}  // namespace

void add_hand_off_hobs(ListDraft& draft, Random random) {
  const bool all = !random.one_in(4);  // half of all lists: a third of them is short
  const auto has = [&] { return all || random.one_in(3); };
  const Region device = flash(random);
  if (has()) add_stack(draft, random);
  if (random.one_in(4)) add_bsp_store(draft, random);
  if (has() && draft.limit() >= kFourGiB) draft.add_resource(3, 0x407, device);
  if (has()) add_volumes(draft, random, device);
  if (has()) add_dxe_module(draft, random);
  if (random.one_in(3)) add_volume_in_memory(draft, random);
}

}  // namespace hobnail::oracle
