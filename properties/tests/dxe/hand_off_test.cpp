// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Which HOB lists DXE can work with, and where exactly the others are wrong.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "properties/tests/dxe/dxe_bench.h"

namespace pei::test {
namespace {

using dxe::HandOffFlaw;

struct Verdict {
  HandOffFlaw flaw;
  UINTN offset;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};
void PrintTo(const Verdict& verdict, std::ostream* out) {
  *out << dxe::text_of(verdict.flaw) << " at " << verdict.offset;
}

// Bytes as they are.
Verdict of_bytes(const std::vector<UINT8>& bytes, const Room& room = {}) {
  DxeBench bench(room);
  const dxe::HandOffError error = bench.take_over(bytes);
  UINTN size = 0;
  if (!error.none()) {
    EXPECT_EQ(bench.memory().GetMemoryMap(&size, nullptr, nullptr, nullptr, nullptr),
              EFI_UNSUPPORTED);
    EXPECT_EQ(bench.memory().ExitBootServices(1), EFI_UNSUPPORTED);
    EXPECT_TRUE(bench.memory().first_region().empty());
  }
  return {error.flaw, error.offset};
}

Verdict of(HobWriter list, const Room& room = {}) { return of_bytes(list.finish().bytes(), room); }

constexpr Verdict kSound{HandOffFlaw::None, 0};

HobWriter finished() {
  HobWriter list = sane_list();
  list.finish();
  return list;
}

TEST(DxeHandOff, ASaneListCanBeWorkedWith) {
  EXPECT_EQ(of(sane_list()), kSound);
  EXPECT_STREQ(dxe::text_of(HandOffFlaw::None), "the list can be worked with");
}

TEST(DxeHandOff, BytesBehindEndAreNotRead) {
  HobWriter list = finished();
  list.bytes().resize(list.size() + 24, 0xff);
  EXPECT_EQ(of_bytes(list.bytes()), kSound);
}

TEST(DxeHandOff, NothingAndTooLittle) {
  EXPECT_EQ(of_bytes({}), (Verdict{HandOffFlaw::NoEnd, 0}));
  const std::vector<UINT8> whole = finished().bytes();
  for (UINTN size = 1; size < whole.size(); ++size) {
    const Verdict verdict = of_bytes({whole.begin(), whole.begin() + static_cast<INTN>(size)});
    EXPECT_NE(verdict.flaw, HandOffFlaw::None) << size;
    EXPECT_LE(verdict.offset, size);
  }
  const std::vector<UINT8> no_end(whole.begin(), whole.end() - 8);
  EXPECT_EQ(of_bytes(no_end), (Verdict{HandOffFlaw::NoEnd, 120}));
  const std::vector<UINT8> half_end(whole.begin(), whole.end() - 1);
  EXPECT_EQ(of_bytes(half_end), (Verdict{HandOffFlaw::BrokenHob, 120}));
}

TEST(DxeHandOff, NoLengthIsTrusted) {
  for (const UINT16 length : std::vector<UINT16>{0, 1, 4, 7, 9, 12, 15, 0xfff8, 0xffff}) {
    EXPECT_EQ(of_bytes(finished().put16(56 + 2, length).bytes()),
              (Verdict{HandOffFlaw::BrokenHob, 56}))
        << length;
    EXPECT_EQ(of_bytes(finished().put16(2, length).bytes()), (Verdict{HandOffFlaw::BrokenHob, 0}));
    EXPECT_EQ(of_bytes(finished().put16(120 + 2, length).bytes()),
              (Verdict{HandOffFlaw::BrokenHob, 120}));
  }
}

TEST(DxeHandOff, BytesThatAreNotAlignedAreABrokenHob) {
  const std::vector<UINT8> whole = finished().bytes();
  const auto shifted = std::make_unique<UINT8[]>(whole.size() + 1);
  std::copy(whole.begin(), whole.end(), shifted.get() + 1);
  dxe::HandOff hand_off;
  const dxe::HandOffError error = dxe::judge_hand_off(shifted.get() + 1, whole.size(), hand_off);
  EXPECT_EQ((Verdict{error.flaw, error.offset}), (Verdict{HandOffFlaw::BrokenHob, 0}));
}

TEST(DxeHandOff, ThePhitIsFirstAndOnlyOne) {
  EXPECT_EQ(of_bytes(finished().put16(0, EFI_HOB_TYPE_UNUSED).bytes()),
            (Verdict{HandOffFlaw::NoPhit, 0}));
  EXPECT_EQ(of_bytes(finished().put16(0, EFI_HOB_TYPE_END_OF_HOB_LIST).bytes()),
            (Verdict{HandOffFlaw::NoPhit, 0}));
  HobWriter list = sane_list();
  const UINTN second = list.raw(EFI_HOB_TYPE_HANDOFF, 56);
  EXPECT_EQ(of(list), (Verdict{HandOffFlaw::SecondPhit, second}));
}

TEST(DxeHandOff, EachTypeHasItsLength) {
  struct {
    UINT16 type;
    UINT16 length;
  } const fixed[] = {{EFI_HOB_TYPE_MEMORY_ALLOCATION, 48},
                     {EFI_HOB_TYPE_MEMORY_ALLOCATION, 72},
                     {EFI_HOB_TYPE_RESOURCE_DESCRIPTOR, 48},
                     {EFI_HOB_TYPE_FV, 24},
                     {EFI_HOB_TYPE_CPU, 16},
                     {EFI_HOB_TYPE_FV2, 56},
                     {EFI_HOB_TYPE_UEFI_CAPSULE, 24},
                     {EFI_HOB_TYPE_FV3, 64}};
  for (const auto& each : fixed) {
    HobWriter right = sane_list();
    right.raw(each.type, each.length);
    EXPECT_EQ(of(right), kSound) << each.type;
    for (const int difference : {-8, 8}) {
      HobWriter wrong = sane_list();
      wrong.raw(each.type, static_cast<UINT16>(each.length + difference));
      EXPECT_EQ(of(wrong), (Verdict{HandOffFlaw::WrongLength, 120})) << each.type;
    }
  }
  EXPECT_EQ(of_bytes(finished().put16(2, 48).bytes()), (Verdict{HandOffFlaw::WrongLength, 0}));
  HobWriter guid = sane_list();
  guid.raw(EFI_HOB_TYPE_GUID_EXTENSION, 16);
  EXPECT_EQ(of(guid), (Verdict{HandOffFlaw::WrongLength, 120}));
  HobWriter second = sane_list();
  second.raw(EFI_HOB_TYPE_RESOURCE_DESCRIPTOR2, 48);
  EXPECT_EQ(of(second), (Verdict{HandOffFlaw::WrongLength, 120}));
  HobWriter end = finished();
  end.bytes().resize(end.size() + 8);
  EXPECT_EQ(of_bytes(end.put16(120 + 2, 16).bytes()), (Verdict{HandOffFlaw::WrongLength, 120}));
}

TEST(DxeHandOff, WhatConsumersDoNotKnowIsSkippedByItsLength) {
  HobWriter list = sane_list();
  for (const UINT16 type : std::vector<UINT16>{7, 8, 0xa, 0xe, 0x1234, 0xfffe}) {
    list.raw(type, 8);
    list.raw(type, 40);
  }
  list.raw(EFI_HOB_TYPE_GUID_EXTENSION, 24);
  EXPECT_EQ(of(list), kSound);
}

TEST(DxeHandOff, EndIsWhereThePhitSays) {
  constexpr UINTN kField = 48;
  const Verdict misplaced{HandOffFlaw::MisplacedEnd, kField};
  EXPECT_EQ(of_bytes(finished().put(kField, 0x110004).bytes()), misplaced);
  for (UINT64 odd = 1; odd < 8; ++odd) {
    EXPECT_EQ(of_bytes(finished().put(kField, 0x110078 + odd).put(40, 0x110080 + odd).bytes()),
              misplaced)
        << odd;
  }
  EXPECT_EQ(of_bytes(finished().put(kField, 112).bytes()), misplaced) << "would start below 0";
  EXPECT_EQ(of_bytes(finished().put(kField, ~UINT64{7}).bytes()), misplaced) << "would end at 2^64";
  EXPECT_EQ(of_bytes(finished().put(kField, 0x110080).bytes()),
            (Verdict{HandOffFlaw::FreeBottom, 40}));
  EXPECT_EQ(of_bytes(finished().put(40, 0x110078).bytes()), (Verdict{HandOffFlaw::FreeBottom, 40}));
  EXPECT_EQ(of_bytes(finished().put(40, 0x110088).bytes()), Verdict{}) << "a gap begins above END";
}

TEST(DxeHandOff, TheListMayLieAtAddress0) {
  HobWriter list({.bottom = 0, .list = 0});
  list.cpu(40);
  list.resource(0, 0x200000);
  EXPECT_EQ(of(list), kSound);
}

TEST(DxeHandOff, TheCursorsAreInOrder) {
  EXPECT_EQ(of_bytes(finished().put(24, 0x110001).bytes()),
            (Verdict{HandOffFlaw::CursorOrder, 24}));
  EXPECT_EQ(of_bytes(finished().put(24, 0x110000).bytes()), kSound);
  EXPECT_EQ(of_bytes(finished().put(32, 0x11007f).bytes()),
            (Verdict{HandOffFlaw::CursorOrder, 32}));
  EXPECT_EQ(of_bytes(finished().put(16, 0x1effff).bytes()),
            (Verdict{HandOffFlaw::CursorOrder, 16}));
  EXPECT_EQ(of_bytes(finished().put(16, 0x1f0000).bytes()), kSound);
}

TEST(DxeHandOff, AGapOfNothingIsNoFlaw) {  // H25: EDK II takes it for a gigantic one
  PeiMemory memory;
  HobWriter list = sane_list();
  list.finish().put(32, memory.list + list.size());
  DxeBench bench;
  EXPECT_TRUE(bench.take_over(list.bytes()).none());
  EXPECT_EQ(bench.memory().first_region().base(), 0x100000U);
  EXPECT_EQ(bench.memory().first_region().end(), memory.list);
}

TEST(DxeHandOff, TheProcessorIsKnown) {
  HobWriter none;
  none.resource(0x100000, 0x100000);
  EXPECT_EQ(of(none), (Verdict{HandOffFlaw::NoCpu, 104}));
  EXPECT_EQ(of_bytes(finished().put8(56 + 8, 65).bytes()), (Verdict{HandOffFlaw::CpuTooWide, 64}));
  EXPECT_EQ(of_bytes(finished().put8(56 + 8, 255).bytes()), (Verdict{HandOffFlaw::CpuTooWide, 64}));
  EXPECT_EQ(of_bytes(finished().put8(56 + 8, 64).bytes()), kSound);
  EXPECT_EQ(of_bytes(finished().put8(56 + 8, 21).bytes()), kSound);
  EXPECT_EQ(of_bytes(finished().put8(56 + 8, 11).bytes()),
            (Verdict{HandOffFlaw::NoRoomToStartIn, 72}));
}

TEST(DxeHandOff, PeisMemoryIsTestedSystemMemory) {  // I88
  const Verdict none{HandOffFlaw::NoMemoryAtGap, 40};
  for (const UINT32 attribute : {0U, 1U, 3U, 5U, 6U, 0x800007U}) {
    HobWriter list;
    list.cpu(40);
    list.resource(0x100000, 0x100000, 0, attribute);
    EXPECT_EQ(of(list), none) << attribute;
  }
  for (const UINT32 type : {1U, 2U, 5U, 7U, 8U}) {
    HobWriter list;
    list.cpu(40);
    list.resource(0x100000, 0x100000, type);
    EXPECT_EQ(of(list), none) << type;
  }
  for (const UINT64 bytes : {UINT64{0}, UINT64{0xeffff}, ~UINT64{0}}) {
    HobWriter list;
    list.cpu(40);
    list.resource(0x100000, bytes);
    EXPECT_EQ(of(list), none) << bytes;
  }
  HobWriter exact;
  exact.cpu(40);
  exact.resource(0x110000, 0xe0000);
  EXPECT_EQ(of(exact), kSound);
}

TEST(DxeHandOff, StorageThatIsTooSmallIsNamed) {
  HobWriter list = sane_list();
  const UINTN one = list.allocation(0x1f8000, 0x1000, 4);
  const UINTN two = list.allocation(0x1f4000, 0x1000, 4);
  EXPECT_EQ(of(list, {3, 5, 0}), kSound);
  EXPECT_EQ(of(list, {2, 5, 0}), (Verdict{HandOffFlaw::TooManyHobs, two}));
  EXPECT_EQ(of(list, {1, 5, 0}), (Verdict{HandOffFlaw::TooManyHobs, one}));
  EXPECT_EQ(of(list, {0, 5, 0}), (Verdict{HandOffFlaw::TooManyHobs, 72}));
  for (UINTN ranges = 0; ranges < 5; ++ranges) {
    EXPECT_EQ(of(list, {3, ranges, 0}), (Verdict{HandOffFlaw::TooManyRanges, 0})) << ranges;
  }
}

TEST(DxeHandOff, AListThatIsRefusedEndsTheBootBeforeIt) {
  DxeBench bench;
  ASSERT_TRUE(bench.take_over(sane_list()).none());
  EXPECT_FALSE(bench.take_over(std::vector<UINT8>{}).none());
  UINTN size = 0;
  EXPECT_EQ(bench.memory().GetMemoryMap(&size, nullptr, nullptr, nullptr, nullptr),
            EFI_UNSUPPORTED);
}

TEST(DxeHandOff, EveryFlawHasItsOwnText) {
  EXPECT_STREQ(dxe::text_of(static_cast<HandOffFlaw>(200)), "no such flaw");
  std::set<std::string> texts = {"", "no such flaw"};
  for (UINT8 i = 0; i <= static_cast<UINT8>(HandOffFlaw::NoRoomToStartIn); ++i) {
    EXPECT_TRUE(texts.insert(dxe::text_of(static_cast<HandOffFlaw>(i))).second) << unsigned{i};
  }
}

}  // namespace
}  // namespace pei::test
