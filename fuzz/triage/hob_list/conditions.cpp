// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// One look at each HOB, then one at each two.
#include "fuzz/triage/hob_list/conditions.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/dxe/reference_start.h"
#include "properties/oracle/hob_list/reference_reader.h"

namespace hobnail {
namespace {

using oracle::HobListInput;
using oracle::ListError;
using oracle::MemoryClaim;
using oracle::ReferenceHob;
using oracle::ReferenceList;
using oracle::ReferenceMap;

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t kAllocation = 2;
constexpr std::uint32_t kResource = 3;
constexpr std::uint32_t kGuid = 4;
std::string_view end_of_chain(const ReferenceList& list) {
  if (list.ended()) return "";
  const std::size_t left = list.bytes().size() - list.stop();
  if (left == 0) return "no END";
  if (left < 8) return "no room for a header";
  const std::uint64_t length = list.number(list.stop() + 2, 2);
  if (length < 8) return length == 0 ? "HobLength 0" : "HobLength below a header";
  return length % 8 != 0 ? "HobLength off alignment" : "HobLength past the end";
}

// Of a list whose chain and PHIT are in order.
std::optional<ListError> check_start(const ReferenceList& list, std::uint64_t granularity) {
  ListError cannot_start;
  const ReferenceMap map = reference_map(list, granularity);
  if (reference_start(list, map, granularity, cannot_start)) return std::nullopt;
  return cannot_start;
}

// Words in the order in which they were first said, each once.
class Words {
 public:
  void say(bool holds, std::string_view word) {
    if (!holds || std::find(words_.begin(), words_.end(), word) != words_.end()) return;
    words_.emplace_back(word);
  }
  std::vector<std::string> take() { return std::move(words_); }

 private:
  std::vector<std::string> words_;
};

struct Range {
  std::uint64_t base = 0;
  std::uint64_t length = 0;
};

void say_range(Words& words, const ReferenceList& list, const Range& range,
               const std::string& who) {
  const bool wraps = range.length != 0 && range.length - 1 > ~range.base;
  words.say(range.length == 0, "empty " + who);
  words.say(range.base % oracle::kPage != 0 || range.length % oracle::kPage != 0,
            who + " off pages");
  words.say(wraps, who + " wraps");
  const std::uint64_t last = range.base + (range.length == 0 ? 0 : range.length - 1);
  words.say(!wraps && last / oracle::kPage >= list.pages_of_cpu(), who + " beyond the processor");
}

std::string_view kind_of_resource(std::uint64_t type, std::uint64_t attribute) {
  switch (type) {
    case 0:
      if ((attribute & 0x800000) != 0) return "persistent memory";
      if ((attribute & 7) == 7) return "";
      return (attribute & 7) == 3 || (attribute & 7) == 1 ? "untested memory"
                                                          : "memory that makes no sense";
    case 1:
    case 3:
      return "device";
    case 2:
    case 6:
      return "ports";
    case 4:
    case 5:
      return "reserved resource";
    case 7:
      return "unaccepted memory";
    default:
      return "unknown resource";
  }
}

void say_resource(Words& words, const ReferenceList& list, const ReferenceHob& hob) {
  const std::uint64_t attribute = list.number(hob.offset + 28, 4);
  const std::string_view kind = kind_of_resource(list.number(hob.offset + 24, 4), attribute);
  words.say(!kind.empty(), kind);
  words.say((attribute & 0x0a023c00) != 0, "memory attributes");
  words.say(is_for_bins(list, hob), "resource for bins");
  say_range(words, list, {list.number(hob.offset + 32, 8), list.number(hob.offset + 40, 8)},
            "resource");
}

// What becomes of memory of a type when the operating system runs.
std::string_view life_of(std::uint64_t type) {
  if (type >= 1 && type <= 4) return "";
  if (type == 5 || type == 6 || type == 13) return "runtime allocation";
  if (type == 7) return "freed allocation";
  if (type == 9) return "ACPI allocation";
  return type > 15 && type < 0x70000000 ? "allocation of no type" : "allocation that stays";
}

void say_allocation(Words& words, const ReferenceList& list, const ReferenceHob& hob) {
  const std::string_view life = life_of(list.number(hob.offset + 40, 4));
  words.say(true, "allocation");
  words.say(!life.empty(), life);
  say_range(words, list, {list.number(hob.offset + 24, 8), list.number(hob.offset + 32, 8)},
            "allocation");
}

bool is_of(const MemoryClaim& claim, MemoryClaim::Kind kind) { return claim.kind == kind; }

void say_overlaps(Words& words, const ReferenceMap& map) {
  const auto& all = map.claims();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!all[i].where.overlaps(all[j].where)) continue;
      using Kind = MemoryClaim::Kind;
      if (is_of(all[i], Kind::Bin) || is_of(all[j], Kind::Bin)) continue;
      const bool one = is_of(all[i], Kind::Allocation);
      const bool other = is_of(all[j], Kind::Allocation);
      words.say(one && other, "allocations overlap");
      words.say(!one && !other, "resources overlap");
    }
  }
}

void say_bins(Words& words, const ReferenceList& list, std::uint64_t granularity) {
  std::size_t homes = 0;
  bool table = false;
  for (const ReferenceHob& hob : list.hobs()) {
    homes += hob.type == kResource && is_for_bins(list, hob) ? 1 : 0;
    table = table || (hob.type == kGuid && is_for_bins(list, hob));
  }
  words.say(bin_bytes(list, granularity) != 0, "bins");
  words.say(table && reference_bins(list, granularity).empty(), "bins that make no sense");
  words.say(homes > 1, "two homes of bins");
}

std::vector<std::string> conditions_of_map(const ReferenceList& list, std::uint64_t granularity) {
  Words words;
  for (const ReferenceHob& hob : list.hobs()) {
    if (hob.type == kResource) say_resource(words, list, hob);
    if (hob.type == kAllocation) say_allocation(words, list, hob);
  }
  say_overlaps(words, reference_map(list, granularity));
  say_bins(words, list, granularity);
  words.say(granularity != oracle::kPage, "granules");
  std::vector<std::string> all = words.take();
  std::sort(all.begin(), all.end());
  return all;
}

std::uint64_t granularity_of(const HobListInput& list) {
  return std::uint64_t{1} << list.granularity_shift;
}

}  // namespace

bool must_be_refused(const HobListInput& list) {
  const Bytes bytes = oracle::bytes_of(list);
  const ReferenceList plain(bytes);
  return check_readable(plain) || check_start(plain, granularity_of(list));
}

std::vector<std::string> conditions_of_chain(const HobListInput& list) {
  const Bytes bytes = oracle::bytes_of(list);
  const std::string_view end = end_of_chain(ReferenceList(bytes));
  return end.empty() ? std::vector<std::string>() : std::vector<std::string>{std::string(end)};
}

std::vector<std::string> conditions_of_list(const HobListInput& list) {
  const Bytes bytes = oracle::bytes_of(list);
  const ReferenceList plain(bytes);
  if (const auto broken = check_readable(plain)) {
    std::vector<std::string> words = conditions_of_chain(list);
    words.emplace_back(broken->what);
    return words;
  }
  // What there is to start in is a matter of the map.
  std::vector<std::string> words = conditions_of_map(plain, granularity_of(list));
  if (const auto nowhere = check_start(plain, granularity_of(list))) {
    words.insert(words.begin(), std::string(nowhere->what));
  }
  return words;
}

}  // namespace hobnail
