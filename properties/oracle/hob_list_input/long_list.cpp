// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "properties/oracle/hob_list_input/long_list.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "properties/oracle/hob_list_input/large_memory.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::array<std::size_t, 11> kHobs{30, 30, 30, 30, 30, 70, 70, 70, 150, 150, 300};
constexpr std::array<std::uint32_t, 6> kTypes{EfiBootServicesData,    EfiBootServicesCode,
                                              EfiRuntimeServicesData, EfiLoaderCode,
                                              EfiACPIMemoryNVS,       EfiReservedMemoryType};

void add_data(ListDraft& draft, Random& random, std::uint64_t most) {
  AddedHob added;
  added.hob.kind = HobKind::Guid;
  added.hob.length = 8 * random.below(most / 8 + 1);
  draft.add(std::move(added));
}

// True if there was memory for it.
bool add_small_claim(ListDraft& draft, Random& random) {
  const auto place = draft.take(random, kPage);
  if (place) draft.add_claim(some_of(random, kTypes), *place);
  return place.has_value();
}

}  // namespace

void make_long(ListDraft& draft, Random random) {
  if (!random.one_in(20)) return;
  const std::size_t more = some_of(random, kHobs) - std::min<std::size_t>(draft.hobs(), 29);
  const std::uint64_t kind = random.below(4);  // of data, of claims, or of both
  const bool claims = kind > 1;
  const std::uint64_t body = random.one_in(4) ? 512 : 32;
  if (claims) add_some_room(draft, random);
  for (std::size_t i = 0; i < more; ++i) {
    const bool data = !claims || (kind == 2 && random.one_in(2));
    if (data || !add_small_claim(draft, random)) add_data(draft, random, body);
  }
}

}  // namespace hobnail::oracle
