// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// HOB by HOB, at the same place of both lists.
#include "fuzz/hob_dump/list_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fuzz/hob_dump/describe.h"
#include "fuzz/hob_dump/hob_names.h"
#include "fuzz/inputs/text_forms.h"
#include "properties/oracle/pi.h"

namespace hobnail {
namespace {

using oracle::Hob;
using oracle::HobView;

std::string described(const HobView& view, std::size_t i) {
  return fmt::format("{} {}", hob_type_name(view.hobs[i].type), describe_hob(view, i));
}

std::uint64_t address_of(const HobView& view) {
  return view.phit().EfiEndOfHobList - view.hobs.back().offset;
}

bool is_slot_of_pages(std::uint16_t type) {
  return type == pei::EFI_HOB_TYPE_MEMORY_ALLOCATION || type == pei::EFI_HOB_TYPE_UNUSED;
}

bool same_bytes(const HobView& first, const HobView& second, const Hob& hob) {
  const auto a = first.bytes.subspan(hob.offset, hob.length);
  const auto b = second.bytes.subspan(hob.offset, hob.length);
  return std::equal(a.begin(), a.end(), b.begin());
}

class Step {
 public:
  Step(const HobView& first, const HobView& second) : first_(first), second_(second) {
    step_.from = address_of(first);
    step_.to = address_of(second);
    step_.lines = phit_diff(first, second);
  }

  SeriesStep run() {
    const std::size_t before = first_.hobs.size() - 1;  // without END
    const std::size_t after = second_.hobs.size() - 1;
    std::size_t i = 1;
    while (i < before && i < after && compare(i)) ++i;
    if (!aligned_) return step_;
    if (i < before) {
      violated("SERIES-GONE", i,
               fmt::format("{} HOBs are missing from here on: the list is shorter than before",
                           before - i));
    }
    for (; i < after; ++i) {
      ++step_.appended;
      step_.lines.push_back({'+', i, described(second_, i)});
    }
    return step_;
  }

 private:
  // False when what follows cannot be compared.
  bool compare(std::size_t i) {
    const Hob& a = first_.hobs[i];
    const Hob& b = second_.hobs[i];
    const bool slot = is_slot_of_pages(a.type) && is_slot_of_pages(b.type);
    if (a.length != b.length) {
      violated("SERIES-LENGTH", i,
               fmt::format("a HOB of {:#x} bytes has {:#x} bytes now: {} -> {}", a.length, b.length,
                           described(first_, i), described(second_, i)));
      return false;
    }
    if (a.type != b.type && !slot) {
      violated("SERIES-TYPE", i,
               fmt::format("the HOB has another type: {} -> {}", described(first_, i),
                           described(second_, i)));
      return true;
    }
    if (same_bytes(first_, second_, a)) {
      ++step_.same;
      return true;
    }
    ++step_.changed;
    const std::string before = described(first_, i);
    const std::string after = described(second_, i);
    step_.lines.push_back(
        {'~', i, before == after ? before + " (its data)" : before + " -> " + after});
    return true;
  }

  void violated(std::string_view rule, std::size_t index, std::string text) {
    step_.violations.push_back({rule, index, std::move(text)});
  }

  const HobView& first_;
  const HobView& second_;
  SeriesStep step_;
  bool aligned_ = true;
};

std::string line_text(const ListDiff::Line& line) {
  if (line.side == '~' && line.index == 0) return fmt::format("~ PHIT    {}\n", line.text);
  return fmt::format("{} HOB {:<4}{}\n", line.side, line.index, line.text);
}

}  // namespace

SeriesStep series_step(const HobView& first, const HobView& second) {
  return Step(first, second).run();
}

std::string series_text(const SeriesStep& step) {
  std::string text;
  if (step.from != step.to) {
    text += fmt::format("the list moved from {:#x} to {:#x}\n", step.from, step.to);
  }
  for (const ListDiff::Line& line : step.lines) text += line_text(line);
  for (const SeriesStep::Violation& each : step.violations) {
    text += fmt::format("finding {}: HOB {}: {}\n", each.rule, each.index, each.text);
  }
  return text + fmt::format("{} HOBs are unchanged, {} changed, {} were appended\n", step.same,
                            step.changed, step.appended);
}

nlohmann::json series_json(const SeriesStep& step) {
  nlohmann::json out = {{"from", hex(step.from)},
                        {"to", hex(step.to)},
                        {"same", step.same},
                        {"changed", step.changed},
                        {"appended", step.appended},
                        {"lines", nlohmann::json::array()},
                        {"findings", nlohmann::json::array()}};
  for (const ListDiff::Line& line : step.lines) {
    out["lines"].push_back(
        {{"side", std::string(1, line.side)}, {"hob", line.index}, {"text", line.text}});
  }
  for (const SeriesStep::Violation& each : step.violations) {
    out["findings"].push_back({{"rule", each.rule}, {"hob", each.index}, {"text", each.text}});
  }
  return out;
}

}  // namespace hobnail
