// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// CSS. Colours are named once for light and once for dark; what is printed is light.
#include "fuzz/triage/report/style.h"

namespace hobnail {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ink: #1d2126; --dim: #5c6670; --line: #d5dade; --paper: #fff;
  --block: #f4f6f8; --bad: #b3261e; --mark: #fde8e6; --link: #0b57a4; --warn: #8a5a00; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e3e6e9; --dim: #9aa4ae; --line: #3a424a; --paper: #16191c; --block: #20252a;
    --bad: #ff9a91; --mark: #4a2320; --link: #8ab8ff; --warn: #e7b457; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 2rem 4rem; max-width: 76rem; color: var(--ink);
  background: var(--paper); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 0 0 .5rem; }
h3 { font-size: .95rem; margin: 1.5rem 0 .4rem; color: var(--dim); font-weight: 600; }
p { margin: .4rem 0; max-width: 60rem; }
a { color: var(--link); }
code, pre, td.code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .85em; }
pre { margin: .4rem 0; padding: .7rem .9rem; background: var(--block); border-radius: 6px;
  overflow-x: auto; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
pre mark { background: var(--mark); color: inherit; display: block; margin: 0 -.9rem;
  padding: 0 .9rem; box-shadow: inset 3px 0 var(--bad); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th { white-space: nowrap; }
td.code { overflow-wrap: anywhere; min-width: 9rem; }
th { color: var(--dim); font-weight: 600; }
td.count, th.count { text-align: right; }
td.whole { white-space: nowrap; min-width: 0; }
td.quiet { color: var(--dim); }
tr.finding td { background: var(--mark); }
tr.finding td:first-child { box-shadow: inset 3px 0 var(--bad); padding-left: .5rem; }
.dim { color: var(--dim); }
.verdict { font-size: 1.1rem; font-weight: 600; }
.curve { width: 100%; height: 7rem; display: block; }
.curve rect { fill: var(--block); }
.curve polyline { fill: none; stroke: var(--link); stroke-width: 2;
  vector-effect: non-scaling-stroke; }
.state { border: 1px solid currentColor; border-radius: 4px; padding: 0 .4rem; font-size: .8rem;
  white-space: nowrap; }
.new, .returned { color: var(--bad); font-weight: 600; }
.known { color: var(--dim); }
section { margin-top: 2.5rem; padding-top: 1.25rem; border-top: 2px solid var(--line); }
.scroll { overflow-x: auto; }
details { margin: .8rem 0; }
summary { cursor: pointer; color: var(--dim); font-weight: 600; font-size: .95rem; }
ul { margin: .4rem 0; padding-left: 1.2rem; }
@media (max-width: 40rem) { body { padding: 1rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { break-before: page; border-top: none; }
  pre, tr { break-inside: avoid; }
}
)";

}  // namespace

std::string_view html_style() { return kStyle; }

}  // namespace hobnail
