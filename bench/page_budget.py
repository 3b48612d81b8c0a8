"""What a page costs the visitor's browser: bytes, long tasks, the largest picture's time, in Chromium.

    python bench/page_budget.py                       the collection of ./run demo, under var/
    python bench/page_budget.py --var PATH --times 5

Each page is opened by a browser that has seen nothing of the site, medians of N times, at the size of a laptop. Twice:
as the machine is, and with a processor four times as slow (the DevTools protocol's throttling, what Lighthouse calls a
middling phone). “Transferred” are the compressed bytes of HTML, style sheets and scripts with their headers; pictures
stand beside them. A task is what keeps the main thread from answering (Long Tasks API: 50 ms and more; 0 is none); LCP
is the Largest Contentful Paint, CLS the Cumulative Layout Shift, as web.dev defines them. Server, browser and this
program share the machine's cores.
"""

import argparse
import shutil
import statistics
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import usage
from installation import ROOT, collection

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

SLOWER = 4
LAPTOP = {"width": 1280, "height": 900}
SWITCHES = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking")
SETTLED_MS = 1500  # after the load, what is late may still come
COUNTED = ("Document", "Stylesheet", "Script")
BUDGET_BYTES, BUDGET_TASK_MS, BUDGET_LCP_MS = 100_000, 50, 1000
OBSERVE = """
  window.seen = {task: 0, lcp: 0, cls: 0};
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
  watch("longtask", (entry) => { seen.task = Math.max(seen.task, entry.duration); });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one visit: bytes, milliseconds, and the shift's own measure."""

    transferred: float
    pictures: float
    longest_task: float
    lcp: float
    cls: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="the collection's folder (var)")
    parser.add_argument("--times", type=int, default=5, metavar="N", help="visits to each page (5)")
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("This needs Debian's Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with collection(options.var) as application:
        pages = _pages()
        with sync_playwright() as playwright:
            _report(playwright, chromium, application.url, pages, options.times)


def _pages() -> dict[str, str]:
    from gallery.models import Painting

    first, second, *_ = Painting.objects.public().order_by("id")[:2]
    return {
        "results (the goal's)": f"/search/?like={first.pk}&like={second.pk}",
        "home": "/",
        "a painting": first.get_absolute_url(),
        "compare": f"/compare/{first.pk}/{second.pk}/",
    }


def _report(playwright: "Playwright", chromium: str, address: str, pages: dict[str, str], times: int) -> None:
    browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
    budget = f"{BUDGET_BYTES // 1000} kB transferred, no task over {BUDGET_TASK_MS} ms, LCP ≤ {BUDGET_LCP_MS} ms"
    print(f"{usage.load()}; medians of {times}; budget of the results page: {budget}")
    print(f"{'':24}{'slower':>8}{'transferred':>13}{'pictures':>11}{'longest task':>14}{'LCP':>9}{'CLS':>8}")
    for name, path in pages.items():
        _visit(browser, address + path, 1)  # the server's caches
        for slower in (1, SLOWER):
            costs = [_visit(browser, address + path, slower) for _ in range(times)]
            cost = {each.name: statistics.median(getattr(one, each.name) for one in costs) for each in fields(Cost)}
            print(
                f"{name:24}{f'× {slower}':>8}{cost['transferred'] / 1000:10.1f} kB{cost['pictures'] / 1000:8.0f} kB"
                f"{cost['longest_task']:11.0f} ms{cost['lcp']:6.0f} ms{cost['cls']:8.3f}",
                flush=True,
            )
    browser.close()


def _visit(browser: "Browser", address: str, slower: int) -> Cost:
    context = browser.new_context(viewport=LAPTOP)
    page = context.new_page()
    page.add_init_script(OBSERVE)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def noted(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    devtools.on("Network.responseReceived", noted)
    devtools.on("Network.loadingFinished", loaded)
    answer = page.goto(address, wait_until="load")
    if not answer or not answer.ok:
        sys.exit(f"{address}: {answer and answer.status}")
    page.wait_for_timeout(SETTLED_MS * slower)
    seen = page.evaluate("window.seen")
    context.close()
    return Cost(
        transferred=sum(size for request, size in sizes.items() if kinds.get(request) in COUNTED),
        pictures=sum(size for request, size in sizes.items() if kinds.get(request) == "Image"),
        longest_task=seen["task"],
        lcp=seen["lcp"],
        cls=seen["cls"],
    )


if __name__ == "__main__":
    main()
