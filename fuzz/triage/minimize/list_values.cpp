// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Fields of HOBs toward the plain: memory that is tested, whole pages, data of boot services, no
// name. Of two lists that show the same, the one that reads plainer stays.
#include "fuzz/triage/minimize/list_values.h"

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/triage/hob_list/edit.h"

namespace hobnail {
namespace {

using oracle::HobKind;
using oracle::HobListInput;
using oracle::KnownGuid;
using oracle::ListedHob;

constexpr std::uint64_t kPageMask = 0xFFF;

// From the plainest on. Around the memory of a plain list, which ends at 0x200000.
constexpr std::array<std::uint64_t, 4> kResourceLengths{0x300000, 0x100000, 0x1000, 0x2000};
constexpr std::array<std::uint64_t, 3> kLengths{0x1000, 0x2000, 0x10000};
constexpr std::array<std::uint32_t, 4> kMemoryTypes{4, 6, 0, 9};
constexpr std::array<std::uint32_t, 5> kBits{40, 32, 48, 22, 64};
constexpr std::array<std::uint64_t, 4> kBodies{0, 8, 16, 24};
constexpr std::array<std::uint32_t, 3> kPlainPages{1, 2, 16};

// Edits a copy of HOB `i`; true when it does as well.
template <typename Edit>
bool attempt_edit(ListSearch& search, std::size_t i, const Edit& edit) {
  if (i >= search.best().hobs.size()) return false;
  ListedHob hob = search.best().hobs[i];
  edit(hob);
  if (hob == search.best().hobs[i]) return false;
  return search.attempt(with_hob(search.best(), i, hob));
}

// The first of `plain` that will do, if it stands before what is there now.
template <typename Plain, typename Field>
bool plainer(ListSearch& search, std::size_t i, const Plain& plain, const Field& field) {
  ListedHob now = search.best().hobs[i];
  for (const auto value : plain) {
    if (field(now) == value) return false;
    if (attempt_edit(search, i, [&](ListedHob& hob) { field(hob) = value; })) return true;
  }
  return false;
}

auto type_of = [](ListedHob& hob) -> std::uint32_t& { return hob.type; };
auto base_of = [](ListedHob& hob) -> std::uint64_t& { return hob.base; };
auto bytes_of_range = [](ListedHob& hob) -> std::uint64_t& { return hob.length; };

// A place of its own for each HOB, for what does not overlap is plainer: allocations within the
// memory of a plain list, resources above it.
std::array<std::uint64_t, 5> plain_bases(bool resource, std::size_t i) {
  constexpr std::uint64_t kEdge = 0xfffffffffffff000;
  const std::uint64_t own = i % 0x80;
  if (resource) return {0x1000000 * (own + 1), 0x100000, 0x400000, 0, kEdge};
  return {0x300000 + 0x1000 * own, 0x300000, 0x150000, 0, kEdge};
}

// What a resource is: tested, untested, reserved, a device, persistent, unaccepted.
struct Form {
  std::uint32_t type, attribute;
};
constexpr std::array<Form, 6> kForms{{{0, 7}, {0, 3}, {5, 7}, {1, 7}, {0, 0x800007}, {7, 7}}};

// Whole pages; else half a page, whatever of one it was.
template <typename Field>
bool whole_pages(ListSearch& search, std::size_t i, const Field& field) {
  ListedHob hob = search.best().hobs[i];
  const std::uint64_t now = field(hob);
  if ((now & kPageMask) == 0) return false;
  const std::uint64_t down = now & ~kPageMask;
  for (const std::uint64_t value : {down, down + kPageMask + 1, down + 0x800}) {
    if (value == now || value == 0) continue;
    if (attempt_edit(search, i, [&](ListedHob& edited) { field(edited) = value; })) return true;
  }
  return false;
}

bool plain_range(ListSearch& search, std::size_t i) {
  const bool resource = search.best().hobs[i].kind == HobKind::Resource;
  bool changed = plainer(search, i, plain_bases(resource, i), base_of);
  changed = (resource ? plainer(search, i, kResourceLengths, bytes_of_range)
                      : plainer(search, i, kLengths, bytes_of_range)) ||
            changed;
  changed = whole_pages(search, i, base_of) || changed;
  return whole_pages(search, i, bytes_of_range) || changed;
}

bool plain_name(ListSearch& search, std::size_t i) {
  return attempt_edit(search, i, [](ListedHob& hob) { hob.name = KnownGuid::None; });
}

bool plain_form(ListSearch& search, std::size_t i) {
  const ListedHob now = search.best().hobs[i];
  for (const Form& form : kForms) {
    if (form.type == now.type && form.attribute == now.attribute) return false;
    const bool does = attempt_edit(search, i, [&](ListedHob& hob) {
      hob.type = form.type;
      hob.attribute = form.attribute;
    });
    if (does) return true;
  }
  // None of them: without what is no attribute of memory at least.
  return attempt_edit(search, i, [](ListedHob& hob) { hob.attribute = 7; });
}

bool plain_resource(ListSearch& search, std::size_t i) {
  bool changed = plain_form(search, i);
  changed = plain_name(search, i) || changed;
  changed = attempt_edit(search, i, [](ListedHob& hob) { hob.memory_attribute = 0; }) || changed;
  changed = attempt_edit(search, i,
                         [](ListedHob& hob) {
                           hob.second = false;
                           hob.memory_attribute = 0;
                         }) ||
            changed;
  return plain_range(search, i) || changed;
}

bool plain_allocation(ListSearch& search, std::size_t i) {
  bool changed = attempt_edit(search, i, [](ListedHob& hob) { hob.kind = HobKind::Allocation; });
  changed = plainer(search, i, kMemoryTypes, type_of) || changed;
  changed = plain_name(search, i) || changed;
  return plain_range(search, i) || changed;
}

bool plain_body(ListSearch& search, std::size_t i) {
  bool changed = attempt_edit(search, i, [](ListedHob& hob) { hob.data.clear(); });
  changed = plainer(search, i, kBodies, bytes_of_range) || changed;
  changed = plain_name(search, i) || changed;
  while (search.best().hobs[i].length > kBodies.back() &&
         attempt_edit(search, i, [](ListedHob& hob) {
           hob.length /= 2;
           if (hob.data.size() > hob.length) hob.data.resize(static_cast<std::size_t>(hob.length));
         })) {
    changed = true;
  }
  return changed;
}

bool plain_bins(ListSearch& search, std::size_t i) {
  bool changed = false;
  for (std::size_t entry = search.best().hobs[i].bins.size(); entry-- > 0;) {
    const auto at = static_cast<std::ptrdiff_t>(entry);
    changed =
        attempt_edit(search, i, [&](ListedHob& hob) { hob.bins.erase(hob.bins.begin() + at); }) ||
        changed;
  }
  for (std::size_t entry = 0; entry < search.best().hobs[i].bins.size(); ++entry) {
    const auto pages = [&](ListedHob& hob) -> std::uint32_t& { return hob.bins[entry].pages; };
    const auto type = [&](ListedHob& hob) -> std::uint32_t& { return hob.bins[entry].type; };
    if (search.best().hobs[i].bins[entry].type == 16) {
      changed = plainer(search, i, std::array<std::uint32_t, 1>{0}, pages) || changed;
      continue;
    }
    changed = plainer(search, i, kPlainPages, pages) || changed;
    changed = plainer(search, i, std::array<std::uint32_t, 2>{6, 0}, type) || changed;
  }
  return changed;
}

// A HOB that only has to be there may be one that says nothing.
bool plain_kind(ListSearch& search, std::size_t i) {
  const ListedHob& now = search.best().hobs[i];
  if (now.kind == HobKind::Pool) return false;
  ListedHob pool;
  pool.kind = HobKind::Pool;
  if (search.attempt(with_hob(search.best(), i, pool))) return true;
  pool.length = length_of(now) - 8;  // what is behind it stays where it is
  return search.attempt(with_hob(search.best(), i, pool));
}

bool plain_hob(ListSearch& search, std::size_t i) {
  if (plain_kind(search, i)) return true;
  switch (search.best().hobs[i].kind) {
    case HobKind::Resource:
      return plain_resource(search, i);
    case HobKind::Allocation:
    case HobKind::Module:
      return plain_allocation(search, i);
    case HobKind::Cpu:
      return plainer(search, i, kBits, type_of);
    case HobKind::Bins:
      return plain_bins(search, i);
    case HobKind::Fv:
    case HobKind::Fv2:
    case HobKind::Fv3:
    case HobKind::Capsule:
      return plain_range(search, i);
    case HobKind::Guid:
    case HobKind::Pool:
    case HobKind::Unused:
    case HobKind::Raw:
      return plain_body(search, i);
  }
  return false;
}

}  // namespace

// All at once, then one after the other.
bool plain_memory(ListSearch& search) {
  const HobListInput plain;
  HobListInput candidate = search.best();
  candidate.bottom = plain.bottom;
  candidate.base = plain.base;
  candidate.free_top = plain.free_top;
  candidate.top = plain.top;
  candidate.granularity_shift = plain.granularity_shift;
  bool changed = search.attempt(candidate);
  for (std::uint64_t HobListInput::*field :
       {&HobListInput::bottom, &HobListInput::base, &HobListInput::free_top, &HobListInput::top}) {
    if (search.best().*field == plain.*field) continue;
    candidate = search.best();
    candidate.*field = plain.*field;
    changed = search.attempt(candidate) || changed;
  }
  for (const unsigned shift : {12U, 16U}) {
    if (search.best().granularity_shift == shift) break;
    candidate = search.best();
    candidate.granularity_shift = shift;
    if (search.attempt(candidate)) return true;
  }
  return changed;
}

bool plain_fields(ListSearch& search) {
  bool changed = false;
  for (std::size_t i = 0; i < search.best().hobs.size(); ++i) {
    changed = plain_hob(search, i) || changed;
  }
  return changed;
}

}  // namespace hobnail
