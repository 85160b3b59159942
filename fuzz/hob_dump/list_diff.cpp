// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// The longest common run of HOBs, as diff does it with lines.
#include "fuzz/hob_dump/list_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

using oracle::HobView;

// Above this many pairs only the common start and end are looked for.
constexpr std::size_t kCellsMax = 16'000'000;

std::vector<std::string_view> hobs_of(const HobView& view) {
  std::vector<std::string_view> hobs;
  for (std::size_t i = 1; i + 1 < view.hobs.size(); ++i) {
    const auto& hob = view.hobs[i];
    hobs.emplace_back(reinterpret_cast<const char*>(view.bytes.data()) + hob.offset, hob.length);
  }
  return hobs;
}

class Comparison {
 public:
  Comparison(const HobView& first, const HobView& second)
      : first_(first), second_(second), a_(hobs_of(first)), b_(hobs_of(second)) {}

  void run(ListDiff& diff) {
    std::size_t start = 0;
    while (start < a_.size() && start < b_.size() && a_[start] == b_[start]) ++start;
    std::size_t end = 0;
    while (end < a_.size() - start && end < b_.size() - start &&
           a_[a_.size() - 1 - end] == b_[b_.size() - 1 - end]) {
      ++end;
    }
    diff.same = start + end;
    middle(start, a_.size() - end, b_.size() - end, diff);
  }

 private:
  void only(char side, std::size_t i, ListDiff& diff) const {
    const HobView& view = side == '-' ? first_ : second_;
    diff.lines.push_back(
        {side, i + 1,
         fmt::format("{} {}", hob_type_name(view.hobs[i + 1].type), describe_hob(view, i + 1))});
  }

  // Of [start, a_end) and [start, b_end).
  void middle(std::size_t start, std::size_t a_end, std::size_t b_end, ListDiff& diff) const {
    const std::size_t n = a_end - start;
    const std::size_t m = b_end - start;
    std::vector<std::uint32_t> longest;  // of the rest, (n + 1) * (m + 1)
    const bool small = n == 0 || m <= kCellsMax / (n + 1);
    if (small) {
      longest.assign((n + 1) * (m + 1), 0);
      for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = m; j-- > 0;) {
          std::uint32_t& here = longest[i * (m + 1) + j];
          here = a_[start + i] == b_[start + j]
                     ? longest[(i + 1) * (m + 1) + j + 1] + 1
                     : std::max(longest[(i + 1) * (m + 1) + j], longest[i * (m + 1) + j + 1]);
        }
      }
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n || j < m) {
      if (small && i < n && j < m && a_[start + i] == b_[start + j]) {
        ++diff.same, ++i, ++j;
      } else if (i < n && (!small || j == m ||
                           longest[(i + 1) * (m + 1) + j] >= longest[i * (m + 1) + j + 1])) {
        only('-', start + i++, diff);
      } else {
        only('+', start + j++, diff);
      }
    }
  }

  const HobView& first_;
  const HobView& second_;
  std::vector<std::string_view> a_;
  std::vector<std::string_view> b_;
};

}  // namespace

std::vector<ListDiff::Line> phit_diff(const HobView& first, const HobView& second) {
  std::vector<ListDiff::Line> lines;
  const auto a = first.phit();
  const auto b = second.phit();
  const std::pair<std::string_view, std::pair<std::uint64_t, std::uint64_t>> fields[] = {
      {"Version", {a.Version, b.Version}},
      {"BootMode", {a.BootMode, b.BootMode}},
      {"EfiMemoryTop", {a.EfiMemoryTop, b.EfiMemoryTop}},
      {"EfiMemoryBottom", {a.EfiMemoryBottom, b.EfiMemoryBottom}},
      {"EfiFreeMemoryTop", {a.EfiFreeMemoryTop, b.EfiFreeMemoryTop}},
      {"EfiFreeMemoryBottom", {a.EfiFreeMemoryBottom, b.EfiFreeMemoryBottom}},
      {"EfiEndOfHobList", {a.EfiEndOfHobList, b.EfiEndOfHobList}}};
  for (const auto& [name, values] : fields) {
    if (values.first == values.second) continue;
    lines.push_back({'~', 0, fmt::format("{} {:#x} -> {:#x}", name, values.first, values.second)});
  }
  return lines;
}

ListDiff list_diff(const HobView& first, const HobView& second) {
  ListDiff diff;
  diff.lines = phit_diff(first, second);
  Comparison(first, second).run(diff);
  return diff;
}

std::string diff_text(const ListDiff& diff) {
  std::string text;
  for (const ListDiff::Line& line : diff.lines) {
    text += line.side == '~' ? fmt::format("~ PHIT    {}\n", line.text)
                             : fmt::format("{} HOB {:<4}{}\n", line.side, line.index, line.text);
  }
  return text + fmt::format("{} HOBs are in both lists, {} line{} differ{}\n", diff.same,
                            diff.lines.size(), diff.lines.size() == 1 ? "" : "s",
                            diff.lines.size() == 1 ? "s" : "");
}

nlohmann::json diff_json(const ListDiff& diff) {
  nlohmann::json out = {{"same", diff.same}, {"lines", nlohmann::json::array()}};
  for (const ListDiff::Line& line : diff.lines) {
    out["lines"].push_back(
        {{"side", std::string(1, line.side)}, {"hob", line.index}, {"text", line.text}});
  }
  return out;
}

}  // namespace hobnail
