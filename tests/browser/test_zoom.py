"""A painting is looked into: by buttons, keys, mouse, wheel and fingers, on a desk and on a phone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser import axe, large
from tests.browser.application import Application
from tests.browser.conftest import PHONE, Opened, OpenPage, running
from tests.browser.keyboard import tab_to
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

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
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.shifted += each.value;
}).observe({type: "layout-shift", buffered: true}); }"""
NO_FULL_SCREEN = 'Object.defineProperty(document, "fullscreenEnabled", {value: false})'


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The application with two paintings, a large one and a small one."""
    app = Application(var=tmp_path_factory.mktemp("hall"))
    app.prepare()
    app.manage("import_paintings", str(large.write(tmp_path_factory.mktemp("large"))), "--publish", "--no-progress")
    app.manage("vectorize", "--missing")
    yield from running(app)


@pytest.fixture
def opened(browser: Browser, hall: Application) -> Iterator[Opened]:
    contexts = Opened(browser, hall.address)
    yield contexts
    for context in contexts.contexts:
        context.close()
    assert contexts.watch.problems == []
    assert "Traceback" not in hall.log()


def enter(page: Page, path: str = large.LARGE) -> Page:
    """The painting's page, ready to be looked into."""
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


def shown(page: Page) -> str:
    """What stands on the canvas, when all movement is over."""
    page.wait_for_timeout(350)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    return str(page.locator("canvas.zoom-part").evaluate(PICTURE))


def scrolls(page: Page, least: int) -> None:
    """The page comes to rest so many pixels down, or more; at its top for 0."""
    for _ in range(100):
        page.wait_for_timeout(100)
        down = page.evaluate("scrollY")
        if down >= least if least else not down:
            return
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


def test_buttons_look_closer_and_further_and_say_how_much(open_page: OpenPage) -> None:
    page = enter(open_page())
    for name in ("Further", "The whole painting"):
        expect(button(page, name)).to_have_attribute("aria-disabled", "true")
    button(page, "Closer").click()
    magnified(page, "1.5×")
    closer = shown(page)
    button(page, "Closer").click()
    magnified(page, re.compile(r"2\.[23]×"))
    assert shown(page) != closer
    button(page, "Further").click()
    magnified(page, "1.5×")
    assert shown(page) == closer
    button(page, "The whole painting").click()
    magnified(page, "1×")
    expect(page.locator(".exhibit img")).to_have_css("opacity", "1")


def test_keys_do_all_that_buttons_do_and_the_arrows_move(open_page: OpenPage) -> None:
    page = enter(open_page())
    tab_to(page, room(page))
    page.keyboard.press("ArrowDown")  # there is nothing to move: the page scrolls
    scrolls(page, 1)
    page.evaluate("scrollTo(0, 0)")
    for _ in range(3):
        page.keyboard.press("+")
    magnified(page, "3.4×")
    scrolled = page.evaluate("scrollY")
    seen = [shown(page)]
    for arrow in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(arrow)
        seen.append(shown(page))
    assert len(set(seen[:4])) == 4
    assert seen[4] == seen[0]
    assert page.evaluate("scrollY") == scrolled
    page.keyboard.press("-")
    magnified(page, re.compile(r"2\.[23]×"))
    page.keyboard.press("0")
    magnified(page, "1×")


@pytest.mark.parametrize("density", [1, 2])
def test_where_one_looks_it_is_as_sharp_as_the_screen(open_page: OpenPage, density: int) -> None:
    page = open_page(device_scale_factor=density)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    enter(page)
    assert not any(TILE.search(address) or address.endswith("info.json") for address in asked)

    target = patch(page)
    page.mouse.click(*target)
    magnified(page, "2.5×")
    shown(page)
    page.mouse.dblclick(*target)
    shown(page)
    page.mouse.dblclick(*target)
    shown(page)
    # The patch is under the pointer; bring it to the middle.
    box = room(page).bounding_box()
    assert box
    page.mouse.move(*target)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    shown(page)

    assert contrast(page) > 70
    tiles = [address for address in asked if TILE.search(address)]
    assert 0 < len(tiles) < 60  # of 120 that there are
    assert len(set(tiles)) == len(tiles)


