// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The spellings of a hostile list: text, bytes, dumps. And that whoever reads one wrongly is found.
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "properties/oracle/dxe/hob_list_checks.h"
#include "properties/oracle/dxe/list_claims.h"
#include "properties/oracle/dxe/reference_start.h"
#include "properties/oracle/hob_list_input/guarded_bytes.h"
#include "properties/oracle/hob_list_input/list_bytes.h"
#include "properties/oracle/hob_list_input/list_of_dump.h"
#include "properties/oracle/hob_list_input/list_text.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Every kind and every setting, as the printer writes it.
constexpr std::string_view kAll = R"(hobs v1
granularity 0x10000
memory 0x100000 0x110008 0x1f0000 0x200000
Cpu 40
Resource SystemMemory 0x7 0x100000 0x100000
Resource 0x9 0xfffffffe 0xfffffffffffff000 0x1001 MemoryTypeInformation
Resource2 SystemMemory 0x7 0x100000 0x100000 0x8
Resource2 0x9 0x7 0x1000 0x1001 0xfedcba9876543210 MemoryTypeInformation
Allocation BootServicesData 0x100000 0x10000 Stack
Allocation 0x70000001 0x7fe 0x1
Module BootServicesCode 0x120000 0x8000
Fv 0xffe00000 0x200000
Fv2 0xffe00000 0x200000
Fv3 0xffe00000 0x200000
Capsule 0x130000 0x10
Bins RuntimeServicesData:0x10 Reserved:0x4 0x10:0x0
Guid None 16 hex 0102030405060708 090a
Guid Module 0
Pool 40
Unused 33 hex ff
Raw 0x1234 24
patch 0x3a hex ff00
patch 0x10000 hex 0000000000000000 01
give -24
)";

HobListInput parsed_list(std::string_view text) {
  auto result = parse_hobs(text);
  if (const auto* error = std::get_if<TextError>(&result)) {
    ADD_FAILURE() << error->line << ":" << error->column << ": " << error->message;
    return {};
  }
  return std::get<HobListInput>(result);
}

std::string complaint(std::string_view text) {
  const auto result = parse_hobs(text);
  const auto* const error = std::get_if<TextError>(&result);
  return error == nullptr ? "" : error->message;
}

// The words "pei" and "second" of hob_list_fuzz.dict.
TEST(HobListBytes, AResourceOfTheSecondVersionHasAWord) {
  const Bytes bytes{0x01, 0x00, 0x00, 0x10, 0xf2, 0xe0, 0x03, 0xf2, 0x80, 0x04, 0x0f, 0x80,
                    0x80, 0x80, 0x80, 0x10, 0x07, 0x00, 0x08, 0x00, 0xf2, 0x80, 0x0c};
  EXPECT_NE(print_hobs(decode_hobs(bytes)).find("Resource2 SystemMemory 0x7 0x100000 0x300000 0x8"),
            std::string::npos)
      << print_hobs(decode_hobs(bytes));
}

TEST(HobListInputText, PrintedTextIsItsOwnPrint) { EXPECT_EQ(print_hobs(parsed_list(kAll)), kAll); }

TEST(HobListInputText, SaysWhatIsWrong) {
  EXPECT_NE(complaint("boot v1\n"), "");
  EXPECT_NE(complaint(""), "");
  EXPECT_NE(complaint("hobs v1\nCpuu 3\n").find("did you mean 'Cpu'"), std::string::npos);
  EXPECT_NE(complaint("hobs v1\nCpu 256\n"), "");
  EXPECT_NE(complaint("hobs v1\nCpu\n"), "");
  EXPECT_NE(complaint("hobs v1\nCpu 1 2\n"), "");
  EXPECT_NE(complaint("hobs v1\nPool 1 hex 0102\n"), "");
  EXPECT_NE(complaint("hobs v1\ngranularity 0x1001\n"), "");
  EXPECT_NE(complaint("hobs v1\npatch 1\n"), "");
  EXPECT_NE(complaint("hobs v1\nAllocation BootServicesData 0 1 Stac\n"), "");
}

TEST(HobListInputText, KnowsItsOwnHead) {
  EXPECT_TRUE(looks_like_hobs("# a comment\n\nhobs v1\n"));
  EXPECT_FALSE(looks_like_hobs("boot v1\n"));
  EXPECT_FALSE(looks_like_hobs(""));
}

TEST(HobListInputBytes, TextGoesThroughThem) {
  const HobListInput list = parsed_list(kAll);
  EXPECT_EQ(decode_hobs(encode_hobs(list)), list);
}

// Any bytes: a list that has one text and one canonical spelling in bytes.
TEST(HobListInputBytes, AnyBytesAreAList) {
  std::mt19937 random(20261124);
  for (int i = 0; i < 3000; ++i) {
    Bytes bytes(random() % 300);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const HobListInput list = decode_hobs(bytes);
    ASSERT_EQ(decode_hobs(encode_hobs(list)), list) << print_hobs(list);
    ASSERT_EQ(parsed_list(print_hobs(list)), list) << print_hobs(list);
    const Bytes made = bytes_of(list);
    ASSERT_LE(made.size(), kListBytesMax);
    ASSERT_EQ(bytes_of(list_of_dump(made)), made) << print_hobs(list);
  }
}

