// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The rules against lists that were spoilt by hand: each field of each kind of HOB, with several
// wrong values. spoiled_lists.txt names the rules that report each, and those that report it once
// the first are disabled. A value that it does not name must not be reported.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "properties/oracle/checks/append_only.h"
#include "properties/oracle/checks/content_invariants.h"
#include "properties/oracle/checks/heap_invariants.h"
#include "properties/oracle/dxe/dxe_view.h"
#include "properties/tests/oracle/hand_made_list.h"

namespace hobnail::oracle {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint64_t kGranule = 0x1000;

struct Reports {
  std::string standing, since, hand_off;
  friend bool operator==(const Reports&, const Reports&) = default;
};
void PrintTo(const Reports& reports, std::ostream* out) {
  *out << reports.standing << " | " << reports.since << " | " << reports.hand_off;
}

struct Field {
  std::string hob, name;
  std::uint32_t offset = 0, size = 0;
  Reports usual;
  std::map<std::string, Reports> of;  // by value
};

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') + 1 - from);
}

// "what | standing | since | hand-off"
std::string split(const std::string& line, Reports& reports) {
  std::array<std::string, 4> parts;
  std::istringstream from(line);
  for (std::string& part : parts) {
    std::getline(from, part, '|');
    part = trimmed(part);
  }
  reports = {parts[1], parts[2], parts[3]};
  return parts[0];
}

std::vector<Field> fields() {
  std::ifstream file(HOBNAIL_LISTS);
  std::vector<Field> all;
  std::string hob;
  for (std::string line; std::getline(file, line);) {
    const std::size_t depth = line.find_first_not_of(' ');
    if (line.empty() || line.front() == '#') continue;
    if (depth == 0) {
      hob = line;
      continue;
    }
    Reports reports;
    std::istringstream words(split(line, reports));
    if (depth == 2) {
      Field& field = all.emplace_back();
      field.hob = hob;
      field.usual = reports;
      words >> field.name >> field.offset >> field.size;
    } else {
      for (std::string value; words >> value;) all.back().of[value] = reports;
    }
  }
  return all;
}

// A field as one number, its least byte first.
Bytes plus(Bytes bytes, int more) {
  for (std::uint8_t& byte : bytes) {
    const int sum = byte + more;
    byte = static_cast<std::uint8_t>(sum & 0xff);
    more = (sum - byte) / 256;
  }
  return bytes;
}

class Lists : public testing::Test {
 protected:
  void SetUp() override {
    if (!list_.board().missing().empty()) GTEST_SKIP() << list_.board().missing();
    list_.make_anew();
    ASSERT_TRUE(look_at(good_).passed());
  }

  Verdict look_at(HobListSnapshot& snapshot) {
    return take_snapshot(rules_, list_.board(), list_.model(), list_.base(), snapshot);
  }

  Verdict standing() {
    HobListSnapshot snapshot;
    if (Verdict verdict = look_at(snapshot)) return verdict;
    CheckedList checked;
    return check_list({list_.board(), list_.model(), snapshot, rules_}, checked);
  }
  Verdict since() {
    HobListSnapshot snapshot;
    if (Verdict verdict = look_at(snapshot)) return verdict;
    return check_append(rules_, list_.model(), good_, snapshot);
  }

  // The rule that is reported; with that one disabled, the next; and so on until none is.
  std::string rules_reported(const std::function<Verdict()>& check) {
    rules_ = {};
    std::string names;
    for (;;) {
      const Verdict verdict = check();
      if (!verdict.reported()) return names.empty() ? "-" : names;
      names += (names.empty() ? "" : " ") + std::string(rule_name(verdict.rule()));
      rules_.remove(verdict.rule());
    }
  }

  std::string flaws() {
    for (const Rule& rule : rules()) rules_.remove(rule.key);
    HobListSnapshot snapshot;
    if (look_at(snapshot)) return "unread";
    std::set<std::pair<bool, std::string_view>> found;
    for (const Flaw& flaw : dxe_view({list_.board(), list_.model(), snapshot}, kGranule).flaws) {
      found.insert({flaw.by_peim, flaw.rule == RuleId::HandOffMap ? "map" : "list"});
    }
    std::string names;
    for (const auto& [by_peim, what] : found) {
      const std::string name = by_peim ? "(" + std::string(what) + ")" : std::string(what);
      names += (names.empty() ? "" : " ") + name;
    }
    return names.empty() ? "-" : names;
  }

  Reports reports() {
    return {rules_reported([&] { return standing(); }), rules_reported([&] { return since(); }),
            flaws()};
  }

  std::size_t index_of(const std::string& kind) const {
    const auto& hobs = list_.hobs();
    return static_cast<std::size_t>(
        std::find_if(hobs.begin(), hobs.end(), [&](const auto& h) { return h.kind == kind; }) -
        hobs.begin());
  }

