// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// ListClaims: what the HOBs of a list claim, for a list that check_readable has nothing against,
// whatever they contradict. Read from the bytes alone: what protects is rounded outward and what
// offers inward, and nothing lies beyond the processor (docs/pei-semantics.md 4.3, 4.5).
//
// Invariant: counted in pages, so that no sum wraps.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/oracle/dxe/reference_map.h"
#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail::oracle {

// `granularity`: of runtime memory, bytes, a power of two.
[[nodiscard]] ReferenceMap reference_map(const ReferenceList& list, std::uint64_t granularity);

// True for a resource descriptor of the first or the second version, which begin alike.
[[nodiscard]] bool is_resource(const ReferenceHob& hob);
// True for a resource that memory can be taken from at once, and is not for bins. One in which the
// list itself began is not for bins, whoever owns it.
[[nodiscard]] bool is_usable_memory(const ReferenceList& list, const ReferenceHob& hob);
// True for system memory that is present, initialized and tested, and not persistent.
[[nodiscard]] bool is_tested(const ReferenceList& list, const ReferenceHob& hob);
// True for a HOB that is owned by the MemoryTypeInformation GUID.
[[nodiscard]] bool is_for_bins(const ReferenceList& list, const ReferenceHob& hob);

// The bins of the list's table, by type and bytes, in its order; each a multiple of `granularity`.
struct ReferenceBin {
  std::uint32_t type = 0;
  std::uint64_t bytes = 0;
};
[[nodiscard]] std::vector<ReferenceBin> reference_bins(const ReferenceList& list,
                                                       std::uint64_t granularity);
// What they take together; 0 without a table that makes sense.
[[nodiscard]] std::uint64_t bin_bytes(const ReferenceList& list, std::uint64_t granularity);

// What PI calls a resource of this type and these attributes; nothing when no map shows it.
[[nodiscard]] std::optional<MemoryClaim::Kind> kind_of_resource(std::uint64_t type,
                                                                std::uint64_t attribute);

}  // namespace hobnail::oracle
