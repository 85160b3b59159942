// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// System calls.
#include "properties/oracle/board/page_access.h"

#include <sys/mman.h>

namespace hobnail::oracle {

// mprotect() changes the page table entry of each page that was ever touched, and the next boot
// touches few of them. MADV_DONTNEED drops the entries. A page without one costs a fault, so only
// some closings drop them.
void set_access(const Region& region, int access) {
  constexpr unsigned kForgetOneIn = 8;
  static unsigned closings = 0;
  const Region pages = pages_touched_by(region);
  if (pages.size == 0) return;
  void* const first = reinterpret_cast<void*>(static_cast<std::uintptr_t>(pages.base));
  if (access == PROT_NONE && closings++ % kForgetOneIn == 0) {
    madvise(first, sized(pages.size), MADV_DONTNEED);
  }
  mprotect(first, sized(pages.size), access);
}

}  // namespace hobnail::oracle
