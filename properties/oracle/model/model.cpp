// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Keeping the allocation table.
#include "properties/oracle/model/model.h"

#include <algorithm>
#include <iterator>

namespace hobnail::oracle {

std::string_view phase_name(Phase phase) {
  switch (phase) {
    case Phase::Temporary:
      return "temporary RAM";
    case Phase::Window:
      return "window between InstallPeiMemory and the dispatcher";
    case Phase::Permanent:
      return "permanent memory";
  }
  return "";
}

bool Model::made_by_peim(std::uint32_t offset) const {
  return std::binary_search(peim_hobs.begin(), peim_hobs.end(), offset);
}

const Allocation* Model::owner(std::uint64_t address) const {
  for (const Allocation& allocation : live) {
    if (allocation.where.contains(address)) return &allocation;
  }
  return nullptr;
}

Allocation* Model::owner(std::uint64_t address) {
  return const_cast<Allocation*>(std::as_const(*this).owner(address));
}

const Allocation* Model::newest(Result kind, std::uint64_t n) const {
  const auto is_kind = [&](const Allocation& allocation) { return allocation.kind == kind; };
  const auto count = static_cast<std::uint64_t>(std::count_if(live.begin(), live.end(), is_kind));
  if (count == 0) return nullptr;
  std::uint64_t left = n % count;
  for (auto it = live.rbegin();; ++it) {
    if (is_kind(*it) && left-- == 0) return &*it;
  }
}

const Allocation* Model::overlapping(const Region& range) const {
  if (range.size == 0) return nullptr;
  for (const Allocation& allocation : live) {
    if (allocation.where.size != 0 && allocation.where.overlaps(range)) return &allocation;
  }
  return nullptr;
}

bool Model::all_live_pages(const Region& range) const {
  std::uint64_t at = range.base;
  while (at < range.end()) {
    const Allocation* const holder = owner(at);
    if (holder == nullptr || holder->kind != Result::Pages) return false;
    at = holder->where.end();
  }
  return true;
}

void Model::release_pages(const Region& range) {
  for (std::size_t i = 0; i < live.size();) {
    if (live[i].kind != Result::Pages || !live[i].where.overlaps(range)) {
      ++i;
      continue;
    }
    i = cut(i, range);
  }
  freed.push_back(range);
}

// The piece at `i` less `range`; returns the index after what remains of it.
std::size_t Model::cut(std::size_t i, const Region& range) {
  const Allocation whole = std::move(live[i]);
  const auto at = live.erase(live.begin() + static_cast<std::ptrdiff_t>(i));
  std::array<Allocation, 2> pieces;
  std::size_t count = 0;
  for (const Region& where : beside(whole.where, range)) {
    if (where.size == 0) continue;
    pieces[count++] = {
        whole.kind, whole.handle, where, whole.type,
        whole.known.cut({where.base - whole.where.base, where.end() - whole.where.base})};
  }
  const auto end = pieces.begin() + static_cast<std::ptrdiff_t>(count);
  live.insert(at, std::make_move_iterator(pieces.begin()), std::make_move_iterator(end));
  return i + count;
}

}  // namespace hobnail::oracle
