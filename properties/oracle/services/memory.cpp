// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CopyMem, SetMem, and what a PEIM writes by itself. A PEIM touches only what it owns: places are
// brought into the live allocation that they point into, and lengths to its end.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/resolve.h"
#include "properties/oracle/services/hob_body.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kBytesMax = 0x10000;  // of one call

// A stretch of somebody's memory.
struct Stretch {
  Allocation* owner = nullptr;
  std::uint64_t offset = 0;
  std::uint64_t rest = 0;

  [[nodiscard]] std::uint64_t address() const { return owner->where.base + offset; }
};

bool takes_handle(Anchor anchor) {
  switch (anchor) {
    case Anchor::LivePages:
    case Anchor::LivePool:
    case Anchor::LiveHob:
    case Anchor::NamedPages:
    case Anchor::NamedPool:
    case Anchor::NamedHob:
      return true;
    default:
      return false;
  }
}

// The place itself when it is owned; else, for a handle that is live, its offset brought inside.
Stretch stretch_at(Boot& boot, const Place& place) {
  const ResolvedAddress spot = resolve_place(boot.now(), place);
  Allocation* owner = boot.model.owner(spot.address);
  if (owner == nullptr && takes_handle(place.anchor)) {
    Place start = place;
    start.offset = 0;
    owner = boot.model.owner(resolve_place(boot.now(), start).address);
    if (owner == nullptr) return {};
    const std::uint64_t offset = place.offset % owner->where.size;
    return {owner, offset, owner->where.size - offset};
  }
  if (owner == nullptr) return {};
  return {owner, spot.address - owner->where.base, owner->where.end() - spot.address};
}

std::uint64_t length_of(const Boot& boot, const Op& op, std::uint64_t rest) {
  const std::uint64_t wanted = resolve_quantity(boot.now(), op.quantity, {Unit::Bytes, rest, 0});
  return std::min({wanted, rest, kBytesMax});
}

bool in_list(const Allocation& block) { return block.kind != Result::Pages; }

// After a write by the PEIM or for it: the list holds pools and HOB bodies, which are part of a
// look.
void settle(Boot& boot, Allocation& block) {
  if (!in_list(block)) return;
  if (block.kind == Result::Hob) keep_well_formed(boot.board, block);
  refresh_own_writes(boot);
}

// Bytes that nobody has written yet cannot be compared after a copy; the PEIM writes them first.
void make_known(Boot& boot, const Stretch& stretch, std::uint64_t length) {
  std::uint64_t at = stretch.offset;
  const std::uint64_t end = stretch.offset + length;
  const std::uint64_t key = ++boot.model.next_pattern;
  const std::vector<Span> spans = stretch.owner->known.spans();
  for (const Span& span : spans) {
    if (span.to <= at) continue;
    if (span.from >= end) break;
    if (span.from > at) {
      write_pattern(boot.board, stretch.owner->where.base, {at, span.from}, key,
                    stretch.owner->known);
    }
    at = std::max(at, span.to);
  }
  if (at < end) {
    write_pattern(boot.board, stretch.owner->where.base, {at, end}, key, stretch.owner->known);
  }
}

// Before its bytes are written over, or copied: a change of before would be lost, or be blamed on
// this call.
Verdict check_before(const Boot& boot, const Allocation& block) {
  const auto change = first_change(boot.board, block.where.base, block.known);
  if (!change) return std::nullopt;
  return report_change(boot.now(), RuleId::Contents, block, *change);
}

// The list as the call found it, apart from the bytes that the call was asked to write.
Verdict check_write(Boot& boot, const Stretch& to, std::uint64_t length, RuleId id) {
  const auto size = static_cast<std::size_t>(length);
  if (std::memcmp(boot.board.at(to.address()), boot.board.shadow(to.address()), size) != 0) {
    const auto seen = boot.board.at(to.address());
    const auto difference = std::mismatch(seen, seen + size, boot.board.shadow(to.address()));
    return report(boot, id,
                  fmt::format("the byte at {:#x} is {:#04x}; expected {:#04x}",
                              to.address() + static_cast<std::uint64_t>(difference.first - seen),
                              *difference.first, *difference.second));
  }
  boot.board.note_dirty({to.address(), length});
  if (in_list(*to.owner)) {
    std::memcpy(boot.snapshot.bytes.data() + (to.address() - boot.snapshot.base),
                boot.board.at(to.address()), size);
  }
  if (!unchanged(boot.board, boot.snapshot)) {
    return report(boot, id, "bytes of the HOB list outside the destination changed");
  }
  const auto change = first_change(boot.board, to.owner->where.base, to.owner->known);
  if (change) {
    return report(boot, id,
                  fmt::format("the byte at {:#x} outside the destination changed", *change));
  }
  return std::nullopt;
}

// A service has written `length` bytes at `to`, and the shadow has them already.
Verdict take_write(Boot& boot, const Stretch& to, std::uint64_t length, RuleId id) {
  to.owner->known.add({to.offset, to.offset + length});
  Verdict verdict = check_write(boot, to, length, id);
  if (verdict) return verdict;
  if (verdict.suppressed()) adopt(boot.board, to.owner->where.base, to.owner->known);
  boot.record.ending = Ending::Answered;
  settle(boot, *to.owner);
  return std::nullopt;
}

