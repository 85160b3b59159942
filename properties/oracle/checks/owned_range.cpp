// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Finding the owner of a place.
#include "properties/oracle/checks/owned_range.h"

#include <algorithm>

#include "properties/oracle/checks/resolve.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kBytesMax = 0x10000;  // of one call

bool names_an_allocation(Anchor anchor) {
  return (anchor >= Anchor::LivePages && anchor <= Anchor::LiveHob) ||
         (anchor >= Anchor::NamedPages && anchor <= Anchor::NamedHob);
}

}  // namespace

OwnedRange owned_range(const BootState& now, const Place& place) {
  const std::uint64_t address = resolve_place(now, place).address;
  if (const Allocation* const owner = now.model.owner(address); owner != nullptr) {
    return {owner, address - owner->where.base, owner->where.end() - address};
  }
  if (!names_an_allocation(place.anchor)) return {};
  Place start = place;
  start.offset = 0;
  const Allocation* const owner = now.model.owner(resolve_place(now, start).address);
  if (owner == nullptr) return {};
  const std::uint64_t offset = place.offset % owner->where.size;
  return {owner, offset, owner->where.size - offset};
}

std::uint64_t wanted_length(const BootState& now, const Quantity& quantity, std::uint64_t rest) {
  return std::min({resolve_quantity(now, quantity, {Unit::Bytes, rest, 0}), rest, kBytesMax});
}

std::uint64_t owned_length(const BootState& now, const Op& op, std::uint64_t rest) {
  if (!op.data.empty()) return std::min<std::uint64_t>(op.data.size(), rest);
  return wanted_length(now, op.quantity, rest);
}

}  // namespace hobnail::oracle
