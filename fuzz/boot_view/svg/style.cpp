// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// Colours and hatches. What the operating system gets back is cool and calm; what survives
// ExitBootServices is warm, with a bold hatch.
#include "fuzz/boot_view/svg/style.h"

#include <fmt/format.h>

#include <array>

namespace hobnail {
namespace {

struct Paint {
  std::string_view light;
  std::string_view dark;
  std::string_view hatch;  // a path in a tile of 8 by 8; empty: none
  std::string_view light_line;
  std::string_view dark_line;
  std::string_view line_width = "1";
};

constexpr std::string_view kRising = "M-1 1L1 -1M0 8L8 0M7 9L9 7";
constexpr std::string_view kFalling = "M-1 7L1 9M0 0L8 8M7 -1L9 1";
constexpr std::string_view kCross = "M0 0L8 8M0 8L8 0";
constexpr std::string_view kDots = "M2 2h1M6 6h1";

// By look.
constexpr std::array<Paint, kLooks> kPaints{{
    {"#a9cbff", "#1f4e8f", "M0 2H8M0 6H8", "#93b9f4", "#2a5ca3"},         // HobList
    {"#f2f4f7", "#1c2229", "", "", ""},                                   // Gap
    {"#dcc2f2", "#55367a", "M4 0V8", "#cdabe9", "#644389"},               // Stack
    {"#eceef1", "#242a31", kRising, "#8b949e", "#5c6773"},                // SecData
    {"#b9e6c4", "#1d6437", "", "", ""},                                   // BootData
    {"#b9e6c4", "#1d6437", kRising, "#5fae78", "#3f9a5f"},                // BootCode
    {"#b9e4ea", "#175862", "", "", ""},                                   // LoaderData
    {"#b9e4ea", "#175862", kRising, "#58a7b3", "#2f8a98"},                // LoaderCode
    {"#ffc266", "#8a4a00", kFalling, "#d97300", "#e08a2c", "2.4"},        // RuntimeData
    {"#ffc266", "#8a4a00", kCross, "#d97300", "#e08a2c", "2"},            // RuntimeCode
    {"#ffe88a", "#5e5200", kDots, "#a08400", "#c9b23c", "2"},             // AcpiReclaim
    {"#ffb3a0", "#7d3222", "M2 0V8M6 0V8", "#d4603f", "#c8664d", "2"},    // AcpiNvs
    {"#d8c3a8", "#574430", "M0 2H8M0 6H8", "#94744d", "#94744d", "2"},    // Reserved
    {"#d9d3c7", "#45413a", "M4 2V6M2 4H6", "#6f6654", "#a39a87", "1.2"},  // OtherPages
    {"#f6f8fa", "#1a1f25", kFalling, "#9aa3ad", "#59636e"},               // Freed
    {"#d5eef2", "#173f46", kDots, "#6aa5ae", "#4f8c95", "1.6"},           // Bin
    {"#ffe08a", "#7d5c00", kRising, "#c99a1a", "#c99a1a", "2"},           // Answered
    {"#f4655f", "#a11d20", "", "", ""},                                   // Clash
    {"#eef6ee", "#1d261f", "", "", ""},                                   // Free
    {"#d3e3fb", "#22385c", kDots, "#8fb0e0", "#4a6ea8", "1.6"},           // ToOs
    {"#f6e3b4", "#5a4713", kDots, "#c39c3c", "#a3842f", "1.6"},           // ToOsLater
    {"#f6f8fa", "#1a1f25", kCross, "#b9c0c8", "#434c56"},                 // Gone
    {"#fbf6ea", "#26221a", "", "", ""},                                   // Unclaimed
    {"#ffffff", "#14181d", "", "", ""},                                   // Outside
    {"#f6f8fa", "#1a1f25", "M2 0V8M6 0V8", "#8b949e", "#5c6773"},         // Several
}};

const Paint& paint_of(Look look) { return kPaints[static_cast<std::size_t>(look)]; }

constexpr std::string_view kLightWords = R"css(
.pic text{font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1c2128}
.pic text.l{text-anchor:middle}.pic text.c{text-anchor:middle;font-size:9px;opacity:.85}
.pic text.h{paint-order:stroke;stroke:#f6f8fa;stroke-width:3px;stroke-linejoin:round}
.pic text.t{paint-order:stroke;stroke:#fff;stroke-width:4px}
.pic text.dim{fill:#59636e}.pic .big{font-size:13px;font-weight:700}.pic .mid{font-size:12px}
.pic .piece{stroke:#59636e;stroke-width:1}.pic .bg{fill:#fff}.pic .line{stroke:#c8ced5}
.pic .tick{stroke:#8b949e}.pic .new{fill:none;stroke:#0a7a33;stroke-width:3}
.pic .bad{fill:none;stroke:#c4161c;stroke-width:3}.pic text.newt{fill:#0a7a33;font-weight:700}
.pic text.badt{fill:#c4161c;font-weight:700}.pic .badbox{fill:#fdecec;stroke:#c4161c}
.pic .badbar{fill:#c4161c}.pic .newbar{fill:#0a7a33}
.hob{fill:#e3edfd;stroke:#8796a8}.hob.freedhob{fill:#f0f2f5}
)css";

constexpr std::string_view kDarkWords = R"css(
.pic text{fill:#e2e7ee}.pic text.dim{fill:#98a3af}.pic text.h,.pic text.t{stroke:#14181d}
.pic .piece{stroke:#8b949e}.pic .bg{fill:#14181d}.pic .line{stroke:#3a434d}
.pic .new{stroke:#3fd06d}.pic .bad{stroke:#ff7b72}.pic text.newt{fill:#3fd06d}
.pic text.badt{fill:#ff8f88}.pic .badbox{fill:#3a1618;stroke:#ff7b72}.pic .badbar{fill:#ff7b72}
.pic .newbar{fill:#3fd06d}.hob{fill:#1d2f4a;stroke:#5c6b7e}.hob.freedhob{fill:#20262d}
)css";

std::string class_name(std::size_t look) { return fmt::format("k{}", look); }

std::string colours(bool dark, std::string_view prefix) {
  std::string css;
  for (std::size_t i = 0; i < kLooks; ++i) {
    const Paint& paint = kPaints[i];
    const std::string_view ground = dark ? paint.dark : paint.light;
    if (paint.hatch.empty()) {
      css += fmt::format(".k{}{{fill:{}}}", i, ground);
      continue;
    }
    if (!dark) css += fmt::format(".k{}{{fill:url(#{}k{})}}", i, prefix, i);
    css += fmt::format(".g{}{{fill:{}}}.l{}{{stroke:{}}}\n", i, ground, i,
                       dark ? paint.dark_line : paint.light_line);
  }
  return css;
}

}  // namespace

std::string look_class(Look look) { return class_name(static_cast<std::size_t>(look)); }

bool is_hatched(Look look) { return !paint_of(look).hatch.empty(); }

std::string svg_css(std::string_view prefix) {
  return fmt::format("{}{}\n@media (prefers-color-scheme:dark){{{}{}}}\n", kLightWords,
                     colours(false, prefix), kDarkWords, colours(true, prefix));
}

std::string svg_patterns(std::string_view prefix) {
  std::string text = "<defs>";
  for (std::size_t i = 0; i < kLooks; ++i) {
    const Paint& paint = kPaints[i];
    if (paint.hatch.empty()) continue;
    text +=
        fmt::format(R"(<pattern id="{0}k{1}" width="8" height="8" patternUnits="userSpaceOnUse">)"
                    R"(<rect class="g{1}" width="8" height="8"/>)"
                    R"(<path class="l{1}" d="{2}" fill="none" stroke-width="{3}"/></pattern>)",
                    prefix, i, paint.hatch, paint.line_width);
    text += '\n';
  }
  return text + "</defs>\n";
}

}  // namespace hobnail
