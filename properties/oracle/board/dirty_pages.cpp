// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Recording of writes, page by page.
#include "properties/oracle/board/dirty_pages.h"

#include <algorithm>

namespace hobnail::oracle {

void DirtyPages::cover(std::uint64_t bytes) {
  parts_.assign(sized(bytes / kPage), 0);
  pages_.clear();
}

void DirtyPages::note(std::uint64_t offset, std::uint64_t bytes) {
  const std::uint64_t end = offset + bytes;
  for (std::uint64_t at = offset; at < end; at = page_down(at) + kPage) {
    const auto page = static_cast<std::uint32_t>(at / kPage);
    if (parts_[page] == 0) pages_.push_back(page);
    parts_[page] |= parts_of(at % kPage, std::min(end - page_down(at), kPage));
  }
}

// The parts that [from, to) of a page touches. The range is not empty.
std::uint8_t DirtyPages::parts_of(std::uint64_t from, std::uint64_t to) {
  const unsigned below = (1u << from / kPart) - 1;
  const unsigned up_to = (2u << (to - 1) / kPart) - 1;
  return static_cast<std::uint8_t>(up_to & ~below);
}

}  // namespace hobnail::oracle
