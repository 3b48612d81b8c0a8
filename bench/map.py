"""The map: how long it takes to be made, how large its file is, and how smoothly it moves in Chromium.

    python bench/map.py                          10,000 paintings, mixtures of crops of drawn pictures
    python bench/map.py -n 100000 --no-browser   only how it is made

A database of its own in a temporary folder, the pictures crops of the drawn sample. Each frame's time is the difference
of two calls of requestAnimationFrame, recorded while a hand zooms by the wheel from the whole map to single pictures
and back, and while it pans at three scales: with everything as the software renderer gives it, on the machine's shared
cores, at 1280 × 900 and one pixel a pixel. The first pass meets sheets that are still loading; the second is warm.
"""

import argparse
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import usage
from installation import installation
from mixtures import add_arguments, fill, mixtures
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAINTINGS, DRAWN = 10_000, 24
WIDTH = 160  # pixels of a rendition here
LAPTOP = {"width": 1280, "height": 900}
SWITCHES = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking")
GOAL = 50  # frames a second
RECORD = """() => {
    window.frames = [];
    let last = 0;
    window.recording = true;
    const note = (now) => {
        if (last) frames.push(now - last);
        last = now;
        if (recording) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, PAINTINGS)
    parser.add_argument("--no-browser", action="store_true", help="only make the map")
    options = parser.parse_args()
    chromium = shutil.which("chromium")
    if not chromium and not options.no_browser:
        sys.exit("This needs Debian's Chromium: apt-get install chromium")
    with installation() as (application, _):
        _fill(options)
        _make()
        _weigh()
        if not options.no_browser:
            application.manage("collectstatic", "--no-input", "--verbosity", "0")
            application.start("web")
            _watch(str(chromium), application.url)


def _fill(options: argparse.Namespace) -> None:
    from vectorizer.models import EncoderModel

    model = EncoderModel.current()
    fill(model, mixtures(options, model), options.n)
    _draw(options.n)


def _draw(count: int) -> None:
    """A rendition of each image: a crop of a drawn painting."""
    from django.core.files.base import ContentFile

    from gallery import rendering, renditions, sample
    from gallery.models import Image as Row

    rng = np.random.default_rng(1)
    works = sample.paintings()
    drawn = [sample.draw(work.key).reduce(3) for work in works[:: len(works) // DRAWN][:DRAWN]]
    for start in range(0, count, 1000):
        rows = list(Row.objects.order_by("pk")[start : start + 1000])
        for row in rows:
            picture = _crop(drawn[int(rng.integers(len(drawn)))], rng)
            row.width, row.height, row.widths = *picture.size, [picture.width]
            row.placeholder = renditions.placeholder(picture)
            file = BytesIO()
            picture.save(file, "JPEG", quality=80)
            for extension in ("jpg", "webp"):  # a browser looks at the bytes
                rendering.storage().save(row.rendition_path(row.width, extension), ContentFile(file.getvalue()))
        Row.objects.bulk_update(rows, ["width", "height", "widths", "placeholder"])


def _crop(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    wide, high = (int(side * rng.uniform(0.3, 0.8)) for side in picture.size)
    left, top = int(rng.integers(0, picture.width - wide)), int(rng.integers(0, picture.height - high))
    cropped = picture.crop((left, top, left + wide, top + high))
    return cropped.resize((WIDTH, max(1, round(WIDTH * high / wide))))


def _make() -> None:
    from search.map import making

    steps: dict[str, float] = {}
    last = [time.perf_counter(), "starting"]

    def tell(step: str, _: int) -> None:
        now = time.perf_counter()
        steps[str(last[1])] = steps.get(str(last[1]), 0.0) + now - float(last[0])
        last[:] = [now, step]

    load, started = usage.load(), time.perf_counter()
    count = making.make(tell)
    taken = time.perf_counter() - started
    parts = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps.items() if step != "starting")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Made of {count:,} paintings in {taken:.1f} s ({parts}); {peak:,.0f} MB at the most; {load}", flush=True)


def _weigh() -> None:
    from gallery import rendering
    from search.map import atlas, sheets
    from search.map.models import Sheet

    started = time.perf_counter()
    found = atlas.current()
    assert found
    taken = 1000 * (time.perf_counter() - started)
    sizes = {
        side: [
            rendering.storage().size(sheets.path(name, side)) for name in Sheet.objects.values_list("name", flat=True)
        ]
        for side in sheets.SIDES
    }
    of_sheets = "; ".join(f"{side} px {sum(each) / 1e6:.1f} MB" for side, each in sizes.items())
    print(
        f"Its file: {len(found.data) / 1e3:.0f} kB, {len(found.compressed) / 1e3:.0f} kB compressed, in "
        f"{taken:.0f} ms after a change. {len(sizes[sheets.CELL])} sheets: {of_sheets}",
        flush=True,
    )


def _watch(chromium: str, address: str) -> None:
    from playwright.sync_api import sync_playwright

    print(f"Chromium, software renderer, 1280 × 900; {usage.load()}; goal: {GOAL} frames a second")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        page = browser.new_page(base_url=address, viewport=LAPTOP)
        page.goto("/map/")
        page.locator("#map.ready").wait_for()
        page.wait_for_timeout(3000)
        for name, act in (("zooming", _zoom), ("panning", _pan)):
            for time_ in ("first", "second"):
                _report(f"{name}, {time_} time", _recorded(page, act))
        browser.close()


def _recorded(page: "Page", act: Callable[["Page"], None]) -> Sequence[float]:
    page.keyboard.press("0")
    page.wait_for_timeout(800)
    page.evaluate(RECORD)
    act(page)
    page.evaluate("window.recording = false")
    return list(page.evaluate("window.frames"))


def _zoom(page: "Page") -> None:
    page.mouse.move(700, 480)
    for pixels in (-60, 60):
        for _ in range(75):
            page.mouse.wheel(0, pixels)
            page.wait_for_timeout(16)


def _pan(page: "Page") -> None:
    for closer in (0, 8, 16):
        page.mouse.move(700, 480)
        for _ in range(closer):
            page.mouse.wheel(0, -120)
            page.wait_for_timeout(40)
        page.mouse.down()
        for step in range(80):
            angle = step / 80 * 2 * np.pi
            page.mouse.move(700 + 350 * np.sin(angle), 480 + 250 * (1 - np.cos(angle)) / 2)
            page.wait_for_timeout(12)
        page.mouse.up()


def _report(name: str, times: Sequence[float]) -> None:
    ordered: Any = sorted(times)
    rate = 1000 * len(times) / sum(times)
    late = ordered[int(0.95 * len(ordered))]
    print(
        f"  {name:<22} {len(times):>5} frames: median {statistics.median(times):5.1f} ms, 95 % within {late:5.1f} ms, "
        f"longest {ordered[-1]:5.1f} ms; {rate:4.1f} frames a second",
        flush=True,
    )


if __name__ == "__main__":
    main()