def test_from_afar_the_same_place_is_grey(open_page: OpenPage) -> None:
    page = enter(open_page())
    page.mouse.click(*patch(page))
    shown(page)
    assert contrast(page) < 40


def test_the_wheel_scrolls_the_page_until_one_has_begun_to_look_closer(open_page: OpenPage) -> None:
    page = enter(open_page())
    page.mouse.move(*patch(page))
    page.mouse.wheel(0, 150)
    scrolls(page, 100)
    magnified(page, "1×")
    page.mouse.wheel(0, -150)
    scrolls(page, 0)

    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    magnified(page, re.compile(r"1\.9×"))
    page.mouse.wheel(0, -300)
    magnified(page, re.compile(r"3\.\d×"))
    assert page.evaluate("scrollY") == 0
    for _ in range(2):
        page.mouse.wheel(0, 400)
    magnified(page, "1×")
    assert page.evaluate("scrollY") == 0
    page.wait_for_timeout(600)  # the turns that ended it are not yet the page's
    page.mouse.wheel(0, 150)
    scrolls(page, 100)


def test_what_is_dragged_follows_the_pointer(open_page: OpenPage) -> None:
    page = enter(open_page())
    button(page, "Closer").click()
    button(page, "Closer").click()
    before = shown(page)
    box = room(page).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for start, end in (((x, y), (x - 120, y - 60)), ((x - 120, y - 60), (x, y))):
        page.mouse.move(*start)
        page.mouse.down()
        page.mouse.move(*end, steps=5)
        page.mouse.up()
        if end != (x, y):
            assert shown(page) != before
    assert shown(page) == before


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


class TestFingers:
    def test_two_of_them_pinch(self, open_page: OpenPage) -> None:
        page = enter(open_page(**A_PHONE))
        x, y = patch(page)
        fingers = Fingers(page)
        fingers.come((x - 20, y), (x + 20, y))
        for step in range(1, 9):
            fingers.move((x - 20 - 5 * step, y + step), (x + 20 + 5 * step, y + step))
        fingers.go()
        magnified(page, re.compile(r"[23]\.\d×|3×"))
        assert page.evaluate("visualViewport.scale") == 1
        assert page.evaluate("scrollY") == 0

    def test_two_taps_look_closer_and_two_more_go_back(self, open_page: OpenPage) -> None:
        page = enter(open_page(**A_PHONE))
        x, y = patch(page)
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(600)
        magnified(page, "1×")  # one tap is none
        for by in ("2.5×", "1×"):
            for _ in range(8):  # on a busy machine two taps may be too far apart to be one
                page.touchscreen.tap(x, y)
                page.touchscreen.tap(x, y)
                page.wait_for_timeout(600)
                if page.get_by_role("status", name="Magnification").inner_text() == by:
                    break
            magnified(page, by)

    @pytest.mark.parametrize("closer", [False, True], ids=["whole", "closer"])
    def test_one_finger_scrolls_the_page_or_moves_what_is_looked_into(self, open_page: OpenPage, closer: bool) -> None:
        page = enter(open_page(**A_PHONE))
        if closer:
            button(page, "Closer").tap()
            button(page, "Closer").tap()
        before = shown(page)
        x, y = patch(page)
        fingers = Fingers(page)
        fingers.come((x, y + 60))
        for step in range(1, 17):
            fingers.move((x - step, y + 60 - 10 * step))
            page.wait_for_timeout(16)
        fingers.go()
        if closer:
            assert shown(page) != before
            assert page.evaluate("scrollY") == 0
        else:
            scrolls(page, 60)
            magnified(page, "1×")


