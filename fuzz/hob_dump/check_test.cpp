// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The checks of `hobnail hobs` on real lists, on copies of them, and on lists that are broken.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/pi/hob.h"
#include "fuzz/hob_dump/check.h"
#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/dump_file.h"
#include "fuzz/hob_dump/dump_json.h"
#include "fuzz/hob_dump/memory_map.h"
#include "properties/oracle/hob_list/hob_view.h"

namespace hobnail {
namespace {

using pei::oracle::HobView;
namespace fs = std::filesystem;

const fs::path kHobs = fs::path(HOBNAIL_SOURCE_DIR) / "corpus" / "real" / "hobs";

std::vector<std::uint8_t> bytes_of(const fs::path& path) {
  auto file = read_hob_file((kHobs / path).string());
  if (auto* error = std::get_if<std::string>(&file)) {
    ADD_FAILURE() << *error;
    return {};
  }
  return std::get<HobFile>(std::move(file)).bytes;
}

HobReport check(const std::vector<std::uint8_t>& bytes,
                std::optional<std::uint64_t> base = std::nullopt) {
  HobView view;
  walk_hobs(bytes, view);
  return check_hobs(view, base);
}

bool says(const HobReport& report, std::string_view rule, Severity severity) {
  return std::any_of(report.remarks.begin(), report.remarks.end(), [&](const Remark& remark) {
    return remark.rule == rule && remark.severity == severity;
  });
}

template <typename T>
void put(std::vector<std::uint8_t>& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

const fs::path kFinal = fs::path("ovmf-q35-x64-256M") / "perm-final.hob";
// Offsets of HOBs in that list.
constexpr std::size_t kResource = 0x10c0;
constexpr std::size_t kAllocation = 0x15a8;

TEST(CheckHobs, GenuineListsHaveNotesOnly) {
  for (const auto& entry : fs::recursive_directory_iterator(kHobs)) {
    if (entry.path().extension() != ".hob") continue;
    const HobReport report = check(bytes_of(fs::relative(entry.path(), kHobs)));
    EXPECT_EQ(report.errors + report.findings, 0U) << entry.path();
  }
}

TEST(CheckHobs, NotesWhatDxeIplLeaves) {
  const HobReport report = check(bytes_of(kFinal));
  EXPECT_EQ(2, std::count_if(report.remarks.begin(), report.remarks.end(),
                             [](const Remark& r) { return r.rule == "ALLOC-TWICE"; }));
  EXPECT_TRUE(says(report, "ALLOC-OUTSIDE", Severity::Note));
  EXPECT_TRUE(says(report, "ALLOC-NO-RESOURCE", Severity::Note));
  EXPECT_TRUE(says(report, "RES-ALIGN", Severity::Note));
  EXPECT_TRUE(says(report, "GUID-TWICE", Severity::Note));
}

TEST(CheckHobs, RecognisesCopiesByTheirAddress) {
  const auto dxe = bytes_of(fs::path("ovmf-q35-x64-256M") / "dxecopy.hob");
  EXPECT_TRUE(says(check(dxe, 0xf4e7018), "COPY-OF-DXE", Severity::Note));
  EXPECT_FALSE(check(dxe).is_copy);
  const auto heap = bytes_of(fs::path("armvirt-aarch64-256M") / "menu-inconsistent1.hob");
  EXPECT_TRUE(says(check(heap, 0x47f72020), "COPY-OF-HEAP", Severity::Note));
  const auto genuine = bytes_of(kFinal);
  EXPECT_FALSE(check(genuine, 0xbb95000).is_copy);
}

TEST(CheckHobs, TellsWhereTheStructureBreaks) {
  auto bytes = bytes_of(kFinal);
  put<std::uint16_t>(bytes, kAllocation + 2, 0);
  HobReport report = check(bytes);
  ASSERT_EQ(report.remarks.size(), 1U);
  EXPECT_EQ(report.remarks[0].offset, kAllocation);
  EXPECT_TRUE(says(report, "HOB-CHAIN", Severity::Error));

  bytes = bytes_of(kFinal);
  bytes.resize(bytes.size() - 8);
  report = check(bytes);
  EXPECT_EQ(report.remarks[0].offset, bytes.size());

  bytes = bytes_of(kFinal);  // a stack HOB of 0x30 bytes says that it is an FV of 0x18
  put<std::uint16_t>(bytes, kAllocation, pei::EFI_HOB_TYPE_FV);
  EXPECT_TRUE(says(check(bytes), "HOB-LENGTH", Severity::Error));
}

TEST(CheckHobs, TellsWhichRuleIsBroken) {
  struct Case {
    std::size_t offset;
    std::uint64_t value;
    std::string_view rule;
  };
  const Case cases[] = {
      {16, 0xbb00000, "PHIT-ORDER"},
      {40, 0xbb976e0, "PHIT-END"},
      {48, 0xbb976d4, "PHIT-ALIGN"},
      {48, 0xb0976d0, "PHIT-PLACE"},
      {8, 10, "PHIT-VERSION"},
      {kAllocation + 24, 0xfeee008, "ALLOC-ALIGN"},
      {kAllocation + 32, 0, "ALLOC-EMPTY"},
      {kAllocation + 24, ~0xfffULL, "ALLOC-WRAP"},
      {kAllocation + 40, 0x10, "ALLOC-TYPE"},
      {kAllocation + 24, 0xfeed000, "ALLOC-OVERLAP"},
      {kAllocation + 24, 0xc000000, "ALLOC-OVER-LIST"},
      {kResource + 40, 0x100001, "RES-OVERLAP"},
      {kResource + 40, 0, "RES-EMPTY"},
      {kResource + 32, ~0ULL, "RES-WRAP"},
      {kResource + 4, 1, "HOB-RESERVED"},
  };
  for (const Case& broken : cases) {
    auto bytes = bytes_of(kFinal);
    if (broken.rule == "HOB-RESERVED") {
      put<std::uint32_t>(bytes, broken.offset, 1);
    } else {
      put<std::uint64_t>(bytes, broken.offset, broken.value);
    }
    EXPECT_TRUE(says(check(bytes), broken.rule, Severity::Finding)) << broken.rule;
  }
}

// Any single byte changed, any length cut: no read outside the bytes (the sanitizers watch), and a
// picture or an error.
TEST(CheckHobs, ReadsHostileLists) {
  const auto genuine = bytes_of(kFinal);
  std::uint32_t random = 1;
  for (int round = 0; round < 300; ++round) {
    auto bytes = genuine;
    for (int change = 0; change < 3; ++change) {
      random = random * 1664525 + 1013904223;
      bytes[(random >> 8) % bytes.size()] = static_cast<std::uint8_t>(random >> 24);
    }
    if (round % 3 == 0) bytes.resize((random >> 4) % bytes.size());
    HobView view;
    walk_hobs(bytes, view);
    const HobReport report = check_hobs(view, std::nullopt);
    EXPECT_FALSE(hob_table(view).empty());
    EXPECT_TRUE(report.errors != 0 || !draw_maps(view).empty());
    EXPECT_TRUE(round % 50 != 0 || !hobs_json("x", view, report).dump().empty());
    const std::vector<HobFile> list{{"x", bytes}};
    const auto rebuilt = rebuild_boot(list);
    EXPECT_TRUE(view.ok() || report.errors == 1);
    EXPECT_TRUE(view.ok() || std::holds_alternative<std::string>(rebuilt));
  }
}

}  // namespace
}  // namespace hobnail
