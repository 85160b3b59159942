// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Ownership: what a PEIM owns is closed to the target, but for windows that are declared.
//
//   between calls   [p0.pages####][b0.pool####]           # closed: pages, and pools to their
//                                                         last granule
//   CopyMem         [p0.##[to]##][b0.#[from]##] gap#      two windows; free memory within 64 KiB
//                                                         of them is closed too: closing all of
//                                                         it is slow
//   FreePages       [p0.####][range][p0.##]               open: the core may take it back
//   the migration                                         temporary RAM is open
//
// HOBs stay open: whoever walks the list reads them. What is written there is seen by comparing the
// list, byte by byte.
//
// Invariant: outside of Windows, OpenPages and a migration, every live block of pages or of a pool
// is closed. Only AddressSanitizer can close bytes: in other builds these functions do nothing.
#pragma once

#include <array>

#include "properties/oracle/boot/boot.h"

namespace hobnail::oracle {

// `block` has an owner from now on.
void close_block(Board& board, const Allocation& block);

// While it lives, a service may touch these two ranges, and nothing else that is not its own. The
// ranges lie in `a` and `b`, which close again.
class Windows {
 public:
  Windows(Boot& boot, const Allocation& a, const Region& in_a, const Allocation& b,
          const Region& in_b);
  ~Windows();
  Windows(const Windows&) = delete;
  Windows& operator=(const Windows&) = delete;

 private:
  void each_free_range_near(const Region& window, void (Board::*what)(const Region&)) const;

  Boot& boot_;
  const Allocation& a_;
  const Allocation& b_;
  const std::array<Region, 2> windows_;
};

// While it lives, a service may touch `range` of live pages; those that live then close again.
class OpenPages {
 public:
  OpenPages(Boot& boot, const Region& range);
  ~OpenPages();
  OpenPages(const OpenPages&) = delete;
  OpenPages& operator=(const OpenPages&) = delete;

 private:
  Boot& boot_;
  const Region range_;
};

// All that the migration copies is open; and closed again, where it is then.
void open_temporary_blocks(Boot& boot);
void close_all_blocks(Boot& boot);

// DXE may use pools for its own.
void open_pools(Boot& boot);

}  // namespace hobnail::oracle
