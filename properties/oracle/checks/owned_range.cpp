// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Finding the owner of a place.
#include "properties/oracle/checks/owned_range.h"

#include <algorithm>

#include "properties/oracle/checks/resolve.h"

namespace pei::oracle {
namespace {

constexpr std::uint64_t kBytesMax = 0x10000;  // of one call

bool names_an_allocation(Anchor anchor) {
  return (anchor >= Anchor::LivePages && anchor <= Anchor::LiveHob) ||
         (anchor >= Anchor::NamedPages && anchor <= Anchor::NamedHob);
}

}  // namespace

OwnedPlace owned_place(const Moment& now, const Place& place) {
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

std::uint64_t owned_length(const Moment& now, const Op& op, std::uint64_t rest) {
  if (!op.data.empty()) return std::min<std::uint64_t>(op.data.size(), rest);
  const std::uint64_t wanted = resolve_quantity(now, op.quantity, {Unit::Bytes, rest, 0});
  return std::min({wanted, rest, kBytesMax});
}

}  // namespace pei::oracle
