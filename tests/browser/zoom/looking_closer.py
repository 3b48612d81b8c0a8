"""How a visitor looks into a painting, and what is seen of it then."""

import re
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import FloatRect, Locator, Page, Request, expect

from tests.browser.conftest import PHONE
from tests.browser.zoom import large

A_PHONE: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "device_scale_factor": 3}
TILE = re.compile(r"/\d+,\d+,\d+,\d+/\d+,\d+/0/default\.jpg$")

# What the canvas shows: the mean of its cells, and how much neighbouring pixels differ around a point of it.
PICTURE = """(canvas) => {
    const small = Object.assign(document.createElement("canvas"), {width: 24, height: 24}).getContext("2d");
    small.drawImage(canvas, 0, 0, 24, 24);
    return [...small.getImageData(0, 0, 24, 24).data].join();
}"""
CONTRAST = """(canvas) => {
    const [x, y] = [Math.round(canvas.width / 2), Math.round(canvas.height / 2)];
    const {data} = canvas.getContext("2d").getImageData(x - 40, y - 20, 80, 40);
    const green = [...data].filter((_, index) => index % 4 === 1);
    const mean = green.reduce((sum, each) => sum + each) / green.length;
    return Math.sqrt(green.reduce((sum, each) => sum + (each - mean) ** 2, 0) / green.length);
}"""

_under_way: "WeakKeyDictionary[Page, set[Request]]" = WeakKeyDictionary()
"""What each page has asked for and not yet got."""


def enter(page: Page, path: str = large.LARGE) -> Page:
    """The painting's page, ready to be looked into."""
    requests = _under_way.setdefault(page, set())
    page.on("request", lambda request: requests.add(request))
    for end in ("requestfinished", "requestfailed"):
        page.on(end, lambda request: requests.discard(request))
    page.goto(path)
    expect(page.locator(".exhibit.ready")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def room(page: Page) -> Locator:
    return page.get_by_role("group", name="The painting, to look into")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def magnified(page: Page, by: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("status", name="Magnification")).to_have_text(by)


def clicks_twice(page: Page, at: tuple[float, float]) -> None:
    """Until it looks closer: on a busy machine two clicks may be too far apart to be one."""
    magnification = page.get_by_role("status", name="Magnification")
    before = magnification.inner_text()
    for _ in range(8):
        page.mouse.dblclick(*at)
        page.wait_for_timeout(600)
        if magnification.inner_text() != before:
            return
    raise AssertionError("Two clicks do not look closer.")


def shown(page: Page) -> str:
    """What stands on the canvas, when all movement is over, and nothing is awaited or has come for a while."""
    page.wait_for_timeout(350)
    canvas = page.locator("canvas.zoom-part")
    seen: list[str] = []
    for _ in range(400):
        seen.append(str(canvas.evaluate(PICTURE)))
        if _under_way[page]:
            seen.clear()
        if len(seen) > 3 and len(set(seen[-4:])) == 1:
            return seen[-1]
        page.wait_for_timeout(150)
    raise AssertionError("What is drawn does not come to rest.")


def scrolls(page: Page, least: int) -> None:
    """The page comes to rest so many pixels down, or more; at its top for 0."""
    before = -1
    for _ in range(600):
        page.wait_for_timeout(100)
        down = page.evaluate("scrollY")
        if down == before and (down >= least if least else not down):
            return
        before = down
    raise AssertionError(f"The page stands {down} pixels down, and not {least}.")


def contrast(page: Page) -> float:
    return float(page.locator("canvas.zoom-part").evaluate(CONTRAST))


def painting(page: Page) -> FloatRect:
    """Where the painting is in the window, while all of it is shown: its image may have room beside it."""
    box = page.locator(".exhibit img").bounding_box()
    assert box
    scale = min(box["width"] / large.SIZE[0], box["height"] / large.SIZE[1])
    width, height = large.SIZE[0] * scale, large.SIZE[1] * scale
    x, y = box["x"] + (box["width"] - width) / 2, box["y"] + (box["height"] - height) / 2
    return {"x": x, "y": y, "width": width, "height": height}


def place(page: Page, x: int, y: int) -> tuple[float, float]:
    """Where a pixel of the large picture is in the window, while the whole picture is shown."""
    box = painting(page)
    return box["x"] + box["width"] * x / large.SIZE[0], box["y"] + box["height"] * y / large.SIZE[1]


def patch(page: Page) -> tuple[float, float]:
    half = large.PATCH_SIDE // 2
    return place(page, large.PATCH[0] + half, large.PATCH[1] + half)


class Fingers:
    """Touches as Chromium gets them from the screen."""

    def __init__(self, page: Page) -> None:
        self._client = page.context.new_cdp_session(page)

    def come(self, *points: tuple[float, float]) -> None:
        """One after the other."""
        for number in range(len(points)):
            self._send("touchStart", points[: number + 1])

    def move(self, *points: tuple[float, float]) -> None:
        self._send("touchMove", points)

    def go(self) -> None:
        self._send("touchEnd", ())

    def _send(self, kind: str, points: tuple[tuple[float, float], ...]) -> None:
        at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
