"""A painting is looked into: by buttons, keys, mouse, wheel and fingers, on a desk and on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import OpenPage
from tests.browser.keyboard import tab_to
from tests.browser.watching import Watch
from tests.browser.zoom import large
from tests.browser.zoom.looking_closer import (
    A_PHONE,
    PICTURE,
    TILE,
    button,
    clicks_twice,
    contrast,
    enter,
    magnified,
    patch,
    room,
    scrolls,
    shown,
)

pytestmark = pytest.mark.browser

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
    for (const each of list.getEntries()) window.shifted += each.value;
}).observe({type: "layout-shift", buffered: true}); }"""


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
    for _ in range(2):
        clicks_twice(page, target)
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
