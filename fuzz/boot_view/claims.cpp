// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Cutting a region at every border of a claim.
#include "fuzz/boot_view/claims.h"

#include <algorithm>
#include <utility>

namespace hobnail {
namespace {

using oracle::Region;

// Kinds of which memory can have one at a time.
bool excludes_others(PieceKind kind) {
  switch (kind) {
    case PieceKind::HobList:
    case PieceKind::Gap:
    case PieceKind::Pages:
    case PieceKind::Freed:
    case PieceKind::Stack:
    case PieceKind::Answered:
      return true;
    default:
      return false;
  }
}

// What a claim can be of this region; size 0 when it is elsewhere. Ends may wrap: a target can
// write anything into its list.
Region cut(const Region& region, const Region& claim) {
  const bool wraps = claim.end() < claim.base;
  return oracle::common(region, {claim.base, wraps ? UINT64_MAX - claim.base : claim.size});
}

std::string name_of(const Piece& claim) {
  return claim.name.empty() ? std::string(kind_name(claim.kind)) : claim.name;
}

// What a claim is of a region.
struct Part {
  Region where;
  const Piece* claim = nullptr;
};

// `over`: the claims that cover all of `where`, in their order.
Piece piece_of(const Region& where, const std::vector<Part>& parts,
               const std::vector<std::size_t>& over) {
  Piece piece{where, PieceKind::Outside, {}, {}};
  const Piece* owner = nullptr;
  for (const std::size_t index : over) {
    const Piece& claim = *parts[index].claim;
    const bool clash =
        owner != nullptr && excludes_others(owner->kind) && excludes_others(claim.kind);
    if (clash || piece.kind == PieceKind::Clash) {
      if (!excludes_others(claim.kind)) continue;
      if (piece.kind != PieceKind::Clash) piece.what = name_of(*owner);
      piece.kind = PieceKind::Clash;
      piece.what += " and " + name_of(claim);
      piece.name = piece.what;
      continue;
    }
    owner = &claim;
    piece.kind = claim.kind;
  }
  if (owner != nullptr && piece.kind != PieceKind::Clash) {
    piece.name = owner->name;
    piece.what = owner->what;
  }
  return piece;
}

// Sweeps over the claims of a region in the order of addresses.
class Sweep {
 public:
  explicit Sweep(const std::vector<Part>& parts) : parts_(parts) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      events_.push_back({parts[i].where.base, i, true});
      events_.push_back({parts[i].where.end(), i, false});
    }
    std::sort(events_.begin(), events_.end(),
              [](const Event& a, const Event& b) { return a.at < b.at; });
  }

  // Passes what begins and ends at `address`: from here on the piece is another.
  void pass(std::uint64_t address) {
    passed_.clear();
    for (; next_ < events_.size() && events_[next_].at <= address; ++next_) {
      const Event& event = events_[next_];
      passed_.push_back(event.claim);
      const auto place = std::lower_bound(over_.begin(), over_.end(), event.claim);
      if (event.begins) {
        over_.insert(place, event.claim);
      } else {
        over_.erase(place);
      }
    }
  }
  [[nodiscard]] Piece piece(const Region& where) const { return piece_of(where, parts_, over_); }
  // Whether the last pass was over the border of a claim of this name.
  [[nodiscard]] bool is_border_of(const Piece& piece) const {
    return std::any_of(passed_.begin(), passed_.end(), [&](std::size_t index) {
      const Piece& claim = *parts_[index].claim;
      return claim.kind == piece.kind && claim.name == piece.name;
    });
  }

 private:
  struct Event {
    std::uint64_t at = 0;
    std::size_t claim = 0;
    bool begins = false;
  };

  const std::vector<Part>& parts_;
  std::vector<Event> events_;
  std::size_t next_ = 0;
  std::vector<std::size_t> over_;    // claims that cover the place, in their order
  std::vector<std::size_t> passed_;  // claims with a border at the place
};

}  // namespace

std::vector<Piece> lay(const Region& region, std::span<const Piece> claims) {
  std::vector<Part> inside;
  std::vector<std::uint64_t> borders{region.base, region.end()};
  for (const Piece& claim : claims) {
    const Region where = cut(region, claim.where);
    if (where.size == 0) continue;
    inside.push_back({where, &claim});
    borders.push_back(where.base);
    borders.push_back(where.end());
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  Sweep sweep(inside);
  std::vector<Piece> pieces;
  pieces.reserve(borders.size());
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    sweep.pass(borders[i]);
    Piece piece = sweep.piece({borders[i], borders[i + 1] - borders[i]});
    const bool same = !pieces.empty() && pieces.back().kind == piece.kind &&
                      pieces.back().name == piece.name && pieces.back().what == piece.what;
    // Two neighbours of one name are two: pages that were freed one after the other, say. Only
    // what has no border of its own there is one.
    if (same && !sweep.is_border_of(piece)) {
      pieces.back().where.size += piece.where.size;
    } else {
      pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

}  // namespace hobnail