// What firmware has left, to the byte, and with few patches.
TEST(HobListInputDump, RealListsAreLists) {
  std::size_t dumps = 0;
  std::size_t hobs = 0;
  std::size_t raw = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(HOBNAIL_CORPUS "/real/hobs")) {
    if (entry.path().extension() != ".hob") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    const HobListInput list = list_of_dump(bytes);
    EXPECT_EQ(bytes_of(list), bytes) << entry.path();
    EXPECT_EQ(decode_hobs(encode_hobs(list)), list) << entry.path();
    hobs += list.hobs.size();
    for (const ListedHob& hob : list.hobs) raw += hob.kind == HobKind::Raw ? 1 : 0;
    ++dumps;
  }
  EXPECT_GT(dumps, 10u);
  EXPECT_GT(hobs, 20 * dumps);
  EXPECT_LT(raw, hobs / 10);  // most HOBs are of a kind that has a name
}

// --- the judge ----------------------------------------------------------------------------------

constexpr std::string_view kSane = R"(hobs v1
memory 0x100000 0x110000 0x1f0000 0x200000
Cpu 40
Resource SystemMemory 0x7 0x100000 0x200000
Allocation RuntimeServicesData 0x210000 0x2000
)";

// Answers as the reference does, and then whatever a test makes of it.
class Answers : public DxeConsumer {
 public:
  std::string take_over(std::span<const std::uint8_t> hobs, std::uint64_t granularity) override {
    const ReferenceList list(hobs);
    ListError error;
    if (const auto found = check_readable(list)) return refuse(*found);
    const ReferenceMap made = reference_map(list, granularity);
    const auto start = reference_start(list, made, granularity, error);
    if (!start) return refuse(error);
    map = {EFI_SUCCESS, made.entries(), 7};
    // Above PEI's memory up to the allocation, or from it: the longest.
    first = {0x212000, start->bytes};
    return said;
  }
  Region first_region() override { return first; }
  MemoryMap get_memory_map() override {
    if (change != nullptr) change(map);
    return map;
  }
  EFI_STATUS exit_boot_services(std::uint64_t key) override {
    return key == 7 || any_key ? last : EFI_INVALID_PARAMETER;
  }

  std::string said;
  void (*change)(MemoryMap&) = nullptr;
  MemoryMap map{EFI_UNSUPPORTED, {}, 0};
  Region first;
  bool any_key = false;
  EFI_STATUS last = EFI_SUCCESS;

 private:
  std::string refuse(const ListError& error) {
    map = {EFI_UNSUPPORTED, {}, 0};
    return std::string(error.what) + ", at offset " + std::to_string(error.offset + shift);
  }

 public:
  std::size_t shift = 0;
};

std::string rule_of(DxeConsumer& consumer, std::string_view text = kSane) {
  const Bytes bytes = bytes_of(parsed_list(text));
  const auto finding = check_hob_list(bytes, 0x1000, {nullptr, &consumer});
  return finding ? std::string(finding->rule) : "";
}

TEST(JudgeList, HasNothingAgainstRightAnswers) {
  Answers answers;
  EXPECT_EQ(rule_of(answers), "");
  EXPECT_EQ(rule_of(answers, "hobs v1\nCpu 65\n"), "");
}

TEST(JudgeList, SeesEachWrongAnswer) {
  Answers refuses;
  refuses.said = "no, at offset 0";
  EXPECT_EQ(rule_of(refuses), "DXE-LIST");
  Answers misplaces;
  misplaces.shift = 8;
  EXPECT_EQ(rule_of(misplaces, "hobs v1\nCpu 65\n"), "DXE-LIST");
  Answers maps;
  maps.change = [](MemoryMap& map) { map.entries[0].attribute ^= 1; };
  EXPECT_EQ(rule_of(maps), "DXE-MAP");
  Answers loses;
  loses.change = [](MemoryMap& map) { map.entries.pop_back(); };
  EXPECT_EQ(rule_of(loses), "DXE-MAP");
  Answers takes;
  takes.any_key = true;
  EXPECT_EQ(rule_of(takes), "EBS-KEY");
  Answers stays;
  stays.last = EFI_INVALID_PARAMETER;
  EXPECT_EQ(rule_of(stays), "EBS-RUNTIME");
}

TEST(JudgeList, SeesAWalkThatGoesAstray) {
  const Bytes bytes = bytes_of(parsed_list(kSane));
  const ListReaders still{[](std::span<const std::uint8_t>, std::size_t) { return Walk{}; },
                          nullptr};
  const auto finding = check_hob_list(bytes, 0x1000, still);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->rule, "DXE-LIST");
  EXPECT_NE(finding->evidence.find("00000  01 00 38 00"), std::string::npos) << finding->evidence;
}

TEST(GuardedBytes, SayWhereAnAccessBesideThemBegins) {
  const auto bytes = place_guarded(bytes_of(parsed_list(kSane)));
  EXPECT_EQ(guarded_bytes().data(), bytes.data());
  EXPECT_EQ(guarded_bytes().size(), bytes.size());
  const std::uint64_t start = reinterpret_cast<std::uintptr_t>(bytes.data());
  const std::uint64_t end = start + bytes.size();
  EXPECT_EQ(place_beside(bytes, end), "at the first byte behind its end");
  EXPECT_EQ(place_beside(bytes, end + 0xa8), "0xa8 bytes behind its end");
  EXPECT_EQ(place_beside(bytes, end - 4), "across its end");
  EXPECT_EQ(place_beside(bytes, start - 8), "0x8 bytes before it");
  for (const std::uint64_t far :
       {std::uint64_t{0}, start - 0x20000, end + 0x20000, ~std::uint64_t{0}}) {
    EXPECT_EQ(place_beside(bytes, far), "");
  }
}

}  // namespace
}  // namespace hobnail::oracle
