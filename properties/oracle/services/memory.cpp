// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CopyMem, SetMem, and what a PEIM writes by itself. A PEIM touches only what it owns: places are
// brought into the live allocation that they point into, and lengths to its end.
#include "properties/oracle/services/memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "properties/oracle/board/same_bytes.h"
#include "properties/oracle/boot/boot.h"
#include "properties/oracle/boot/ownership.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/checks/owned_range.h"
#include "properties/oracle/checks/resolve.h"
#include "properties/oracle/services/hob_body.h"
#include "properties/oracle/services/service_call.h"

namespace hobnail::oracle {
namespace {

Allocation& owner_of(Boot& boot, const OwnedRange& range) {
  return boot.model.live[static_cast<std::size_t>(range.owner - boot.model.live.data())];
}

bool in_list(const Allocation& block) { return block.kind != Result::Pages; }

// After a write by the PEIM or for it: the list holds pools and HOB bodies, which are part of a
// look.
void settle(Boot& boot, Allocation& block) {
  if (!in_list(block)) return;
  if (block.kind == Result::Hob) keep_well_formed(boot.board, block);
  refresh_own_writes(boot, block.where);
}

// Bytes that no code has written yet cannot be compared after a copy; the PEIM writes them first.
void make_known(Boot& boot, const OwnedRange& range, std::uint64_t length) {
  std::uint64_t at = range.offset;
  const std::uint64_t end = range.offset + length;
  const std::uint64_t key = ++boot.model.next_pattern;
  Allocation& owner = owner_of(boot, range);
  const std::vector<Span> spans = owner.known.spans();
  for (const Span& span : spans) {
    if (span.to <= at) continue;
    if (span.from >= end) break;
    if (span.from > at) {
      write_pattern(boot.board, owner.where.base, {at, span.from}, key, owner.known);
    }
    at = std::max(at, span.to);
  }
  if (at < end) {
    write_pattern(boot.board, owner.where.base, {at, end}, key, owner.known);
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
Verdict check_write(Boot& boot, const OwnedRange& to, std::uint64_t length, RuleId id) {
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
  if (in_list(*to.owner)) refresh_own_writes(boot, {to.address(), length});
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
Verdict accept_write(Boot& boot, const OwnedRange& to, std::uint64_t length, RuleId id) {
  owner_of(boot, to).known.add({to.offset, to.offset + length});
  Verdict verdict = check_write(boot, to, length, id);
  if (verdict) return verdict;
  if (verdict.suppressed()) adopt(boot.board, to.owner->where.base, owner_of(boot, to).known);
  boot.record.ending = Ending::Answered;
  settle(boot, owner_of(boot, to));
  return std::nullopt;
}

// The bytes right beside a range that a service is to write, where no other owner writes: in the
// same block, written or not, and in free memory. AddressSanitizer sees more, but not of targets
// that were built without it.
class Margins {
 public:
  Margins(const Boot& boot, const OwnedRange& to, std::uint64_t length) : boot_(boot) {
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

// The owner of pages writes a GUID into their record, as EDK II's TagMemoryAllocationHobWithGuid
// does; without bytes of the op's a unique name. Pages stay what they are: the names that PI
// gives a meaning are not written.
Verdict write_name(Boot& boot, const Op& op) {
  const Region name = name_of_pages(boot.now(), op.place.index);
  EFI_GUID tag{};
  std::memset(&tag, 0xa5, sizeof tag);
  std::copy_n(op.data.begin(), std::min(op.data.size(), sizeof tag),
              reinterpret_cast<std::uint8_t*>(&tag));
  const bool meant_otherwise = same_guid(tag, EFI_HOB_MEMORY_ALLOC_STACK_GUID) ||
                               same_guid(tag, EFI_HOB_MEMORY_ALLOC_BSP_STORE_GUID) ||
                               same_guid(tag, EFI_HOB_MEMORY_ALLOC_MODULE_GUID);
  if (name.size == 0 || meant_otherwise) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  std::memcpy(boot.board.at(name.base), &tag, sizeof tag);
  boot.board.note_dirty(name);
  boot.note_call({Service::PeimWrite, sizeof tag, name.base, 1});
  refresh_own_writes(boot, name);
  return std::nullopt;
}

}  // namespace

Verdict run_copy_mem(Boot& boot, const Op& op) {
  const OwnedRange to = owned_range(boot.now(), op.place);
  const OwnedRange from = owned_range(boot.now(), op.source);
  if (to.owner == nullptr || from.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  for (const OwnedRange* const range : {&to, &from}) {
    if (Verdict verdict = check_before(boot, *range->owner)) return verdict;
  }
  const std::uint64_t length = wanted_length(boot.now(), op.quantity, std::min(to.rest, from.rest));
  make_known(boot, from, length);
  if (in_list(*from.owner)) refresh_own_writes(boot, from.owner->where);
  boot.note_call({Service::CopyMem, to.address(), from.address(), length});
  const Margins margins(boot, to, length);
  return call_service(
      boot, {},
      [&] {
        const Windows windows(boot, *to.owner, {to.address(), length}, *from.owner,
                              {from.address(), length});
        return boot.session.CopyMem(to.address(), from.address(), static_cast<UINTN>(length));
      },
      kAnyStatus,
      [&](const Answer& /*answer*/) -> Verdict {
        std::memmove(boot.board.shadow(to.address()), boot.board.shadow(from.address()),
                     static_cast<std::size_t>(length));
        if (Verdict verdict = margins.check(RuleId::CopyMem)) return verdict;
        return accept_write(boot, to, length, RuleId::CopyMem);
      });
}

Verdict run_set_mem(Boot& boot, const Op& op) {
  const OwnedRange to = owned_range(boot.now(), op.place);
  if (to.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  if (Verdict verdict = check_before(boot, *to.owner)) return verdict;
  const std::uint64_t length = wanted_length(boot.now(), op.quantity, to.rest);
  const auto value = static_cast<UINT8>(op.number);
  boot.note_call({Service::SetMem, to.address(), length, value});
  const Margins margins(boot, to, length);
  return call_service(
      boot, {},
      [&] {
        const Region range{to.address(), length};
        const Windows windows(boot, *to.owner, range, *to.owner, range);
        return boot.session.SetMem(to.address(), static_cast<UINTN>(length), value);
      },
      kAnyStatus,
      [&](const Answer& /*answer*/) -> Verdict {
        std::memset(boot.board.shadow(to.address()), value, static_cast<std::size_t>(length));
        if (Verdict verdict = margins.check(RuleId::SetMem)) return verdict;
        return accept_write(boot, to, length, RuleId::SetMem);
      });
}

Verdict run_peim_write(Boot& boot, const Op& op) {
  if (op.place.anchor == Anchor::NameOfPages) return write_name(boot, op);
  const OwnedRange to = owned_range(boot.now(), op.place);
  if (to.owner == nullptr) {
    boot.record.ending = Ending::NotOwned;
    return std::nullopt;
  }
  if (Verdict verdict = check_before(boot, *to.owner)) return verdict;
  const std::uint64_t base = to.owner->where.base;
  Allocation& owner = owner_of(boot, to);
  if (op.data.empty()) {
    const std::uint64_t length = wanted_length(boot.now(), op.quantity, to.rest);
    const std::uint64_t key = ++boot.model.next_pattern;
    if (length != 0) {
      write_pattern(boot.board, base, {to.offset, to.offset + length}, key, owner.known);
    }
    boot.note_call({Service::PeimWrite, length, to.address()});
  } else {
    const std::size_t given = std::min(op.data.size(), static_cast<std::size_t>(to.rest));
    write_bytes(boot.board, base, to.offset, {op.data.data(), given}, owner.known);
    boot.note_call({Service::PeimWrite, given, to.address(), 1});
  }
  settle(boot, owner);
  return std::nullopt;
}

}  // namespace hobnail::oracle
