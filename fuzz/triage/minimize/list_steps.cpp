// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The steps of HOB lists: the deletion of HOBs and patches.
#include "fuzz/triage/minimize/list_steps.h"

#include <algorithm>

#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/minimize/list_values.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_of_dump.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::ListPatch;

// What patches say may be what fields could.
bool fields_for_patches(ListSearch& search) {
  const HobListInput& best = search.best();
  if (best.patches.empty() && best.give == 0) return false;
  HobListInput same = oracle::list_of_dump(bytes_of(best));
  same.granularity_shift = best.granularity_shift;
  const auto cost = [](const HobListInput& list) {
    std::size_t bytes = list.give == 0 ? 0 : 1;
    for (const ListPatch& patch : list.patches) bytes += patch.bytes.size() + 1;
    return bytes;
  };
  return cost(same) < cost(best) && search.attempt(same);
}

bool without_patch(ListSearch& search, std::size_t index) {
  HobListInput candidate = search.best();
  candidate.patches.erase(candidate.patches.begin() + static_cast<std::ptrdiff_t>(index));
  return search.attempt(candidate);
}

// Without the first bytes of a patch, or the last ones.
bool shorten_patch(ListSearch& search, std::size_t index, std::size_t bytes, bool front) {
  HobListInput candidate = search.best();
  ListPatch& patch = candidate.patches[index];
  if (bytes >= patch.bytes.size()) return false;
  const auto count = static_cast<std::ptrdiff_t>(bytes);
  if (front) {
    patch.offset += static_cast<std::uint32_t>(bytes);
    patch.bytes.erase(patch.bytes.begin(), patch.bytes.begin() + count);
  } else {
    patch.bytes.erase(patch.bytes.end() - count, patch.bytes.end());
  }
  return search.attempt(candidate);
}

bool shorten_patches(ListSearch& search) {
  bool changed = false;
  for (std::size_t i = search.best().patches.size(); i-- > 0;) {
    for (std::size_t bytes = search.best().patches[i].bytes.size() / 2; bytes != 0;) {
      const bool shorter =
          shorten_patch(search, i, bytes, false) || shorten_patch(search, i, bytes, true);
      changed = changed || shorter;
      if (!shorter) bytes /= 2;
    }
  }
  return changed;
}

bool plain_give(ListSearch& search) {
  bool changed = false;
  for (const std::int32_t give : {0, -8, -1, 1, 8}) {
    if (search.best().give == give) break;
    HobListInput candidate = search.best();
    candidate.give = give;
    changed = search.attempt(candidate) || changed;
    if (search.best().give == give) break;
  }
  return changed;
}

bool drop_patches(ListSearch& search) {
  bool changed = fields_for_patches(search);
  for (std::size_t i = search.best().patches.size(); i-- > 0;) {
    changed = without_patch(search, i) || changed;
  }
  changed = plain_give(search) || changed;
  return shorten_patches(search) || changed;
}

}  // namespace

std::size_t count_of(const HobListInput& list) { return list.hobs.size(); }

bool drop(ListSearch& search, const std::vector<std::size_t>& hobs) {
  std::vector<bool> dropped(search.best().hobs.size());
  for (const std::size_t hob : hobs) {
    if (hob >= dropped.size()) return false;
    dropped[hob] = true;
  }
  return search.attempt(without(search.best(), dropped));
}

bool drop_run(ListSearch& search, const std::vector<std::size_t>& hobs, std::size_t /*size*/) {
  return drop(search, hobs);
}

void begin_search(ListSearch& search) {
  search.forbid(search.best());
  plain_memory(search);
}

bool search_round(ListSearch& search) {
  bool changed = drop_runs(search);
  changed = drop_patches(search) || changed;
  changed = plain_memory(search) || changed;
  return plain_fields(search) || changed;
}

}  // namespace hobnail
