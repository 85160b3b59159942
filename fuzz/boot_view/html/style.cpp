// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How the page looks: all below .boot, so that it can stand on a page of somebody else's.
#include "fuzz/boot_view/html/style.h"

#include "fuzz/boot_view/svg/style.h"

namespace hobnail {

std::string boot_html_css() {
  return svg_css() +
         R"css(
.boot{--fg:#1c2128;--bg:#fff;--dim:#59636e;--line:#d5dae0;--bad:#b3131a;--badbg:#fdecec;
--new:#0a7a33}
@media (prefers-color-scheme:dark){
.boot{--fg:#e2e7ee;--bg:#14181d;--dim:#98a3af;--line:#3a434d;--bad:#ff8f88;--badbg:#3a1618;
--new:#3fd06d}
}
.boot{color:var(--fg);background:var(--bg);font:15px/1.45 system-ui,sans-serif;
padding:1rem 1.5rem}
.boot pre,.boot td,.boot .story,.boot h3{font-family:ui-monospace,Menlo,Consolas,
"DejaVu Sans Mono",monospace}
.boot h1{font-size:1.3rem;margin:.2rem 0;overflow-wrap:anywhere}
.boot .about,.boot .same,.boot .stage{color:var(--dim);margin:.2rem 0}
.boot nav ol{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;
font-size:.85rem}
.boot a{color:inherit}.boot .bad{color:var(--bad);font-weight:700}
.boot .step{display:grid;grid-template-columns:minmax(17rem,26rem) minmax(0,1fr);gap:1.2rem;
border-top:1px solid var(--line);padding:.8rem 0}
@media (max-width:75rem){
.boot .step{grid-template-columns:minmax(0,1fr)}}
.boot .words{min-width:0}.boot h3{font-size:.95rem;margin:0 0 .3rem;overflow-wrap:anywhere}
.boot .no{color:var(--dim);margin-right:.4rem}
.boot pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0;font-size:.82rem}
.boot .story{font-size:.78rem;color:var(--dim);padding-left:1.1rem;margin:.3rem 0;
overflow-wrap:anywhere}
.boot .story .row{list-style:none;white-space:pre-wrap}
.boot .guilty{background:var(--badbg);box-shadow:-.4rem 0 0 var(--bad);padding-left:.6rem}
.boot .finding{border:1px solid var(--bad);border-radius:.3rem;padding:.4rem .6rem;
margin:.4rem 0}
.boot .finding strong{color:var(--bad)}
.boot .pic{width:100%;max-width:75rem;height:auto;display:block}.boot .scroll{overflow-x:auto}
.boot .defs{position:absolute}
.boot table{border-collapse:collapse;font-size:.78rem;margin:.3rem 0}
.boot th,.boot td{text-align:left;padding:.1rem .7rem .1rem 0;white-space:nowrap;
vertical-align:top;border-bottom:1px solid var(--line)}
.boot td:last-child{white-space:normal;min-width:20rem}
.boot .fresh td{color:var(--new);font-weight:700}
.boot summary{cursor:pointer;font-size:.85rem;color:var(--dim)}
)css";
}

}  // namespace hobnail
