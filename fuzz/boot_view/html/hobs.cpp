// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Boxes and rows.
#include "fuzz/boot_view/html/hobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "fuzz/boot_view/changes.h"
#include "fuzz/boot_view/label.h"
#include "fuzz/boot_view/markup.h"
#include "fuzz/hob_dump/hob_names.h"

namespace hobnail {
namespace {

constexpr std::size_t kAllMost = 32;   // HOBs of a list that is shown whole
constexpr std::size_t kLastShown = 8;  // of a longer one

bool is_accused(const HobLine& hob, const std::vector<oracle::Region>& accused) {
  return std::any_of(accused.begin(), accused.end(), [&](const oracle::Region& range) {
    return range.overlaps({hob.address, hob.length});
  });
}

std::string box(const HobLine& hob, bool fresh, bool bad) {
  const std::string word = hob_word(hob);
  std::string kind = bad ? "bad" : fresh ? "fresh" : "";
  if (hob.type == pei::EFI_HOB_TYPE_UNUSED || word == "freed") kind += " unused";
  return fmt::format("<li{} title=\"{:#x}: {}, {:#x} bytes. {}\">{}</li>",
                     kind.empty() ? "" : fmt::format(" class=\"{}\"", kind), hob.address,
                     markup_text(hob_type_name(hob.type)), hob.length, markup_text(hob.says),
                     markup_text(word));
}

std::string rows(const Step& step, const Step* before) {
  const std::vector<bool> fresh = new_hobs(step, before);
  std::string rows;
  for (std::size_t i = 0; i < step.hobs.size(); ++i) {
    const HobLine& hob = *step.hobs[i];
    rows += fmt::format(
        "<tr{}><td>{:#x}</td><td>{}</td><td>{:#x}</td><td>{}</td><td>{}</td></tr>\n",
        fresh[i] ? " class=\"fresh\"" : "", hob.address, markup_text(hob_type_name(hob.type)),
        hob.length, markup_text(hob_word(hob)), markup_text(hob.says));
  }
  return rows;
}

}  // namespace

std::string html_hob_boxes(const Step& step, const Step* before,
                           const std::vector<oracle::Region>& accused) {
  if (step.hobs.empty()) return {};
  const std::vector<bool> fresh = new_hobs(step, before);
  const std::size_t count = step.hobs.size();
  std::string out = "<ul class=\"hobs\" aria-label=\"HOB list\">";
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool bad = is_accused(*step.hobs[i], accused);
    const bool shown = count <= kAllMost || i == 0 || i + kLastShown >= count || fresh[i] || bad;
    if (!shown) {
      ++hidden;
      continue;
    }
    if (hidden != 0) out += fmt::format("<li class=\"more\">{} more</li>", hidden);
    hidden = 0;
    out += box(*step.hobs[i], fresh[i], bad);
  }
  return out + "</ul>\n";
}

std::string html_hob_table(const Step& step, const Step* before, bool open) {
  if (step.hobs.empty()) return {};
  return fmt::format(
      "<details{}><summary>HOB list, {} HOBs</summary><div class=\"scroll\"><table><thead><tr>"
      "<th scope=\"col\">address</th><th scope=\"col\">type</th><th scope=\"col\">length</th>"
      "<th scope=\"col\">of</th><th scope=\"col\">content</th></tr></thead><tbody>\n{}"
      "</tbody></table></div></details>\n",
      open && step.hobs.size() <= kAllMost ? " open=\"open\"" : "", step.hobs.size(),
      rows(step, before));
}

}  // namespace hobnail
