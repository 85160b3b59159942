// SPDX-License-Identifier: BSD-2-Clause-Patent
//
// How the page looks: all below .boot, so that it can stand on the page of another writer.
#include "fuzz/boot_view/html/style.h"

#include "fuzz/boot_view/svg/style.h"

namespace hobnail {
namespace {

constexpr std::string_view kPageCss = R"css(
.boot{--fg:#1c2128;--bg:#fff;--dim:#59636e;--line:#d5dae0;--bad:#b3131a;--badbg:#fdecec;
--new:#0a7a33;--hob:#e3edfd;--hobline:#8796a8}
@media (prefers-color-scheme:dark){
.boot{--fg:#e2e7ee;--bg:#14181d;--dim:#98a3af;--line:#3a434d;--bad:#ff8f88;--badbg:#3a1618;
--new:#3fd06d;--hob:#1d2f4a;--hobline:#5c6b7e}
}
.boot{color:var(--fg);background:var(--bg);font:15px/1.45 system-ui,sans-serif;
padding:1rem 1.5rem}.boot.figure{padding:0;background:none}
.boot pre,.boot td,.boot .story,.boot h3{font-family:ui-monospace,Menlo,Consolas,
"DejaVu Sans Mono",monospace}
.boot h1{font-size:1.3rem;margin:.2rem 0;overflow-wrap:anywhere}
.boot .about,.boot .same,.boot .stage{color:var(--dim);margin:.2rem 0}
.boot nav ol{list-style:none;display:grid;padding:0;margin:.6rem 0;font-size:.82rem;
grid-template-columns:repeat(auto-fill,minmax(min(15rem,46%),1fr));gap:.1rem 1rem;
max-height:60vh;overflow-y:auto;border:1px solid var(--line);border-radius:.3rem}
.boot nav li{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;
padding:.05rem .4rem}
.boot a{color:inherit}.boot .bad{color:var(--bad);font-weight:700}
.boot .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;padding:0;
margin:.6rem 0;
font-size:.82rem}.boot .legend svg{vertical-align:-.3rem}
.boot .scale{width:100%;max-width:30rem;display:block}
.boot .about,.boot .stage,.boot .same{font-size:.82rem}
.boot section,.boot details{margin:0}
.boot .step{display:grid;grid-template-columns:minmax(17rem,22rem) minmax(0,1fr);gap:1.2rem;
border-top:1px solid var(--line);padding:.8rem 0}
.boot .words{min-width:0}.boot h3{font-size:.95rem;margin:0 0 .3rem;overflow-wrap:anywhere;
color:var(--fg)}
.boot .no{color:var(--dim);margin-right:.4rem;font-weight:400}
.boot pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0;font-size:.82rem;padding:0;
background:none}
.boot .story{font-size:.78rem;color:var(--dim);padding-left:1.1rem;margin:.3rem 0;
overflow-wrap:anywhere}
.boot .story .row{list-style:none;white-space:pre-wrap}
.boot .guilty{background:var(--badbg);box-shadow:-.4rem 0 0 var(--bad);padding-left:.6rem;
padding-right:.6rem}
.boot .finding{border:1px solid var(--bad);border-radius:.3rem;padding:.4rem .6rem;
margin:.4rem 0}
.boot .finding strong{color:var(--bad)}
.boot .picture{min-width:0;padding:0;border:0;overflow:visible}
.boot .lane{margin:.1rem 0;color:var(--dim);font-size:.75rem;max-width:none;
font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.boot .strip{width:100%;display:block;overflow:visible}.boot .strip .n{display:none}
.boot .hobs{list-style:none;display:flex;flex-wrap:wrap;gap:2px;padding:0;margin:.2rem 0 .4rem;
font:11px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.boot .hobs li{border:1px solid var(--hobline);background:var(--hob);padding:0 .3rem;
line-height:1rem}.boot .hobs .unused{background:none;border-style:dashed}
.boot .hobs .more{border:0;background:none;color:var(--dim)}
.boot .hobs .fresh{border-color:var(--new);color:var(--new);font-weight:700;
box-shadow:inset 0 0 0 1px var(--new)}
.boot .hobs .bad{border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
.boot .scroll{overflow-x:auto}.boot .defs{position:absolute}
.boot table{border-collapse:collapse;font-size:.78rem;margin:.3rem 0}
.boot th,.boot td{text-align:left;padding:.1rem .7rem .1rem 0;white-space:nowrap;
vertical-align:top;border-bottom:1px solid var(--line)}
.boot td:last-child{white-space:normal;min-width:20rem}
.boot .fresh td{color:var(--new);font-weight:700}
.boot summary{cursor:pointer;font-size:.85rem;color:var(--dim);font-weight:400}
.boot .fold{border-top:1px solid var(--line);padding:.4rem 0}
.boot .fold>summary{padding:.3rem 0}.boot .fold b{color:var(--fg)}
.boot .row{border-top:1px dotted var(--line)}
.boot .row>summary{display:grid;grid-template-columns:minmax(17rem,22rem) minmax(0,1fr);
gap:1.2rem;align-items:center;color:var(--fg);padding:.1rem 0;font-size:.78rem}
.boot .row>summary::before{content:"";display:none}
.boot .row .op{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;
overflow-wrap:anywhere}
.boot .row .out{color:var(--dim)}.boot .thins{min-width:0}
.boot .thin{width:100%;height:18px;display:block;margin:1px 0}
.boot .row[open]{padding-bottom:.5rem}.boot .program{border-top:1px solid var(--line);
padding:.5rem 0}
@media (max-width:75rem){.boot .step{grid-template-columns:minmax(0,1fr);gap:.4rem}}
@media (max-width:52rem){.boot{padding:.8rem 1rem}.boot.figure{padding:0}
.boot .strip .w{display:none}.boot .strip .n{display:inline}
.boot .row>summary{grid-template-columns:minmax(0,1fr);gap:0}
.boot td:last-child{min-width:14rem}}
@media print{.boot nav ol{max-height:none}}
)css";

}  // namespace

std::string boot_html_css(std::string_view prefix) {
  std::string css = svg_css(prefix);
  css += kPageCss;
  return css;
}

}  // namespace hobnail
