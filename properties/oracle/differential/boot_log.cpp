// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Writing a boot down.
#include "properties/oracle/differential/boot_log.h"

#include <algorithm>

#include "properties/oracle/boot/boot.h"
#include "properties/oracle/checks/owned_range.h"

namespace hobnail::oracle {
namespace {

using Words = std::array<std::uint64_t, 3>;

// The end of the memory that pages come from, which all page addresses are measured from.
std::uint64_t top_of(const Boot& boot) {
  return boot.model.phase == Phase::Window ? boot.model.installed.end()
                                           : boot.snapshot.phit.EfiMemoryTop;
}

enum Whose : std::uint64_t { kUnowned, kOwned, kFreed };

// Whose the address is, and where in what is theirs.
Words whose(const Boot& boot, std::uint64_t address) {
  if (const Allocation* const owner = boot.model.owner(address); owner != nullptr) {
    const Region& handle = boot.model.handles_of(owner->kind)[owner->handle];
    const auto kind = static_cast<std::uint64_t>(owner->kind);
    return {kOwned, kind << 32 | owner->handle, address - handle.base};
  }
  const std::vector<Region>& freed = boot.model.freed;
  for (std::size_t i = freed.size(); i-- != 0;) {
    if (freed[i].contains(address)) return {kFreed, i, address - freed[i].base};
  }
  return {kUnowned, address % EFI_PAGE_SIZE, 0};
}

Words stretch(const OwnedRange& place) {
  if (place.owner == nullptr) return {};
  const auto kind = static_cast<std::uint64_t>(place.owner->kind);
  return {kind << 32 | place.owner->handle, place.offset, place.rest};
}

void put(LoggedOp& logged, std::size_t at, const Words& words) {
  std::copy(words.begin(), words.end(), logged.asked.begin() + static_cast<std::ptrdiff_t>(at));
}

void ask(const Boot& boot, const Op& op, LoggedOp& logged) {
  const BootState now = boot.now();
  logged.asked[0] = op.number;
  const bool pages = op.code == OpCode::AllocatePages || op.code == OpCode::FreePages;
  const ResolvedAddress spot = resolve_place(now, op.place);
  const std::uint64_t header = op.code == OpCode::AllocatePool ? sizeof(EFI_HOB_GENERIC_HEADER) : 0;
  logged.asked[1] =
      resolve_quantity(now, op.quantity, {pages ? Unit::Pages : Unit::Bytes, spot.rest, header});
  switch (op.code) {
    case OpCode::InstallPeiMemory:
      return put(logged, 2, {spot.address});  // the board's, for every target
    case OpCode::FreePages:
      return put(logged, 2, whose(boot, spot.address));
    case OpCode::CopyMem:
      put(logged, 5, stretch(owned_range(now, op.source)));
      [[fallthrough]];
    case OpCode::SetMem:
    case OpCode::PeimWrite: {
      const OwnedRange to = owned_range(now, op.place);
      logged.asked[1] = owned_length(now, op, to.rest);
      return put(logged, 2, stretch(to));
    }
    default:
      return;
  }
}

// Free runs, merged, the lowest with the gap that it touches: whether two HOBs, one, or the gap
// describe free pages makes no difference.
void draw_pages(const Boot& boot, std::vector<std::uint64_t>& words) {
  const std::uint64_t top = top_of(boot);
  std::vector<Region> free;
  for (const OwnHob& hob : boot.snapshot.own) {
    if (hob.free()) free.push_back(hob.where);
  }
  std::sort(free.begin(), free.end(),
            [](const Region& a, const Region& b) { return a.base < b.base; });
  std::uint64_t gap_end = page_gap(boot.now()).end();
  words.assign(1, 0);
  for (std::size_t i = 0; i < free.size();) {
    Region run = free[i++];
    while (i < free.size() && free[i].base == run.end()) run.size += free[i++].size;
    if (run.base == gap_end) {
      gap_end = run.end();
      continue;
    }
    words.push_back(top - run.base);
    words.push_back(run.size);
  }
  words.front() = top - gap_end;
}

// A HOB that a PEIM asked for, as type and length; 0 for the core's own. A pool's HOB may be longer
// than the pool, by practice alone it is not.
std::uint64_t peim_hob(const Boot& boot, const Hob& hob) {
  const std::uint64_t word = std::uint64_t{hob.type} << 16 | hob.length;
  if (boot.model.made_by_peim(hob.offset)) return word;
  if (hob.type != EFI_HOB_TYPE_MEMORY_POOL || boot.strict()) {
    return hob.type == EFI_HOB_TYPE_MEMORY_POOL ? word : 0;
  }
  constexpr std::uint64_t kHeader = sizeof(EFI_HOB_GENERIC_HEADER);
  const Allocation* const owner = boot.model.owner(boot.snapshot.base + hob.offset + kHeader);
  return owner == nullptr
             ? 0
             : std::uint64_t{hob.type} << 16 | round_up(kHeader + owner->where.size, 8);
}

void draw(const Boot& boot, Picture& picture) {
  draw_pages(boot, picture.pages);
  picture.list.clear();
  picture.peim_hobs.clear();
  picture.list.push_back(boot.snapshot.gap());
  for (const Hob& hob : boot.snapshot.view.hobs) {
    const std::uint64_t word = std::uint64_t{hob.type} << 16 | hob.length;
    picture.list.push_back(word);
    if (const std::uint64_t asked = peim_hob(boot, hob); asked != 0) {
      picture.peim_hobs.push_back(asked);
    }
  }
  const std::uint64_t top = top_of(boot);
  for (const OwnHob& hob : boot.snapshot.own) {
    if (hob.stack) continue;  // how large it is, is the core's choice
    picture.list.insert(picture.list.end(), {hob.index, top - hob.where.base, hob.where.size});
  }
}

// What every live allocation holds, of the bytes that its owner has written.
std::uint64_t digest_contents(const Boot& boot) {
  std::uint64_t digest = 1;
  const auto mix = [&](std::uint64_t value) {
    digest = (digest ^ value) * 0x9e3779b97f4a7c15ULL;
    digest ^= digest >> 32;
  };
  for (const Allocation& block : boot.model.live) {
    if (!boot.board.readable(block.where.base, block.where.size)) continue;
    // What the platform added for DXE depends on the room in the list.
    if (boot.model.stage != Stage::Pei && block.kind != Result::Pages) continue;
    mix(static_cast<std::uint64_t>(block.kind) << 32 | block.handle);
    mix(block.type);
    for (const Span& span : block.known.spans()) {
      mix(span.from);
      mix(span.to);
      for (std::uint64_t at = span.from; at < span.to; ++at) {
        mix(*boot.board.at(block.where.base + at));
      }
    }
  }
  return digest;
}

void note_value(const Boot& boot, std::uint64_t value, LoggedOp& logged) {
  switch (logged.code) {
    case OpCode::AllocatePages: {
      // Pages of temporary RAM can be given in the window too, and are measured from their own top.
      const bool temporary = boot.board.is_temporary(value);
      logged.given = (temporary ? boot.snapshot.phit.EfiMemoryTop : top_of(boot)) - value;
      return;
    }
    case OpCode::AllocatePool:
    case OpCode::CreateHob:
      logged.offset = value - boot.snapshot.base;
      return;
    case OpCode::GetBootMode:
      logged.said = value;
      return;
    default:
      return;
  }
}

}  // namespace

void BootLog::entered(const Boot& boot) {
  declined_ = boot.over;
  ops_.reserve(boot.program.ops.size());
  if (!declined_) draw(boot, picture_);
}

void BootLog::before(const Boot& boot, const Op& op) {
  LoggedOp& logged = ops_.emplace_back();
  logged.code = op.code;
  logged.phase = boot.model.phase;
  logged.before = picture_;
  answered_ = false;
  if (boot.model.stage != Stage::Pei) return;
  logged.conditions = conditions_of(boot, op);
  ask(boot, op, logged);
}

void BootLog::answered(const Answer& answer) {
  if (answered_) return;  // what the harness asks for its own ends
  answered_ = true;
  ops_.back().status = answer.status;
  value_ = answer.value;
}

void BootLog::after(const Boot& boot, const Op& /*op*/) {
  LoggedOp& logged = ops_.back();
  logged.called = answered_;
  logged.over = boot.over;
  logged.stage = boot.model.stage;
  if (answered_ && !boot.over && logged.status == EFI_SUCCESS) {
    note_value(boot, value_, logged);
  }
  if (boot.model.stage == Stage::Pei && !boot.over) draw(boot, picture_);
  logged.after = picture_;
  const bool migrated = logged.phase == Phase::Window && boot.model.phase == Phase::Permanent;
  if (migrated && !boot.over) logged.contents = digest_contents(boot);
}

void BootLog::ended(const Boot& boot) {
  if (!ops_.empty() && !boot.over) ops_.back().contents = digest_contents(boot);
}

}  // namespace hobnail::oracle
