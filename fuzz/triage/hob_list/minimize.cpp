// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The order of the steps, and the deletion of HOBs and patches.
#include "fuzz/triage/hob_list/minimize.h"

#include <algorithm>

#include "fuzz/triage/boot/chunk_order.h"
#include "fuzz/triage/hob_list/bucket.h"
#include "fuzz/triage/hob_list/edit.h"
#include "fuzz/triage/hob_list/search.h"
#include "properties/oracle/hob_list_input/list_bytes.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::ListPatch;

constexpr std::size_t kHobPairsUpTo = 12;  // HOBs; more pairs than that cost more than they bring

bool drop(ListSearch& search, const std::vector<std::size_t>& hobs) {
  std::vector<bool> dropped(search.best().hobs.size());
  for (const std::size_t hob : hobs) dropped[hob] = true;
  return search.attempt(without(search.best(), dropped));
}

bool drop_chunks(ListSearch& search, std::size_t size) {
  bool changed = false;
  for (const std::size_t chunk : chunk_order(search.best().hobs.size(), size, search.seed())) {
    const std::size_t count = search.best().hobs.size();
    std::vector<std::size_t> hobs;
    for (std::size_t i = chunk * size; i < std::min(count, (chunk + 1) * size); ++i) {
      hobs.push_back(i);
    }
    if (!hobs.empty() && drop(search, hobs)) changed = true;
  }
  return changed;
}

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

}  // namespace

ListSearch::ListSearch(ListExecutor& executor, const HobListInput& list, const Execution& first,
                       const MinimizeOptions& options)
    : executor_(executor),
      options_(options),
      wanted_(signature_of(list, first)),
      best_(list),
      execution_(first) {
  const std::vector<std::uint8_t> bytes = oracle::encode_hobs(best_);
  tried_.insert(std::string(bytes.begin(), bytes.end()));
}

bool ListSearch::attempt(const HobListInput& candidate) {
  if (spent()) return false;
  HobListInput list = canonical(candidate);
  const std::vector<std::uint8_t> bytes = oracle::encode_hobs(list);
  if (!tried_.insert(std::string(bytes.begin(), bytes.end())).second) return false;
  ++runs_;
  Execution execution = executor_.play(list);
  const bool same = execution.found() && wanted_.covers(signature_of(list, execution));
  if (same) {
    best_ = std::move(list);
    execution_ = std::move(execution);
  }
  if (options_.progress) options_.progress(runs_, best_.hobs.size());
  return same;
}

bool drop_hobs(ListSearch& search) {
  bool changed = false;
  for (std::size_t size = std::max<std::size_t>(search.best().hobs.size() / 2, 1);; size /= 2) {
    changed = drop_chunks(search, size) || changed;
    if (size == 1) break;
  }
  while (drop_chunks(search, 1)) changed = true;
  return changed;
}

bool drop_pairs_of_hobs(ListSearch& search) {
  if (search.best().hobs.size() > kHobPairsUpTo) return false;
  bool changed = false;
  for (std::size_t second = search.best().hobs.size(); second-- > 1;) {
    for (std::size_t first = second; first-- > 0;) {
      if (second >= search.best().hobs.size() || !drop(search, {first, second})) continue;
      changed = true;
      break;
    }
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

MinimizedList minimize(ListExecutor& executor, const HobListInput& list, const Execution& first,
                       const MinimizeOptions& options) {
  ListSearch search(executor, canonical(list), first, options);
  plain_memory(search);
  for (bool changed = true; changed && !search.spent();) {
    changed = drop_hobs(search);
    changed = drop_patches(search) || changed;
    changed = plain_memory(search) || changed;
    changed = plain_fields(search) || changed;
    if (!changed) changed = drop_pairs_of_hobs(search);
  }
  return {search.best(), search.execution(), search.runs(), search.spent()};
}

}  // namespace hobnail
