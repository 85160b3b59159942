// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// sort_claims: a heap in the array itself, the largest at its front. No recursion, no second array.
//
//   at(0) ---- children of i: 2i+1, 2i+2 ---- | sorted, largest last |
#include "core/dxe/claim_order.h"

namespace pei::dxe {
namespace {

bool comes_before(const Claim& left, const Claim& right) {
  if (left.base != right.base) return left.base < right.base;
  return left.offset < right.offset;
}

void swap_claims(Claim& left, Claim& right) {
  const Claim kept = left;
  left = right;
  right = kept;
}

// Lets the claim at `index` sink until none of its children, below `count`, is larger.
void sink(const Claims& claims, UINTN index, UINTN count) {
  for (UINTN child = 2 * index + 1; child < count; child = 2 * index + 1) {
    const bool has_sibling = child + 1 < count;
    if (has_sibling && comes_before(claims.at(child), claims.at(child + 1))) child += 1;
    if (!comes_before(claims.at(index), claims.at(child))) return;
    swap_claims(claims.at(index), claims.at(child));
    index = child;
  }
}

}  // namespace

void sort_claims(const Claims& claims) {
  const UINTN count = claims.count();
  for (UINTN i = count / 2; i > 0; --i) sink(claims, i - 1, count);
  for (UINTN i = count; i > 1; --i) {
    swap_claims(claims.at(0), claims.at(i - 1));
    sink(claims, 0, i - 1);
  }
}

}  // namespace pei::dxe
