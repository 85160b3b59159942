// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HostileList -> bytes: of each value the shortest form that says it alone, so that a unit keeps
// its meaning when what stands before it is cut out.
#include <algorithm>
#include <iterator>

#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_forms.h"
#include "properties/oracle/program/bytes/stream.h"

namespace pei::oracle {
namespace {

class Encoder {
 public:
  std::vector<std::uint8_t> encode(const HostileList& list);

 private:
  void address(std::uint64_t value, std::uint64_t origin);
  void head(HobKind kind, unsigned variant) { head(static_cast<unsigned>(kind), variant); }
  void head(unsigned kind, unsigned variant) {
    out_.byte(static_cast<std::uint8_t>(kind << 4 | variant));
  }
  void range(const ListedHob& hob) {
    address(hob.base, bottom_);
    address(hob.length, 0);
  }
  void guid(KnownGuid name) { out_.byte(static_cast<std::uint8_t>(name)); }
  void body(const ListedHob& hob) {
    out_.number(hob.length);
    out_.number(hob.data.size());
    out_.bytes(hob.data);
  }
  void hob(const ListedHob& hob);
  void resource(const ListedHob& hob);
  void bins(const ListedHob& hob);

  ByteWriter out_;
  std::uint64_t bottom_ = 0;
};

// The place of `value` in a table of variants, or kFollows.
template <typename Table, typename Value>
unsigned variant_of(const Table& table, Value value) {
  const auto found = std::find(std::begin(table), std::end(table), value);
  return static_cast<unsigned>(found - std::begin(table));
}

void Encoder::address(std::uint64_t value, std::uint64_t origin) {
  const std::uint64_t distance = value - origin;
  const bool whole = distance % 0x1000 == 0;
  if (whole && distance >> 12 <= kPagesTop) {
    return out_.byte(static_cast<std::uint8_t>(distance >> 12));
  }
  const auto special = std::find(std::begin(kSpecials), std::end(kSpecials), value);
  if (special != std::end(kSpecials)) {
    return out_.byte(static_cast<std::uint8_t>(kPagesTop + 1 + (special - std::begin(kSpecials))));
  }
  constexpr std::uint64_t kClose = std::uint64_t{1} << 28;
  const bool close = distance < kClose || 0 - distance < kClose;
  if (!close) {
    out_.byte(kLiteral);
    return out_.number(value);
  }
  out_.byte(whole ? kPagesFrom : kBytesFrom);
  // An arithmetic shift: pages below the origin are negative ones.
  out_.signed_number(whole ? static_cast<std::uint64_t>(static_cast<std::int64_t>(distance) >> 12)
                           : distance);
}

void Encoder::resource(const ListedHob& hob) {
  const auto form =
      std::find_if(std::begin(kResourceForms), std::end(kResourceForms), [&](const auto& each) {
        return each.type == hob.type && each.attribute == hob.attribute && each.owner == hob.name;
      });
  const auto variant = static_cast<unsigned>(form - std::begin(kResourceForms));
  head(HobKind::Resource, variant);
  if (variant == kFollows) {
    out_.number(hob.type);
    out_.number(hob.attribute);
    guid(hob.name);
  }
  range(hob);
}

void Encoder::bins(const ListedHob& hob) {
  const std::size_t count = std::min(hob.bins.size(), kBinsMax);
  head(HobKind::Bins, count < kFollows ? static_cast<unsigned>(count) : kFollows);
  if (count >= kFollows) out_.number(count);
  for (std::size_t i = 0; i < count; ++i) {
    out_.number(hob.bins[i].type);
    out_.number(hob.bins[i].pages);
  }
}

void Encoder::hob(const ListedHob& hob) {
  switch (hob.kind) {
    case HobKind::Resource:
      return resource(hob);
    case HobKind::Allocation:
    case HobKind::Module:
      head(hob.kind, std::min<std::uint32_t>(hob.type, kFollows));
      if (hob.type >= kFollows) out_.number(hob.type);
      if (hob.kind == HobKind::Allocation) guid(hob.name);
      return range(hob);
    case HobKind::Cpu: {
      const unsigned variant = variant_of(kCpuBits, hob.type);
      head(hob.kind, variant);
      if (variant == kFollows) out_.byte(static_cast<std::uint8_t>(hob.type));
      return;
    }
    case HobKind::Bins:
      return bins(hob);
    case HobKind::Guid:
      head(hob.kind, static_cast<unsigned>(hob.name));
      return body(hob);
    case HobKind::Raw: {
      const unsigned variant = variant_of(kRawTypes, hob.type);
      head(hob.kind, variant);
      if (variant == kFollows) out_.number(hob.type);
      return body(hob);
    }
    case HobKind::Pool:
    case HobKind::Unused: {
      const bool plain = hob.data.empty() && hob.length % 8 == 0 && hob.length / 8 < kFollows;
      head(hob.kind, plain ? static_cast<unsigned>(hob.length / 8) : kFollows);
      if (!plain) body(hob);
      return;
    }
    default:
      head(hob.kind, 0);
      return range(hob);
  }
}

std::vector<std::uint8_t> Encoder::encode(const HostileList& list) {
  out_.byte(1);
  out_.byte(static_cast<std::uint8_t>(list.granularity_shift - 12));
  bottom_ = list.bottom;
  address(list.bottom, kOrigin);
  for (const std::uint64_t each : {list.base, list.free_top, list.top}) address(each, bottom_);
  for (const ListedHob& each : list.hobs) hob(each);
  for (const ListPatch& each : list.patches) {
    const std::size_t count = each.bytes.size();
    head(kPatch, count <= kFollows ? static_cast<unsigned>(count - 1) : kFollows);
    out_.number(each.offset);
    if (count > kFollows) out_.number(count);
    out_.bytes(each.bytes);
  }
  if (list.give != 0) {
    const bool small = list.give >= -8 && list.give < 7;
    head(kGive, small ? static_cast<unsigned>(list.give + 8) : kFollows);
    if (!small) out_.signed_number(static_cast<std::uint64_t>(std::int64_t{list.give}));
  }
  return out_.take();
}

}  // namespace

std::vector<std::uint8_t> encode_hobs(const HostileList& list) { return Encoder().encode(list); }

}  // namespace pei::oracle