  std::map<std::string, Bytes> wrong_values(const Field& field, std::size_t hob) const {
    const auto& hobs = list_.hobs();
    const std::uint8_t* const at = list_.bytes() + hobs[hob].offset + field.offset;
    const Bytes was(at, at + field.size);
    std::map<std::string, Bytes> values{{"0", Bytes(field.size, 0)},
                                        {"ones", Bytes(field.size, 255)},
                                        {"+1", plus(was, 1)},
                                        {"+8", plus(was, 8)},
                                        {"-1", plus(was, -1)}};
    const HandMadeHob& next = hobs[hob + 1 < hobs.size() ? hob + 1 : hob - 1];
    if (field.offset + field.size <= next.length) {
      const std::uint8_t* const there = list_.bytes() + next.offset + field.offset;
      values["neighbour"] = Bytes(there, there + field.size);
    }
    std::erase_if(values, [&](const auto& value) { return value.second == was; });
    return values;
  }

  RuleSet rules_;
  HandMadeList list_;
  HobListSnapshot good_;
};

TEST_F(Lists, AreInOrderAsTheyWereMade) {
  EXPECT_EQ(reports(), (Reports{"-", "-", "-"}));
  EXPECT_TRUE(check_memory({list_.board(), list_.model(), good_}).passed());
}

// So that no byte of a layout is forgotten.
TEST_F(Lists, HaveEachByteInOneField) {
  std::map<std::string, std::vector<int>> times;
  for (const auto& hob : list_.hobs()) times[std::string(hob.kind)].resize(hob.length);
  EXPECT_EQ(times.size(), list_.hobs().size());
  for (const Field& field : fields()) {
    ASSERT_TRUE(times.contains(field.hob)) << field.hob;
    std::vector<int>& bytes = times[field.hob];
    ASSERT_LE(field.offset + field.size, bytes.size()) << field.hob << " " << field.name;
    for (std::uint32_t i = 0; i < field.size; ++i) ++bytes[field.offset + i];
  }
  for (const auto& [kind, bytes] : times) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      EXPECT_EQ(bytes[i], 1) << kind << ", byte " << i;
    }
  }
}

TEST_F(Lists, AreSeenThroughWhenAFieldIsWrong) {
  std::size_t tried = 0;
  for (const Field& field : fields()) {
    const std::size_t hob = index_of(field.hob);
    ASSERT_LT(hob, list_.hobs().size());
    list_.make_anew();
    std::set<std::string> left;
    for (const auto& [value, _] : field.of) left.insert(value);
    for (const auto& [value, bytes] : wrong_values(field, hob)) {
      list_.make_anew();
      std::memcpy(list_.bytes() + list_.hobs()[hob].offset + field.offset, bytes.data(),
                  bytes.size());
      const auto special = field.of.find(value);
      const Reports& expected = special == field.of.end() ? field.usual : special->second;
      EXPECT_EQ(reports(), expected) << field.hob << " " << field.name << " " << value;
      left.erase(value);
      ++tried;
    }
    EXPECT_TRUE(left.empty()) << field.hob << " " << field.name << ": " << *left.begin();
  }
  RecordProperty("wrong_values", static_cast<int>(tried));
  std::cout << tried << " wrong values\n";
}

// All that a PEIM wrote or may read, bit by bit: seen as it stands, or since the look before. What
// is not seen is in records of pages, which come and go: their names, and an unused slot.
TEST_F(Lists, AreSeenThroughWhenABitIsWrong) {
  std::size_t tried = 0;
  for (const auto& hob : list_.hobs()) {
    for (std::uint32_t bit = 0; bit < 8 * hob.length; ++bit) {
      list_.make_anew();
      const std::uint32_t byte = bit / 8;
      list_.bytes()[hob.offset + byte] ^= static_cast<std::uint8_t>(1U << bit % 8);
      const bool record = hob.kind == "pages" || hob.kind == "runtime pages" || hob.kind == "freed";
      const bool name = record && byte >= 8 && byte < 24;
      const bool slot = hob.kind == "UNUSED" && byte >= 8;
      // Free pages that become allocated ones, of whichever type: no call asked, and no check sees.
      const bool taken = hob.kind == "freed" && byte == 40 && bit % 8 < 3;
      const bool seen = rules_reported([&] { return standing(); }) != "-" ||
                        rules_reported([&] { return since(); }) != "-";
      EXPECT_EQ(seen, !name && !slot && !taken)
          << hob.kind << " byte " << byte << " bit " << bit % 8;
      ++tried;
    }
  }
  std::cout << tried << " wrong bits\n";
}

// What a look has found in order is checked again where the list or the gap reaches further.
TEST_F(Lists, AreCheckedAgainWhenTheGapHasGrownOverARecord) {
  CheckedList checked;
  ASSERT_TRUE(check_list({list_.board(), list_.model(), good_, rules_}, checked).passed());
  EFI_HOB_HANDOFF_INFO_TABLE phit = good_.phit;
  phit.EfiFreeMemoryTop += kPage;
  std::memcpy(list_.bytes(), &phit, sizeof phit);
  HobListSnapshot now;
  ASSERT_TRUE(look_at(now).passed());
  const Verdict verdict = check_list({list_.board(), list_.model(), now, rules_}, checked);
  ASSERT_TRUE(verdict.reported());
  EXPECT_EQ(rule_name(verdict.rule()), "HEAP-BOUNDS");
}

}  // namespace
}  // namespace hobnail::oracle
