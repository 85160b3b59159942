// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The high half of a record's first byte is its kind, the low half the variant that is drawn most;
// variant 15: the field follows. Of each value the encoder writes the shortest form that stands
// alone, so that a unit keeps its meaning when what stands before it is cut out.
#include "properties/oracle/hob_list_input/list_bytes.h"

#include <algorithm>
#include <iterator>

#include "properties/oracle/hob_list_input/list_forms.h"
#include "properties/oracle/program/bytes/stream.h"

namespace hobnail::oracle {
namespace {

class Decoder {
 public:
  explicit Decoder(std::span<const std::uint8_t> bytes) : in_(bytes) {
    const std::size_t hobs = std::min(bytes.size() / 8, kListHobsMax);
    list_.hobs.reserve(hobs);
    offsets_.reserve(hobs + 1);
  }
  HobListInput decode();

 private:
  std::uint64_t address(std::uint64_t origin, std::uint64_t near) {
    const std::uint8_t form = in_.byte();
    if (form <= kPagesTop) return origin + (std::uint64_t{form} << 12);
    if (form <= kSpecialTop) return kSpecials[form - kPagesTop - 1];
    switch (form) {
      case kLiteral:
        return in_.number();
      case kBytesFrom:
        return origin + in_.signed_number();
      case kPagesFrom:
        return origin + (in_.signed_number() << 12);
      default:  // around `near`
        return near + ((std::uint64_t{form} - kNear) << 12);
    }
  }
  void range(ListedHob& hob) {
    hob.base = address(list_.bottom, previous_end_);
    hob.length = address(0, 0 - hob.base);
    previous_end_ = hob.base + hob.length;
  }
  std::uint32_t number32() { return static_cast<std::uint32_t>(in_.number()); }
  KnownGuid guid(std::uint8_t byte) {
    return byte < kKnownGuids ? static_cast<KnownGuid>(byte) : KnownGuid::None;
  }
  void body(ListedHob& hob) {
    hob.length = in_.number();
    const auto data = in_.bytes(std::min(in_.number(), kBodyBytesMax));
    hob.data.assign(data.begin(), data.end());
    hob.length = std::clamp<std::uint64_t>(hob.length, hob.data.size(), kBodyBytesMax);
  }
  void hob(HobKind kind, unsigned variant);
  void resource(ListedHob& hob, unsigned variant);
  void bins(ListedHob& hob, unsigned variant);
  void patch(std::uint64_t offset, unsigned variant);

  ByteReader in_;
  HobListInput list_;
  std::uint64_t previous_end_ = 0;
  std::vector<std::uint64_t> offsets_{kFirstHobOffset};  // of each HOB, and of the next
};

void Decoder::resource(ListedHob& hob, unsigned variant) {
  if (variant == kFollows) {
    const std::uint64_t type = in_.number();
    hob.type = static_cast<std::uint32_t>(type);
    hob.attribute = number32();
    hob.name = guid(in_.byte());
    hob.second = (type & kSecondVersion) != 0;
    if (hob.second) hob.memory_attribute = in_.number();
  } else {
    const ResourceForm& form = kResourceForms[variant];
    hob.type = form.type;
    hob.attribute = form.attribute;
    hob.name = form.owner;
  }
  range(hob);
}

void Decoder::bins(ListedHob& hob, unsigned variant) {
  const std::uint64_t count = variant == kFollows ? in_.number() : variant;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count, kBinsMax); ++i) {
    const std::uint32_t type = number32();
    hob.bins.push_back({type, number32()});
  }
}

void Decoder::hob(HobKind kind, unsigned variant) {
  ListedHob hob;
  hob.kind = kind;
  switch (kind) {
    case HobKind::Resource:
      resource(hob, variant);
      break;
    case HobKind::Allocation:
    case HobKind::Module:
      hob.type = variant == kFollows ? number32() : variant;
      if (kind == HobKind::Allocation) hob.name = guid(in_.byte());
      range(hob);
      break;
    case HobKind::Cpu:
      hob.type = variant == kFollows ? in_.byte() : kCpuBits[variant];
      break;
    case HobKind::Bins:
      bins(hob, variant);
      break;
    case HobKind::Guid:
      hob.name = guid(static_cast<std::uint8_t>(variant));
      body(hob);
      break;
    case HobKind::Raw:
      hob.type = variant == kFollows ? number32() & 0xFFFF : kRawTypes[variant];
      body(hob);
      break;
    case HobKind::Pool:
    case HobKind::Unused:
      if (variant == kFollows) body(hob);
      hob.length = variant == kFollows ? hob.length : 8 * variant;
      break;
    default:
      range(hob);
  }
  offsets_.push_back(offsets_.back() + length_of(hob));
  list_.hobs.push_back(std::move(hob));
}

void Decoder::patch(std::uint64_t offset, unsigned variant) {
  const std::uint64_t count = variant == kFollows ? in_.number() : variant + 1;
  const auto bytes = in_.bytes(count);
  if (bytes.empty() || list_.patches.size() == kListPatchesMax) return;
  list_.patches.push_back(
      {static_cast<std::uint32_t>(std::min<std::uint64_t>(offset, kListBytesMax)),
       {bytes.begin(), bytes.end()}});
}

HobListInput Decoder::decode() {
  (void)in_.byte();  // the version: one so far
  list_.granularity_shift = 12 + std::min<unsigned>(in_.byte(), 18);
  list_.bottom = address(kOrigin, 0);
  list_.base = address(list_.bottom, list_.bottom);
  list_.free_top = address(list_.bottom, list_.base);
  list_.top = address(list_.bottom, list_.free_top);
  while (!in_.at_end() && list_.hobs.size() < kListHobsMax) {
    const std::uint8_t head = in_.byte();
    const unsigned kind = head >> 4;
    const unsigned variant = head & 15;
    if (kind < kHobKinds) {
      hob(static_cast<HobKind>(kind), variant);
    } else if (kind == kPatch) {
      patch(in_.number(), variant);
    } else if (kind == kPatchOfHob) {
      const std::uint64_t start = offsets_[in_.byte() % offsets_.size()];
      patch(start + in_.byte(), variant);
    } else {
      const std::uint64_t give =
          variant == kFollows ? in_.signed_number() : std::uint64_t{variant} - 8;
      list_.give = static_cast<std::int32_t>(
          std::clamp<std::int64_t>(static_cast<std::int64_t>(give), -kGiveMax, kGiveMax));
    }
  }
  return std::move(list_);
}

// --- encoding
// -------------------------------------------------------------------------------------

class Encoder {
 public:
  std::vector<std::uint8_t> encode(const HobListInput& list);

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
        return !hob.second && each.type == hob.type && each.attribute == hob.attribute &&
               each.owner == hob.name;
      });
  const auto variant = static_cast<unsigned>(form - std::begin(kResourceForms));
  head(HobKind::Resource, variant);
  if (variant == kFollows) {
    out_.number(hob.type | (hob.second ? kSecondVersion : 0));
    out_.number(hob.attribute);
    guid(hob.name);
    if (hob.second) out_.number(hob.memory_attribute);
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

std::vector<std::uint8_t> Encoder::encode(const HobListInput& list) {
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

HobListInput decode_hobs(std::span<const std::uint8_t> bytes) { return Decoder(bytes).decode(); }

std::vector<std::uint8_t> encode_hobs(const HobListInput& list) { return Encoder().encode(list); }

}  // namespace hobnail::oracle
