#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The pages of `hobnail show` and of triage in a headless browser, at 390 and 1280 pixels.

  browser_test.py BIN LIB [--keep DIR]

Renders pages of boots, of real firmware's boot, of a boot of 1,000 ops and of every planted bug,
and measures them: no page is wider than its window, no label reaches beyond its piece or the page,
no two addresses of a strip overlap, and closed pages are a few screens high. Takes a picture of
some of them, which must not be of one colour. With --keep, pages and pictures stay in DIR.

Exit codes: 0 everything holds, 1 something does not, 77 there is no browser.
"""

import argparse
import html
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = (390, 1280)
HEIGHTS = {390: 844, 1280: 900}  # of the windows
HEIGHT_MOST = {390: 14000, 1280: 8000}  # of a page as it opens, in pixels
INDEX_MOST = {390: 1.0, 1280: 1.0}  # the index fits a screen
PICTURES = ("boot-from-reset", "boot-ovmf-q35-x64-256M.", "long", "triage", "PAGE-ADDRESS")
SKIP = 77

# Runs in a page of its own that holds the measured one as a frame, so that the window is as wide as
# the frame. Results are in the page: --dump-dom prints them.
PROBE = """<!DOCTYPE html><meta charset="utf-8"><body><pre id="result"></pre><script>
const jobs = %s;
const out = [];
function visible(e) {
  const box = e.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(e).visibility !== "hidden";
}
function words(e) { return (e.textContent || "").trim().slice(0, 60); }
function outside(doc, width) {
  const wrong = [];
  for (const e of doc.querySelectorAll("text, h1, h3, p, li, a, summary, pre, .out")) {
    if (e.closest(".scroll, nav") || !visible(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.left < -1 || box.right > width + 1) wrong.push(words(e));
  }
  return wrong;
}
function cut(doc) {
  const wrong = [];
  for (const e of doc.querySelectorAll("svg.strip svg > text.l")) {
    if (!visible(e)) continue;
    const box = e.getBoundingClientRect();
    const piece = e.parentNode.querySelector("rect").getBoundingClientRect();
    if (box.left < piece.left - 2 || box.right > piece.right + 2) wrong.push(words(e));
  }
  return wrong;
}
function overlaps(doc) {
  const wrong = [];
  for (const strip of doc.querySelectorAll("svg.strip")) {
    const ticks = [...strip.querySelectorAll("text.t")].filter(visible);
    for (let i = 0; i < ticks.length; ++i) {
      for (let k = i + 1; k < ticks.length; ++k) {
        const a = ticks[i].getBoundingClientRect(), b = ticks[k].getBoundingClientRect();
        if (Math.abs(a.top - b.top) < 3 && a.left < b.right - 1 && b.left < a.right - 1) {
          wrong.push(words(ticks[i]) + " and " + words(ticks[k]));
        }
      }
    }
  }
  return wrong;
}
function measure(frame, job) {
  const doc = frame.contentDocument, root = doc.documentElement;
  const nav = doc.querySelector("nav");
  const seen = {page: job.page, width: job.width, height: root.scrollHeight,
    index: nav ? nav.getBoundingClientRect().height : 0,
    labels: [...doc.querySelectorAll("svg.strip text.l")].filter(visible).length,
    fonts: Math.min(...[...doc.querySelectorAll("svg.strip text")].filter(visible)
      .map(e => parseFloat(getComputedStyle(e).fontSize))),
    outside: outside(doc, job.width), cut: cut(doc), overlaps: overlaps(doc)};
  seen.wide = root.scrollWidth;
  for (const e of doc.querySelectorAll("details")) e.open = true;
  seen.opened_wide = root.scrollWidth;
  seen.opened_outside = outside(doc, job.width);
  return seen;
}
async function run() {
  for (const job of jobs) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `border:0;width:${job.width}px;height:${job.window}px`;
    frame.src = job.page;
    await new Promise(done => { frame.onload = done; document.body.append(frame); });
    try { out.push(measure(frame, job)); } catch (error) { out.push({page: job.page, error: `${error}`}); }
    frame.remove();
  }
  document.getElementById("result").textContent = JSON.stringify(out);
  document.title = "done";
}
run();
</script></body>
"""


def browser():
    """The browser's path, or None."""
    named = os.environ.get("HOBNAIL_BROWSER")
    if named is not None:
        return named or None
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def run_browser(path, folder, *arguments):
    home = folder / "browser"
    return subprocess.run(
        [path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
         "--disable-dev-shm-usage", "--no-first-run", "--allow-file-access-from-files",
         f"--user-data-dir={home}", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)


def measured(path, folder, pages):
    jobs = [{"page": page.as_uri(), "width": width, "window": HEIGHTS[width]}
            for page in pages for width in WIDTHS]
    probe = folder / "probe.html"
    probe.write_text(PROBE % json.dumps(jobs))
    done = run_browser(path, folder, "--virtual-time-budget=600000", "--dump-dom", probe.as_uri())
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    if not found or not found[1]:
        raise RuntimeError(f"the browser has measured nothing: {done.stderr.decode()[-2000:]}")
    return json.loads(html.unescape(found[1]))


def faults_of(seen):
    """What is wrong with a page at a width, a line each."""
    if "error" in seen:
        return [seen["error"]]
    width = seen["width"]
    faults = []
    for name in ("wide", "opened_wide"):
        if seen[name] > width:
            faults.append(f"{name}: {seen[name]} pixels in a window of {width}")
    if seen["height"] > HEIGHT_MOST[width]:
        faults.append(f"{seen['height']} pixels high; {HEIGHT_MOST[width]} are allowed")
    if seen["index"] > INDEX_MOST[width] * HEIGHTS[width]:
        faults.append(f"the index is {seen['index']} pixels high, in a window of {HEIGHTS[width]}")
    if seen["labels"] == 0:
        faults.append("no label is visible")
    elif seen["fonts"] < 9:
        faults.append(f"words of {seen['fonts']} pixels")
    for name in ("outside", "opened_outside", "cut", "overlaps"):
        faults += [f"{name}: {words}" for words in seen[name][:5]]
    return faults


def colours_of(png):
    """How many rows of pixels of a PNG of 8 bits are different: 1 for an empty picture."""
    data = png.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError(f"{png}: is no PNG")
    body, at, width, depth = b"", 8, 0, 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        part = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, _, _, colour = struct.unpack(">IIBB", part[:10])
            depth = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            body += part
        at += 12 + size
    raw = zlib.decompress(body)
    step = 1 + width * depth
    return len({raw[i:i + step] for i in range(0, len(raw), step)})


def take_picture(path, folder, page, width):
    out = folder / f"{page.stem}-{width}.png"
    # No window of the browser is narrower than 500 pixels: a frame is.
    holder = folder / f"{page.stem}-{width}.holder.html"
    height = 2 * HEIGHTS[width]
    holder.write_text(f'<!DOCTYPE html><body style="margin:0"><iframe src="{page.name}" '
                      f'style="border:0;width:{width}px;height:{height}px"></iframe></body>')
    done = run_browser(path, folder, f"--window-size={max(width, 500)},{height}",
                       f"--screenshot={out}", holder.as_uri())
    if not out.exists():
        raise RuntimeError(f"no picture of {page.name}: {done.stderr.decode()[-2000:]}")
    return out


def long_boot():
    lines = ["boot v1", "board roomy"]
    for i in range(250):
        kind = ("BootServicesData", "RuntimeServicesData", "LoaderCode", "ACPINvs")[i % 4]
        lines += ["AllocatePool 24", f"p{i} = AllocatePages {kind} 1", "CreateHob GuidExtension 24",
                  f"FreePages p{i // 2} whole"]
    return "\n".join(lines) + "\n"


def show(bin_, program, page, *arguments):
    done = subprocess.run([bin_ / "hobnail", "show", program, "--quiet", "--html", page, *arguments],
                          capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"hobnail show {program}: {done.stderr}")


def write_pages(bin_, lib, folder):
    """All pages. Each name begins with what it is of."""
    programs = sorted((ROOT / "corpus/real").glob("*.boot"))
    programs += sorted((ROOT / "corpus/services").glob("*.boot"))[::8]
    programs += [ROOT / "corpus/services/from-reset-to-the-operating-system.boot"]
    for program in programs:
        show(bin_, program, folder / f"boot-{program.stem}.html")
    long = folder / "long.boot"
    long.write_text(long_boot())
    show(bin_, long, folder / "long.html")
    if (folder / "long.html").stat().st_size > 2_000_000:
        raise RuntimeError("the page of 1,000 ops is larger than 2 MB")
    short = folder / "short.boot"
    short.write_text("boot v1\nboard heap-low\np0 = AllocatePages BootServicesData 3\n"
                     "FreePages p0+1 1\n")
    crashing = lib / "bad/bad_crashing.so"
    if crashing.exists():
        show(bin_, short, folder / "death.html", "--target", crashing)
        subprocess.run([bin_ / "hobnail", "triage", short, "--target", crashing, "--out",
                        folder / "triage"], capture_output=True, timeout=120, check=False)
        (folder / "triage.html").write_text((folder / "triage/index.html").read_text())
    tests = bin_ / "boot_view_test"
    if tests.exists():
        subprocess.run([tests, "--gtest_filter=Show.EveryPlantedBugIsMarkedAtItsOp"],
                       env={**os.environ, "HOBNAIL_PAGES": str(folder)}, stdout=subprocess.DEVNULL,
                       timeout=300, check=True)
    return sorted(folder.glob("*.html"))


def check_the_probe(path, folder):
    """A page that is wrong in every way must be found to be."""
    wrong = folder / "wrong.html"
    wrong.write_text('<!DOCTYPE html><meta name="viewport" content="width=device-width">'
                     '<style>text{font:8px monospace}</style><p style="width:2000px">wide</p>'
                     '<nav style="height:3000px"></nav><svg class="strip" width="300" height="60">'
                     '<svg width="20" height="20" style="overflow:visible"><rect width="20" '
                     'height="20"/><text class="l" y="12">a label that is too long</text></svg>'
                     '<text class="t" x="0" y="40">0x1000</text><text class="t" x="9" y="40">'
                     '0x2000</text></svg><div style="height:90000px"></div>')
    for seen in measured(path, folder, [wrong]):
        faults = " ".join(faults_of(seen))
        for word in ("wide:", "high", "index", "words of", "outside:", "cut:", "overlaps:"):
            if word not in faults:
                raise RuntimeError(f"the probe does not see what is wrong: {word} in {faults}")
    wrong.unlink()


def check(path, bin_, lib, folder):
    check_the_probe(path, folder)
    pages = [page for page in write_pages(bin_, lib, folder) if page.name != "probe.html"]
    bad = 0
    for seen in measured(path, folder, pages):
        name = pathlib.Path(seen["page"]).name
        for fault in faults_of(seen):
            print(f"{name} at {seen.get('width')}: {fault}")
            bad += 1
    pictures = 0
    for page in pages:
        if not page.name.startswith(PICTURES):
            continue
        for width in WIDTHS:
            picture = take_picture(path, folder, page, width)
            pictures += 1
            if colours_of(picture) < 50:
                print(f"{picture.name}: is empty")
                bad += 1
    print(f"{len(pages)} pages at {len(WIDTHS)} widths, {pictures} pictures, {bad} faults")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("lib", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    path = browser()
    if path is None:
        print(f"skipped: no browser ({', '.join(BROWSERS)}); on Debian: apt-get install chromium")
        return SKIP
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return check(path, arguments.bin, arguments.lib, folder.resolve())


if __name__ == "__main__":
    sys.exit(main())
