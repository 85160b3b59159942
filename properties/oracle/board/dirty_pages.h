// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// DirtyPages: the parts of a memory that reset() restores, in eighths of a page.
//
//   page   [........|#.......|.......#|########]    # dirty: restored before the next boot
//
// Invariant: clean() restores every part that note() recorded since the last clean().
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "properties/oracle/region.h"

namespace hobnail::oracle {

class DirtyPages {
 public:
  // Of a memory of so many bytes, a multiple of 4 KiB. Nothing is dirty.
  void cover(std::uint64_t bytes);

  // Bytes of the memory, or none.
  void note(std::uint64_t offset, std::uint64_t bytes);

  [[nodiscard]] bool has(std::uint64_t offset) const {
    return (parts_[sized(offset / kPage)] >> offset % kPage / kPart & 1) != 0;
  }

  // Those with a dirty part, in no order.
  [[nodiscard]] const std::vector<std::uint32_t>& pages() const { return pages_; }

  // Calls `visit(offset, bytes)` for each part.
  template <typename Visit>
  void each_part(const Visit& visit) const {
    for (const std::uint32_t page : pages_) each_part_of(page, visit);
  }

  // The same; then nothing is dirty.
  template <typename Restore>
  void clean(const Restore& restore) {
    each_part(restore);
    for (const std::uint32_t page : pages_) parts_[page] = 0;
    pages_.clear();
  }

 private:
  static constexpr std::size_t kParts = 8;  // a bit each
  static constexpr std::size_t kPart = kPage / kParts;
  static constexpr std::uint8_t kWhole = 0xff;

  [[nodiscard]] static std::uint8_t parts_of(std::uint64_t from, std::uint64_t to);

  template <typename Visit>
  void each_part_of(std::size_t page, const Visit& visit) const {
    const std::size_t offset = page * sized(kPage);
    if (parts_[page] == kWhole) return visit(offset, sized(kPage));
    for (std::size_t part = 0; part < kParts; ++part) {
      if ((parts_[page] >> part & 1) != 0) visit(offset + part * kPart, kPart);
    }
  }

  std::vector<std::uint8_t> parts_;   // by page, a bit for each part of it
  std::vector<std::uint32_t> pages_;  // those with a bit
};

}  // namespace hobnail::oracle
