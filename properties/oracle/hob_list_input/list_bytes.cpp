// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Bytes -> HostileList. The high half of a record's first byte is its kind, the low half the
// variant that is drawn most; variant 15 says that the field follows.
#include "properties/oracle/hob_list_input/list_bytes.h"

#include <algorithm>

#include "properties/oracle/hob_list_input/list_forms.h"
#include "properties/oracle/program/bytes/stream.h"

namespace pei::oracle {
namespace {

class Decoder {
 public:
  explicit Decoder(std::span<const std::uint8_t> bytes) : in_(bytes) {}
  HostileList decode();

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
  HostileList list_;
  std::uint64_t previous_end_ = 0;
  std::vector<std::uint64_t> offsets_{kFirstHobOffset};  // of each HOB, and of the next
};

void Decoder::resource(ListedHob& hob, unsigned variant) {
  if (variant == kFollows) {
    hob.type = number32();
    hob.attribute = number32();
    hob.name = guid(in_.byte());
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

HostileList Decoder::decode() {
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

}  // namespace

HostileList decode_hobs(std::span<const std::uint8_t> bytes) { return Decoder(bytes).decode(); }

}  // namespace pei::oracle
