// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Colours. Kinds differ in lightness and in hatching too, for eyes that do not tell colours apart.
#include "fuzz/boot_view/svg/style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace hobnail {

// k0 to k15 are the kinds by number.
std::string svg_css(std::string_view prefix) {
  std::string css = R"css(
.pic text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1c2128}
.pic .onhatch{paint-order:stroke;stroke:#f6f8fa;stroke-width:4px}.pic .dim{fill:#59636e}
.pic .big{font-size:13px;font-weight:700}.pic .mid{font-size:12px}
.pic .piece{stroke:#59636e;stroke-width:1}.pic .bg{fill:#fff}.pic .line{stroke:#c8ced5}
.k0{fill:#fff}.k1{fill:#fbf6ea}.k2{fill:#9ec5fe}.k3{fill:#f0f2f5}.k4{fill:#a3d9b1}
.k5{fill:#b5e3e8}.k6{fill:url(#freed)}.k7{fill:#d8b9f0}.k8{fill:url(#sec)}.k9{fill:#d5eef2}
.k10{fill:url(#gone)}.k11{fill:#ffd873}.k12{fill:#f4655f}.k13{fill:#f0f2f5}.k14{fill:#cfe0fb}
.k15{fill:#f6e3b4}.several{fill:url(#several)}.pic .new{stroke:#0a7a33;stroke-width:3}
.pic .bad{stroke:#c4161c;stroke-width:3}.pic text.newt{fill:#0a7a33;font-weight:700}
.pic text.badt{fill:#c4161c;font-weight:700}.pic .badbox{fill:#fdecec;stroke:#c4161c}
.hob{fill:#e3edfd;stroke:#8796a8}.hob.freedhob{fill:#f0f2f5}.hatch{stroke:#8b949e}
.hatchbg{fill:#f6f8fa}
@media (prefers-color-scheme:dark){
.pic text{fill:#e2e7ee}.pic .dim{fill:#98a3af}.pic .onhatch{stroke:#1a1f25}
.pic .piece{stroke:#8b949e}.pic .bg{fill:#14181d}.pic .line{stroke:#3a434d}.k0{fill:#14181d}
.k1{fill:#26221a}.k2{fill:#1f4e8f}.k3{fill:#20262d}.k4{fill:#1f6b3a}.k5{fill:#1b616a}
.k7{fill:#5b3a7e}.k9{fill:#173f46}.k11{fill:#7d5c00}.k12{fill:#a11d20}.k13{fill:#20262d}
.k14{fill:#22385c}.k15{fill:#5a4713}.pic .new{stroke:#3fd06d}.pic .bad{stroke:#ff7b72}
.pic text.newt{fill:#3fd06d}.pic text.badt{fill:#ff8f88}
.pic .badbox{fill:#3a1618;stroke:#ff7b72}.hob{fill:#1d2f4a;stroke:#5c6b7e}
.hob.freedhob{fill:#20262d}.hatch{stroke:#5c6773}.hatchbg{fill:#1a1f25}}
)css";
  constexpr std::string_view kReference = "url(#";
  for (std::size_t at = 0; (at = css.find(kReference, at)) != std::string::npos;) {
    at += kReference.size();
    css.insert(at, prefix);
  }
  return css;
}

std::string svg_patterns(std::string_view prefix) {
  struct Hatch {
    std::string_view id;
    std::string_view path;
  };
  constexpr std::array<Hatch, 4> kHatches{{
      {"freed", "M0 0L8 8"},
      {"sec", "M0 8L8 0"},
      {"gone", "M0 0L8 8M0 8L8 0"},
      {"several", "M4 0V8"},
  }};
  std::string text = "<defs>";
  for (const Hatch& hatch : kHatches) {
    text += fmt::format(
        R"(<pattern id="{}{}" width="8" height="8" patternUnits="userSpaceOnUse">)"
        R"(<rect class="hatchbg" width="8" height="8"/><path class="hatch" d="{}" fill="none"/>)"
        R"(</pattern>)",
        prefix, hatch.id, hatch.path);
  }
  return text + "</defs>\n";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::size_t take = std::min(newline, columns);
    if (take < newline) {
      const std::size_t blank = text.substr(0, take + 1).rfind(' ');
      if (blank != std::string_view::npos && blank > columns / 2) take = blank;
      // Not within a character of UTF-8.
      while (take > 1 && (static_cast<unsigned char>(text[take]) & 0xc0U) == 0x80) --take;
    }
    lines.emplace_back(text.substr(0, take));
    text.remove_prefix(take);
    if (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  }
  return lines;
}

}  // namespace hobnail
