// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The TemporaryRamSupport PPI: the platform moves temporary RAM, because only it can (for example
// cache that becomes cache again). docs/pei-semantics.md 3.4.
//
//   temporary RAM       | stack | .. | heap |        or        | heap | .. | stack |
//                           platform copies, and swaps the halves in the second case
//   permanent memory    | ... new stack, old stack's image | heap's image ...
//                                            TopOfNewStack ^
//
// Invariant: the core does not trust the platform's copy. It searches for both images
// before anything relies on them, and temporary RAM is not touched once the platform has run:
// it may be gone.
#pragma once

#include "core/pei_core_instance.h"

namespace pei {

struct Images {
  UINT64 instance;   // address of the image of the PeiCoreInstance
  UINT64 heap_base;  // of the PHIT, 8-aligned
};

// Calls the PPI for a new stack that ends at `new_stack_top`. Nothing when it reports an error, or
// when the old stack does not end at the top of the new one, or when the heap lies neither directly
// above nor where a plain copy of all temporary RAM puts it.
[[nodiscard]] Maybe<Images> let_platform_copy(PeiCoreInstance& instance, UINT64 new_stack_top);

}  // namespace pei
