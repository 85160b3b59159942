// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Resource descriptors against each other: every pair that shares memory, whatever lies between
// them in the order of addresses.
#include "fuzz/hob_dump/check_resources.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/hob_dump/resources.h"

namespace hobnail {
namespace {

using oracle::HobView;
using oracle::kPage;

// Of thousands of resources over each other the number is reported, not each.
constexpr std::size_t kPairsMax = 4096;

void check_resource(const ResourceHob& res, const Say& say) {
  if (res.range.size == 0) {
    say(Severity::Finding, "RES-EMPTY", res.index, "a resource of 0 bytes");
  } else if (res.wraps()) {
    say(Severity::Finding, "RES-WRAP", res.index, "the resource leaves the address space");
  } else if (!res.is_io() && (res.range.base % kPage != 0 || res.range.size % kPage != 0)) {
    say(Severity::Note, "RES-ALIGN", res.index,
        fmt::format("{} is not made of whole pages", range_text(res.range.base, res.range.size)));
  }
  if (res.type > pei::EFI_RESOURCE_MEMORY_UNACCEPTED) {
    say(Severity::Finding, "RES-TYPE", res.index,
        fmt::format("resource type {:#x} is not assigned", res.type));
  }
}

void check_pair(const ResourceHob& low, const ResourceHob& high, const Say& say) {
  const ResourceHob& later = high.index > low.index ? high : low;
  const ResourceHob& earlier = high.index > low.index ? low : high;
  if (are_both_versions(low, high)) {
    if (low.attribute == high.attribute) return;
    return say(Severity::Note, "RES-VERSIONS", later.index,
               fmt::format("describes the range of HOB {} in the other version, with other "
                           "attributes: {} and {}",
                           earlier.index, resource_attribute_names(earlier.attribute),
                           resource_attribute_names(later.attribute)));
  }
  if (is_home_of_bins(low, high) || is_home_of_bins(high, low)) return;
  say(Severity::Finding, "RES-OVERLAP", high.index,
      fmt::format("{} {} overlaps HOB {}, {} {}", resource_type_name(high.type),
                  range_text(high.range.base, high.range.size), low.index,
                  resource_type_name(low.type), range_text(low.range.base, low.range.size)));
}

bool is_before(const ResourceHob& a, const ResourceHob& b) {
  if (a.is_io() != b.is_io()) return b.is_io();
  if (a.range.base != b.range.base) return a.range.base < b.range.base;
  if (a.range.size != b.range.size) return a.range.size > b.range.size;
  return a.index < b.index;
}

}  // namespace

void check_resources(const HobView& view, const Say& say) {
  std::vector<ResourceHob> sound;
  for (const ResourceHob& res : resources_of(view)) {
    check_resource(res, say);
    if (res.range.size != 0 && !res.wraps()) sound.push_back(res);
  }
  std::sort(sound.begin(), sound.end(), is_before);
  std::vector<const ResourceHob*> open;  // those that reach over the present address
  std::size_t pairs = 0;
  for (const ResourceHob& res : sound) {
    std::erase_if(open, [&](const ResourceHob* each) {
      return each->is_io() != res.is_io() || each->range.end() - 1 < res.range.base;
    });
    for (const ResourceHob* const each : open) {
      if (++pairs > kPairsMax) {
        return say(Severity::Finding, "RES-OVERLAP", res.index,
                   "so many resources overlap each other that the rest was not compared");
      }
      check_pair(*each, res, say);
    }
    open.push_back(&res);
  }
}

}  // namespace hobnail