class TestFullScreen:
    def test_it_is_taken_and_left_by_the_button(self, open_page: OpenPage) -> None:
        page = enter(open_page())
        button(page, "Full screen").click()
        expect(button(page, "Leave the full screen")).to_be_visible()
        assert page.evaluate("document.fullscreenElement.matches('.exhibit')")
        page.keyboard.press("+")
        magnified(page, "1.5×")
        button(page, "Leave the full screen").click()
        expect(button(page, "Full screen")).to_be_visible()
        magnified(page, "1.5×")

    def test_where_there_is_none_the_window_is_filled_until_escape(self, open_page: OpenPage) -> None:
        page = open_page(**A_PHONE)
        page.add_init_script(NO_FULL_SCREEN)
        enter(page)
        button(page, "Full screen").focus()
        page.keyboard.press("Enter")
        expect(button(page, "Leave the full screen")).to_be_focused()
        box = page.locator(".exhibit").bounding_box()
        assert box == {"x": 0, "y": 0, **PHONE}
        assert page.locator(".masthead").evaluate("element => element.inert")
        page.keyboard.press("Escape")
        expect(button(page, "Full screen")).to_be_focused()
        assert not page.locator("[inert]").count()


def test_a_small_painting_is_looked_into_without_tiles(open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    enter(page, large.SMALL)
    tab_to(page, room(page))
    for _ in range(9):
        page.keyboard.press("+")
    magnified(page, "4×")
    expect(button(page, "Closer")).to_have_attribute("aria-disabled", "true")
    shown(page)
    assert not any(TILE.search(address) or address.endswith("info.json") for address in asked)


def test_a_lost_tile_leaves_the_painting_as_it_was_and_breaks_nothing(open_page: OpenPage, watch: Watch) -> None:
    watch.expects(404)
    page = open_page()
    page.route(TILE, lambda route: route.fulfill(status=404, body=""))
    enter(page)
    for _ in range(5):
        button(page, "Closer").click()
    assert set(shown(page).split(",")) != {"0"}
    button(page, "The whole painting").click()
    magnified(page, "1×")


@pytest.mark.parametrize("options", [{}, A_PHONE], ids=["desk", "phone"])
def test_nothing_on_the_page_moves_aside(open_page: OpenPage, options: dict[str, Any]) -> None:
    page = open_page(**options)
    page.add_init_script(f"({SHIFTS})()")
    enter(page)
    button(page, "Closer").click()
    shown(page)
    button(page, "The whole painting").click()
    shown(page)
    assert page.evaluate("window.shifted") == 0


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_movement_is_spared_who_does_not_wish_it(open_page: OpenPage, motion: Any, moves: bool) -> None:
    page = enter(open_page(reduced_motion=motion), large.SMALL)
    button(page, "Closer").click()
    shown(page)
    seen = page.evaluate(f"""async () => {{
        const look = {PICTURE}, canvas = document.querySelector("canvas.zoom-part"), seen = new Set();
        document.querySelector("[data-tool=closer]").click();
        for (let frame = 0; frame < 30; frame += 1) {{
            await new Promise(requestAnimationFrame);
            seen.add(look(canvas));
        }}
        return seen.size;
    }}""")
    assert (seen > 1) is moves  # how many frames a movement has depends on the machine


def test_without_scripts_a_link_leads_to_the_large_picture(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(large.LARGE)
    expect(page.locator(".zoom-tools")).to_be_hidden()
    large_one = page.locator(".exhibit a").first.get_attribute("href")
    assert large_one
    assert large_one.endswith("/2048.jpg")
    assert page.request.get(large_one).headers["content-type"] == "image/jpeg"


def test_axe_finds_nothing_while_one_looks_closer(open_page: OpenPage) -> None:
    found: list[str] = []
    for options in ({}, A_PHONE):
        page = enter(open_page(bypass_csp=True, **options))
        button(page, "Closer").click()
        for full in (False, True):
            if full:
                button(page, "Full screen").click()
                expect(button(page, "Leave the full screen")).to_be_visible()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found += axe.violations(page, axe.source())
    assert not found