// The bytes right beside a range that a service is to write, where nobody else has a say: in the
// same block, written or not, and in free memory. AddressSanitizer sees more, but not of targets
// that were built without it.
class Margins {
 public:
  Margins(const Boot& boot, const Stretch& to, std::uint64_t length) : boot_(boot) {
    keep({to.address() - kMargin, kMargin}, *to.owner, below_);
    keep({to.address() + length, kMargin}, *to.owner, above_);
  }
  [[nodiscard]] Verdict check(RuleId id) const {
    for (const Kept* const kept : {&below_, &above_}) {
      if (kept->where.size == 0) continue;
      if (same_bytes(boot_.board.at(kept->where.base), kept->bytes.data(), kMargin)) continue;
      return report(boot_, id,
                    fmt::format("the bytes at {} outside the destination changed", kept->where));
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint64_t kMargin = 64;
  struct Kept {
    Region where;
    std::array<std::uint8_t, kMargin> bytes{};
  };

  void keep(const Region& where, const Allocation& block, Kept& kept) const {
    const bool beside = block.where.contains(where.base, where.size) ||
                        page_gap(boot_.now()).contains(where.base, where.size);
    if (!beside || !boot_.board.readable(where.base, where.size)) return;
    kept.where = where;
    std::memcpy(kept.bytes.data(), boot_.board.at(where.base), kMargin);
  }

  const Boot& boot_;
  Kept below_;
  Kept above_;
};

}  // namespace

Verdict play_copy_mem(Boot& boot, const Op& op) {
  const Stretch to = stretch_at(boot, op.place);
  const Stretch from = stretch_at(boot, op.source);
  if (to.owner == nullptr || from.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  for (const Stretch* const stretch : {&to, &from}) {
    if (Verdict verdict = check_before(boot, *stretch->owner)) return verdict;
  }
  const std::uint64_t length = length_of(boot, op, std::min(to.rest, from.rest));
  make_known(boot, from, length);
  if (in_list(*from.owner)) refresh_own_writes(boot);
  boot.note_call({Service::CopyMem, to.address(), from.address(), length});
  const Margins margins(boot, to, length);
  const Answer answer = [&] {
    const Windows windows(boot, *to.owner, {to.address(), length}, *from.owner,
                          {from.address(), length});
    return boot.session.CopyMem(to.address(), from.address(), static_cast<UINTN>(length));
  }();
  if (Verdict verdict = check_answer(boot, answer, {})) return verdict;
  if (boot.over) return std::nullopt;
  std::memmove(boot.board.shadow(to.address()), boot.board.shadow(from.address()),
               static_cast<std::size_t>(length));
  if (Verdict verdict = margins.check(RuleId::CopyMem)) return verdict;
  return take_write(boot, to, length, RuleId::CopyMem);
}

Verdict play_set_mem(Boot& boot, const Op& op) {
  const Stretch to = stretch_at(boot, op.place);
  if (to.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  if (Verdict verdict = check_before(boot, *to.owner)) return verdict;
  const std::uint64_t length = length_of(boot, op, to.rest);
  const auto value = static_cast<UINT8>(op.number);
  boot.note_call({Service::SetMem, to.address(), length, value});
  const Margins margins(boot, to, length);
  const Answer answer = [&] {
    const Region range{to.address(), length};
    const Windows windows(boot, *to.owner, range, *to.owner, range);
    return boot.session.SetMem(to.address(), static_cast<UINTN>(length), value);
  }();
  if (Verdict verdict = check_answer(boot, answer, {})) return verdict;
  if (boot.over) return std::nullopt;
  std::memset(boot.board.shadow(to.address()), value, static_cast<std::size_t>(length));
  if (Verdict verdict = margins.check(RuleId::SetMem)) return verdict;
  return take_write(boot, to, length, RuleId::SetMem);
}

Verdict play_peim_write(Boot& boot, const Op& op) {
  const Stretch to = stretch_at(boot, op.place);
  if (to.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  if (Verdict verdict = check_before(boot, *to.owner)) return verdict;
  const std::uint64_t base = to.owner->where.base;
  if (op.data.empty()) {
    const std::uint64_t length = length_of(boot, op, to.rest);
    const std::uint64_t key = ++boot.model.next_pattern;
    if (length != 0) {
      write_pattern(boot.board, base, {to.offset, to.offset + length}, key, to.owner->known);
    }
    boot.note_call({Service::PeimWrite, length, to.address()});
  } else {
    const std::size_t given = std::min(op.data.size(), static_cast<std::size_t>(to.rest));
    write_bytes(boot.board, base, to.offset, {op.data.data(), given}, to.owner->known);
    boot.note_call({Service::PeimWrite, given, to.address(), 1});
  }
  settle(boot, *to.owner);
  return std::nullopt;
}

}  // namespace hobnail::oracle
