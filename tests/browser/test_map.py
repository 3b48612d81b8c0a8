"""The map: moved, looked into and left by mouse, fingers and keys; found again where it was; read as a list."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.collection import PER_STYLE, TOTAL
from tests.browser.conftest import PHONE, Opened, OpenPage
from tests.browser.keyboard import tab_to
from tests.browser.patience import eventually
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

PAINTING = re.compile(r"/paintings/\d+/")
# Where the first painting is in the window, as the map draws it.
PLACE = """(number) => {
    const {places, view, room} = document.querySelector("#map").atlas;
    const box = room.getBoundingClientRect();
    return {
        x: box.left + (places.columns[number] + 0.5 - view.x) * view.scale + view.width / 2,
        y: box.top + (places.rows[number] + 0.5 - view.y) * view.scale + view.height / 2,
    };
}"""
# How much of the canvas is painted on.
INK = """() => {
    const canvas = document.querySelector("#map canvas");
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let ink = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 128) ink += 1;
    return ink / (pixels.length / 4);
}"""

# The address is led elsewhere, and before the page is told, the map has rested for long enough to write where it is.
COMES_TO_REST = """(hash) => {
    const {view} = document.querySelector("#map").atlas;
    const later = window.setTimeout;
    let rested;
    window.setTimeout = (act) => { rested = act; };
    view.show({x: view.x + 1, y: view.y, scale: view.scale});
    window.setTimeout = later;
    location.hash = hash;
    rested();
}"""


@dataclass(frozen=True, kw_only=True)
class Map:
    """The map on a page, and what a person does with it."""

    page: Page

    @property
    def room(self) -> Locator:
        return self.page.get_by_role("application", name="The map of the collection")

    @property
    def label(self) -> Locator:
        return self.page.locator(".atlas-label")

    @property
    def said(self) -> Locator:
        return self.page.locator("#map [role=status]")

    def opens(self, address: str = "/map/") -> "Map":
        self.page.goto(address)
        self.is_ready()
        return self

    def is_ready(self) -> None:
        expect(self.page.locator("#map.ready")).to_be_visible()

    @property
    def zoom(self) -> float:
        return float(self.page.evaluate("document.querySelector('#map').atlas.view.zoom"))

    @property
    def middle(self) -> tuple[float, float]:
        x, y = self.page.evaluate("(({view}) => [view.x, view.y])(document.querySelector('#map').atlas)")
        return float(x), float(y)

    def rests(self) -> None:
        def still() -> None:
            assert not self.page.evaluate("document.querySelector('#map').atlas.view.moving")

        eventually(self.page, still)

    def is_seen(self, holds: Callable[[], bool]) -> None:
        """By now or in a moment: it is drawn a frame later, and a finger is heard of when the page has time."""

        def seen() -> None:
            assert holds()

        eventually(self.page, seen)

    def after(self, act: Callable[[], Any]) -> "Map":
        act()
        self.rests()
        return self

    def place(self, number: int) -> tuple[float, float]:
        point = self.page.evaluate(PLACE, number)
        return point["x"], point["y"]

    def is_in_sight(self, number: int) -> bool:
        """Whether the painting is well inside of the room, and nothing lies over it."""
        x, y = self.place(number)
        over = "([x, y]) => document.elementFromPoint(x, y)?.closest('.atlas-room') !== null"
        size = self.page.viewport_size
        return bool(size and 0 < x < size["width"] and 0 < y < size["height"] and self.page.evaluate(over, [x, y]))

    def ink(self) -> float:
        """The share of the canvas on which something is painted."""
        return float(self.page.evaluate(INK))


@pytest.fixture
def atlas(open_page: OpenPage) -> Map:
    return Map(page=open_page(reduced_motion="reduce"))


@pytest.fixture
def phone(open_page: OpenPage) -> Map:
    return Map(page=open_page(viewport=PHONE, is_mobile=True, has_touch=True, reduced_motion="reduce"))


class TestMouse:
    def test_everything_is_there_at_first(self, atlas: Map) -> None:
        atlas.opens()
        assert atlas.page.evaluate("document.querySelector('#map').atlas.places.count") == TOTAL
        assert atlas.zoom == pytest.approx(1)
        box = atlas.room.bounding_box()
        assert box
        for number in range(TOTAL):
            x, y = atlas.place(number)
            assert box["x"] < x < box["x"] + box["width"]
            assert box["y"] < y < box["y"] + box["height"]
        atlas.is_seen(lambda: atlas.ink() > 0.05)

    def test_the_wheel_looks_closer_at_what_is_under_the_pointer(self, atlas: Map) -> None:
        atlas.opens()
        before = atlas.place(3)
        atlas.page.mouse.move(*before)
        atlas.page.mouse.wheel(0, -300)
        atlas.is_seen(lambda: atlas.zoom > 1.3)
        assert atlas.place(3) == pytest.approx(before, abs=2)
        atlas.page.mouse.wheel(0, 3000)
        atlas.is_seen(lambda: 0.8 < atlas.zoom < 1)

    def test_it_follows_the_hand(self, atlas: Map) -> None:
        atlas.opens()
        x, y = atlas.place(0)
        mouse = atlas.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 90, y - 40, steps=5)
        mouse.up()
        atlas.is_seen(lambda: atlas.place(0) == pytest.approx((x + 90, y - 40), abs=2))
        expect(atlas.page).to_have_url(re.compile(r"/map/#[\d.]+,[\d.]+,[\d.]+$"))

    def test_the_picture_under_the_pointer_is_named_and_a_click_opens_it(self, atlas: Map) -> None:
        atlas.opens()
        atlas.page.mouse.move(*atlas.place(5))
        expect(atlas.label).to_be_visible()
        title = atlas.label.locator("cite").inner_text()
        expect(atlas.label).to_contain_text("(invented)")
        atlas.page.mouse.click(*atlas.place(5))
        expect(atlas.page).to_have_url(PAINTING)
        expect(atlas.page.get_by_role("heading", level=1)).to_have_text(title)

    def test_two_clicks_look_closer(self, atlas: Map) -> None:
        atlas.opens()
        atlas.after(lambda: atlas.page.mouse.dblclick(*atlas.place(5)))
        assert atlas.zoom > 2
        expect(atlas.page).to_have_url(re.compile("/map/"))

    def test_buttons_do_so_too(self, atlas: Map) -> None:
        atlas.opens()
        atlas.after(lambda: atlas.page.get_by_role("button", name="Closer").click())
        assert atlas.zoom == pytest.approx(1.6, rel=0.01)
        atlas.after(lambda: atlas.page.get_by_role("button", name="Further").click())
        assert atlas.zoom == pytest.approx(1, rel=0.01)
        atlas.after(lambda: atlas.page.get_by_role("button", name="Closer").click())
        atlas.after(lambda: atlas.page.get_by_role("button", name="The whole map").click())
        assert atlas.zoom == pytest.approx(1)

    def test_near_by_the_pictures_themselves_come(self, atlas: Map) -> None:
        atlas.opens()
        atlas.page.mouse.move(*atlas.place(7))
        with atlas.page.expect_response(re.compile(r"/paintings/\d+/images/.*\.webp")):
            atlas.after(lambda: atlas.page.mouse.wheel(0, -1200))

    def test_who_comes_back_is_where_they_were(self, atlas: Map) -> None:
        atlas.opens()
        atlas.page.mouse.move(*atlas.place(7))
        atlas.page.mouse.wheel(0, -400)
        atlas.is_seen(lambda: atlas.zoom > 1.3)
        zoom, middle = atlas.zoom, atlas.middle
        atlas.page.mouse.click(*atlas.place(7))
        expect(atlas.page).to_have_url(PAINTING)
        atlas.page.go_back()
        atlas.is_ready()
        assert atlas.zoom == pytest.approx(zoom, rel=0.01)
        assert atlas.middle == pytest.approx(middle, abs=0.05)

    def test_it_moves_smoothly_where_nobody_minds(self, open_page: OpenPage) -> None:
        smooth = Map(page=open_page()).opens()
        smooth.page.get_by_role("button", name="Closer").click()
        smooth.rests()
        assert smooth.zoom == pytest.approx(1.6, rel=0.01)


class TestKeys:
    def test_from_painting_to_painting_and_into_one(self, atlas: Map) -> None:
        atlas.opens()
        tab_to(atlas.page, atlas.room)
        expect(atlas.said).not_to_be_empty()
        first = atlas.said.inner_text()
        atlas.page.keyboard.press("ArrowRight")
        expect(atlas.said).not_to_have_text(first)
        expect(atlas.label).to_be_visible()
        title = atlas.label.locator("cite").inner_text()
        expect(atlas.said).to_contain_text(title)
        atlas.page.keyboard.press("Enter")
        expect(atlas.page.get_by_role("heading", level=1)).to_have_text(title)

    def test_the_arrows_go_where_they_point(self, atlas: Map) -> None:
        atlas.opens()
        tab_to(atlas.page, atlas.room)
        marked = "document.querySelector('#map').atlas.canvas.marked"
        for key, axis, sign in (("ArrowLeft", 0, -1), ("ArrowRight", 0, 1), ("ArrowUp", 1, -1), ("ArrowDown", 1, 1)):
            before = atlas.place(atlas.page.evaluate(marked))
            view = atlas.middle
            atlas.after(lambda key=key: atlas.page.keyboard.press(key))
            assert atlas.middle == view or atlas.zoom > 1
            after = atlas.place(atlas.page.evaluate(marked))
            assert sign * (after[axis] - before[axis]) > 0

    def test_plus_minus_zero_shift_and_escape(self, atlas: Map) -> None:
        atlas.opens()
        tab_to(atlas.page, atlas.room)
        press = atlas.page.keyboard.press
        atlas.after(lambda: press("+")).after(lambda: press("+"))
        assert atlas.zoom > 2
        middle = atlas.middle
        atlas.after(lambda: press("Shift+ArrowRight"))
        assert atlas.middle[0] > middle[0]
        atlas.after(lambda: press("-"))
        assert atlas.zoom < 2
        atlas.after(lambda: press("0"))
        assert atlas.zoom == pytest.approx(1)
        press("Escape")
        expect(atlas.label).to_be_hidden()


class TestFingers:
    def test_a_tap_names_a_painting_and_another_opens_it(self, phone: Map) -> None:
        phone.opens()
        phone.page.touchscreen.tap(*phone.place(4))
        expect(phone.label).to_be_visible()
        title = phone.label.locator("cite").inner_text()
        phone.label.tap()
        expect(phone.page.get_by_role("heading", level=1)).to_have_text(title)

    def test_two_fingers_look_closer_and_one_moves(self, phone: Map) -> None:
        phone.opens()
        touch = phone.page.context.new_cdp_session(phone.page)

        def fingers(kind: str, *points: tuple[float, float]) -> None:
            where = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

        fingers("touchStart", (180, 500), (220, 500))
        for spread in (40, 70, 100):
            fingers("touchMove", (200 - spread, 500), (200 + spread, 500))
        fingers("touchEnd")
        phone.is_seen(lambda: phone.zoom == pytest.approx(5, rel=0.25))
        scrolled = phone.page.evaluate("scrollY")
        middle = phone.middle
        fingers("touchStart", (200, 500))
        for down in (30, 60, 90):
            fingers("touchMove", (200, 500 + down))
        fingers("touchEnd")
        phone.is_seen(lambda: phone.middle[1] < middle[1])
        assert phone.page.evaluate("scrollY") == scrolled

    def test_the_map_fits_the_screen_of_a_phone(self, phone: Map) -> None:
        phone.opens()
        box = phone.page.locator("#map").bounding_box()
        assert box
        assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=3)


class TestAnswers:
    def test_a_search_on_the_map_makes_its_results_bright_and_stays_where_it_was(self, atlas: Map) -> None:
        atlas.opens()
        atlas.is_seen(lambda: atlas.ink() > 0.05)
        everything = atlas.ink()
        atlas.after(lambda: atlas.page.get_by_role("button", name="Closer").click())
        expect(atlas.page).to_have_url(re.compile("#"))
        box = atlas.page.get_by_role("searchbox")
        box.fill("tide")
        box.press("Enter")
        expect(atlas.page).to_have_url(re.compile(r"/map/\?q=tide#"))
        atlas.is_ready()
        assert atlas.zoom == pytest.approx(1.6, rel=0.02)
        expect(atlas.page.locator(".atlas-answer")).to_contain_text(f"{PER_STYLE} of {TOTAL} paintings are bright.")
        atlas.after(lambda: atlas.page.get_by_role("button", name="The whole map").click())
        atlas.is_seen(lambda: 0 < atlas.ink() < 0.6 * everything)
        atlas.page.get_by_role("link", name="Show as a list").click()
        Visitor(page=atlas.page).sees(PER_STYLE)

    def test_results_lead_to_the_map_and_their_conditions_can_be_taken_back(self, visitor: Visitor) -> None:
        visitor.opens("/?style=op-art&q=tide")
        visitor.page.get_by_role("link", name="Show on the map").click()
        Map(page=visitor.page).is_ready()
        expect(visitor.page).to_have_url(re.compile(r"/map/\?q=tide&style=op-art"))
        visitor.page.get_by_role("link", name="Words: “tide”").click()
        expect(visitor.page).to_have_url(re.compile(r"/map/\?style=op-art"))


class TestList:
    def test_the_map_is_a_list_that_leads_back_to_it(self, atlas: Map) -> None:
        atlas.opens()
        regions = atlas.page.get_by_role("region", name="The map as a list")
        assert regions.get_by_role("heading", level=3).count() >= 1
        assert regions.locator(".tile").count() <= TOTAL
        regions.get_by_role("link", name="Show on the map").first.click()
        expect(atlas.room).to_be_focused()
        expect(atlas.page).to_have_url(re.compile("#"))

    def test_with_the_keyboard_it_leads_to_the_very_region(self, open_page: OpenPage) -> None:
        moving = Map(page=open_page()).opens("/map/#0.1,0.1,4")
        region = moving.page.locator(".region").first
        region.get_by_role("link", name="Show on the map").focus()
        moving.after(lambda: moving.page.keyboard.press("Enter"))
        expect(moving.room).to_be_focused()
        moving.rests()
        side = moving.page.evaluate("document.querySelector('#map').atlas.places.side")
        wanted = [float(region.get_attribute(f"data-{axis}") or 0) * side for axis in "xy"]
        assert moving.middle == pytest.approx(wanted, abs=0.05)

    def test_it_leads_there_also_where_the_map_has_just_come_to_rest(self, open_page: OpenPage) -> None:
        moving = Map(page=open_page()).opens("/map/#0.1,0.1,4")
        moving.rests()
        moving.page.evaluate(COMES_TO_REST, "#0.5,0.5,2")
        moving.is_seen(lambda: moving.zoom == pytest.approx(2, abs=0.01))

    def test_without_scripts_the_list_is_there_and_leads_to_the_paintings(self, open_page: OpenPage) -> None:
        page = open_page(java_script_enabled=False)
        page.goto("/map/")
        expect(page.locator("canvas")).to_be_hidden()
        page.locator(".region .work").first.click()
        expect(page).to_have_url(PAINTING)


class TestLinks:
    def test_a_paintings_page_leads_to_its_place_which_stays_marked(self, atlas: Map) -> None:
        atlas.page.goto("/?q=tide")
        atlas.page.locator(".work").first.click()
        expect(atlas.page).to_have_url(PAINTING)
        title = atlas.page.get_by_role("heading", level=1).inner_text()
        atlas.page.get_by_role("link", name="Show on the map").click()
        atlas.is_ready()
        named = atlas.label.locator("cite")
        expect(named).to_have_text(title)
        marked = atlas.page.evaluate("document.querySelector('#map').atlas.canvas.marked")
        other = next(number for number in range(TOTAL) if number != marked and atlas.is_in_sight(number))
        atlas.page.mouse.move(*atlas.place(other))
        expect(named).not_to_have_text(title)
        atlas.page.mouse.move(0, 0)
        expect(named).to_have_text(title)
        expect(atlas.label).to_be_visible()

    def test_one_that_is_not_on_the_map_leads_to_the_whole_of_it(self, atlas: Map) -> None:
        atlas.opens("/map/#painting=999999")
        assert atlas.zoom == pytest.approx(1)
        expect(atlas.label).to_be_hidden()


def test_a_map_that_cannot_be_loaded_says_so(opened: Opened) -> None:
    opened.watch.expects(503)
    page = opened.page()
    page.route("**/map/places.bin", lambda route: route.fulfill(status=503))
    page.goto("/map/")
    expect(page.get_by_text("The map could not be loaded. Please try again in a moment.")).to_be_visible()
