// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// What random lists have, and how many of them: a reader's bug is found by lists that have what the
// reader forgets.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include "properties/oracle/dxe/sound_list.h"
#include "properties/oracle/hob_list_input/generate_list.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_extras.h"
#include "properties/oracle/hob_list_input/list_text.h"
#include "properties/oracle/pi.h"

namespace hobnail::oracle {
namespace {

constexpr std::uint64_t kFourGiB = 0x100000000;
constexpr std::uint64_t kLists = 2000;

using OfList = std::function<bool(const HobListInput&)>;
using OfHob = std::function<bool(const ListedHob&)>;

OfList has(const OfHob& wanted) {
  return [wanted](const HobListInput& list) {
    return std::any_of(list.hobs.begin(), list.hobs.end(), wanted);
  };
}

const std::vector<HobListInput>& lists() {
  static const std::vector<HobListInput> drawn = [] {
    std::vector<HobListInput> all;
    for (std::uint64_t seed = 0; seed < kLists; ++seed) {
      Random random(seed);
      all.push_back(generate_list(random));
    }
    return all;
  }();
  return drawn;
}

// Lists of 1000 that have it.
std::uint64_t share(const OfList& wanted) {
  const auto found = std::count_if(lists().begin(), lists().end(), wanted);
  return static_cast<std::uint64_t>(found) * 1000 / kLists;
}

bool is_claim(const ListedHob& hob) {
  return hob.kind == HobKind::Allocation || hob.kind == HobKind::Module;
}

OfHob claim_of(std::uint32_t type) {
  return [type](const ListedHob& hob) { return is_claim(hob) && hob.type == type; };
}

OfHob claim_named(KnownGuid name) {
  return [name](const ListedHob& hob) { return is_claim(hob) && hob.name == name; };
}

bool is_memory(const ListedHob& hob) { return hob.kind == HobKind::Resource && hob.type == 0; }

OfHob memory_with(std::uint32_t attributes) {
  return [attributes](const ListedHob& hob) {
    return is_memory(hob) && (hob.attribute & attributes) == attributes;
  };
}

bool is_firmware_device(const ListedHob& hob) {
  return hob.kind == HobKind::Resource && hob.type == EFI_RESOURCE_FIRMWARE_DEVICE;
}

bool is_volume(const ListedHob& hob) {
  return hob.kind == HobKind::Fv || hob.kind == HobKind::Fv2 || hob.kind == HobKind::Fv3;
}

bool is_dxe_module(const ListedHob& hob) {
  return hob.kind == HobKind::Module && hob.type == EfiBootServicesCode;
}

// PI 1.8 Vol 1 9.3.
bool is_complete(const HobListInput& list) {
  return has(memory_with(7))(list) && has(claim_named(KnownGuid::Stack))(list) &&
         has(is_firmware_device)(list) && has(is_volume)(list) &&
         has([](const ListedHob& hob) { return hob.kind == HobKind::Module; })(list);
}

SoundList judged(const HobListInput& list) {
  const std::vector<std::uint8_t> bytes = bytes_of(list);
  return judge_list(ReferenceList(bytes), std::uint64_t{1} << list.granularity_shift);
}

TEST(GenerateList, GivesListsThatComeBackFromTheirBytes) {
  Random random(1);
  std::size_t sound = 0, broken = 0;
  for (int i = 0; i < 1000; ++i) {
    const HobListInput list = generate_list(random);
    EXPECT_EQ(decode_hobs(encode_hobs(list)), list);
    const SoundList verdict = judged(list);
    sound += verdict.flaw ? 0 : 1;
    broken += verdict.broken ? 1 : 0;
  }
  EXPECT_GT(sound, 320U);
  EXPECT_GT(broken, 80U);
}

TEST(GenerateList, GivesHalfOfTheListsAllThatPiRequires) {
  EXPECT_GT(share(is_complete), 400U);
  EXPECT_LT(share(is_complete), 600U);
  EXPECT_GT(share(has(is_dxe_module)), 350U);
}

TEST(GenerateList, GivesMemoryAboveFourGiB) {
  EXPECT_GT(share(has([](const ListedHob& hob) { return is_memory(hob) && hob.base >= kFourGiB; })),
            200U);
  EXPECT_GT(share(has([](const ListedHob& hob) { return is_claim(hob) && hob.base >= kFourGiB; })),
            150U);
  EXPECT_GT(share(has([](const ListedHob& hob) {
              return is_memory(hob) && hob.length >= 4 * kFourGiB && ~hob.length > hob.base;
            })),
            90U);
}

TEST(GenerateList, GivesClaimsThatReadersForget) {
  EXPECT_GT(share(has(claim_named(KnownGuid::BspStore))), 100U);
  for (const std::uint32_t type : {EfiLoaderCode, EfiPalCode}) {
    EXPECT_GT(share(has(claim_of(type))), 120U) << type;
  }
  EXPECT_GT(
      share(has([](const ListedHob& hob) { return is_claim(hob) && hob.type >= 0x70000000; })),
      90U);
  EXPECT_GT(share(has([](const ListedHob& hob) {
              return is_claim(hob) && hob.length >= 256 * kPage && hob.length < kFourGiB;
            })),
            110U);
}

TEST(GenerateList, GivesAttributes) {
  for (const std::uint32_t attribute : {0x1800007U, 0x2000007U, 0x10000007U, 0x780007U}) {
    EXPECT_GT(share(has(memory_with(attribute))), 80U) << attribute;
  }
  EXPECT_GT(share(has([](const ListedHob& hob) {
              return is_memory(hob) && (hob.attribute & 0x40380) != 0;
            })),
            60U);
}

// A 16-byte patch at the name of a HOB.
TEST(GenerateList, GivesNamesThatNobodyKnows) {
  const auto named = [](const HobListInput& list) {
    std::size_t offset = kFirstHobOffset;
    for (const ListedHob& hob : list.hobs) {
      for (const ListPatch& patch : list.patches) {
        if (is_claim(hob) && patch.offset == offset + 8 && patch.bytes.size() == 16) return true;
      }
      offset += length_of(hob);
    }
    return false;
  };
  EXPECT_GT(share(named), 180U);
}

TEST(GenerateList, GivesUnusedHobsThatWereClaims) {
  EXPECT_GT(share(has([](const ListedHob& hob) {
              return hob.kind == HobKind::Unused && !hob.data.empty();
            })),
            120U);
}

TEST(GenerateList, GivesFirmwareVolumesInMemory) {
  const auto inside = [](const HobListInput& list) {
    return has([&](const ListedHob& volume) {
      return is_volume(volume) && has([&](const ListedHob& hob) {
               return is_memory(hob) && Region{hob.base, hob.length}.contains(volume.base);
             })(list);
    })(list);
  };
  EXPECT_GT(share(inside), 120U);
}

TEST(GenerateList, GivesLongLists) {
  const auto longer = [](std::size_t hobs) {
    return [hobs](const HobListInput& list) { return list.hobs.size() >= hobs; };
  };
  EXPECT_GT(share(longer(30)), 35U);
  EXPECT_LT(share(longer(50)), 70U);
  EXPECT_GT(share(longer(140)), 7U);
  EXPECT_GT(share(longer(290)), 1U);
}

// PEI's memory as no draw has placed it: 64 KiB between EfiFreeMemoryTop and EfiMemoryTop.
HobListInput short_list(unsigned granularity_shift) {
  HobListInput list;
  list.granularity_shift = granularity_shift;
  ListedHob memory;
  memory.kind = HobKind::Resource;
  memory.attribute = 7;
  memory.base = 0x100000;
  memory.length = 0x300000;
  ListedHob cpu;
  cpu.type = 40;
  list.hobs = {memory, cpu};
  return list;
}

TEST(ListExtras, GiveNoListAFlaw) {
  for (std::uint64_t seed = 0; seed < 2 * kLists; ++seed) {
    HobListInput list = short_list(seed % 2 == 0 ? 12 : 16);
    ListExtras(Random(seed)).add(list);
    if (has([](const ListedHob& hob) { return hob.type >= 0x70000000; })(list)) continue;
    const SoundList verdict = judged(list);
    EXPECT_FALSE(verdict.flaw.has_value()) << verdict.flaw->what << "\n" << print_hobs(list);
  }
}

}  // namespace
}  // namespace hobnail::oracle
