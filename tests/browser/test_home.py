"""The first page: each way in is gone by somebody, at a desk, on a phone, by keyboard and without scripts."""

import re
from base64 import b64encode

import pytest
from playwright.sync_api import expect

from tests.browser import collection, drawing
from tests.browser.collection import DOTS, PER_STYLE, STRIPES
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.keyboard import FOCUSED
from tests.browser.patience import eventually
from tests.browser.visitor import TRANSFER, Visitor

pytestmark = pytest.mark.browser
SHIFTS = """window.shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => each.value)))
        .observe({type: "layout-shift", buffered: true});"""


def photo_of(kind: collection.Kind, number: int) -> bytes:
    return drawing.photographed(drawing.picture(kind.draw, number))


def test_a_photo_chosen_on_the_first_page_finds_its_painting(visitor: Visitor) -> None:
    visitor.opens("/").chooses_photo(photo_of(STRIPES, 2))
    visitor.has_results_of_a_photo()
    assert visitor.titles()[0] == collection.title(STRIPES, 2)


def test_a_photo_dropped_anywhere_on_the_first_page_is_searched_with(visitor: Visitor) -> None:
    visitor.opens("/").tiles.nth(20).scroll_into_view_if_needed()
    data = b64encode(photo_of(DOTS, 4)).decode()
    transfer = visitor.page.evaluate_handle(TRANSFER, [data, "photo.jpg", "image/jpeg"])
    for event in ("dragenter", "dragover", "drop"):
        visitor.page.dispatch_event("#wall", event, {"dataTransfer": transfer})
    visitor.has_results_of_a_photo()


def test_conditions_chosen_on_the_first_page_stay_in_force_for_a_photo_chosen_there(visitor: Visitor) -> None:
    visitor.opens("/").opens_filter("Style")
    visitor.choice("Pointillism").check()
    visitor.sees(PER_STYLE)
    visitor.chooses_photo(photo_of(STRIPES, 1))
    visitor.has_results_of_a_photo()
    visitor.sees(PER_STYLE)


def test_what_is_no_picture_is_refused_where_it_was_dropped(visitor: Visitor) -> None:
    visitor.opens("/")
    transfer = visitor.page.evaluate_handle(TRANSFER, [b64encode(b"a letter").decode(), "letter.txt", "text/plain"])
    visitor.page.dispatch_event("#wall", "drop", {"dataTransfer": transfer})
    expect(visitor.page.get_by_role("alert")).to_contain_text("no picture")
    expect(visitor.page).to_have_url("/")


def test_a_colour_leads_to_paintings_in_it(visitor: Visitor) -> None:
    visitor.opens("/").page.get_by_role("link", name="Vermilion").first.click()
    expect(visitor.page).to_have_url(re.compile("/search/.colour=cf3f26$"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Paintings in these colours")
    expect(visitor.tiles.first).to_be_visible()


def test_filters_leave_the_ways_in_where_they_are_and_words_make_room_for_what_was_found(visitor: Visitor) -> None:
    ways = visitor.opens("/").page.locator(".ways")
    visitor.opens_filter("Style")
    before = visitor.page.locator(".toolbar").bounding_box()
    visitor.choice("Op Art").check()
    visitor.sees(PER_STYLE)
    expect(ways).to_be_visible()

    def stays() -> None:
        assert visitor.page.locator(".toolbar").bounding_box() == before, "what is in hand stays where it is"

    eventually(visitor.page, stays)  # its numbers come a moment later

    visitor.asks_for("tide")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Paintings for “tide”")
    expect(ways).to_be_hidden()


def test_the_wall_is_seen_at_once_even_on_a_phone(visitor: Visitor, open_page: OpenPage) -> None:
    phone = Visitor(page=open_page(viewport=PHONE, is_mobile=True, has_touch=True))
    for each in (visitor, phone):
        box = each.opens("/").tiles.first.bounding_box()
        window = each.page.viewport_size
        assert box
        assert window
        assert box["y"] < window["height"] * 0.75


def test_a_phone_offers_its_camera_and_a_desk_does_not(visitor: Visitor, open_page: OpenPage) -> None:
    phone = Visitor(page=open_page(viewport=PHONE, is_mobile=True, has_touch=True))
    expect(phone.opens("/").page.locator(".ways").get_by_text("Take a photo")).to_be_visible()
    expect(visitor.opens("/").page.locator(".ways").get_by_text("Take a photo")).to_be_hidden()


def test_without_scripts_a_photo_is_sent_with_a_button(open_page: OpenPage) -> None:
    plain = Visitor(page=open_page(java_script_enabled=False))
    plain.opens("/").chooses_photo(photo_of(STRIPES, 8))
    plain.page.get_by_role("button", name="Find look-alikes").click()
    plain.has_results_of_a_photo()
    assert plain.titles()[0] == collection.title(STRIPES, 8)


def test_the_tab_key_goes_through_the_head_of_the_page_as_the_eye_does(open_page: OpenPage) -> None:
    for options in ({}, {"viewport": PHONE, "is_mobile": True, "has_touch": True}):
        page = open_page(**options)
        page.goto("/")
        places = []
        for _ in range(2 + page.locator(".masthead li a").count()):
            page.keyboard.press("Tab")
            box = page.locator(FOCUSED).bounding_box()
            assert box
            places.append((round(box["y"] / 20), box["x"]))
        assert places[1:] == sorted(places[1:]), "from left to right, row by row; the first leads past it"


def test_every_link_of_the_head_is_large_enough_for_a_finger_and_in_the_window(open_page: OpenPage) -> None:
    for width in (320, 390, 768, 1280, 2560):
        page = open_page(viewport={"width": width, "height": 800})
        page.goto("/")
        for link in page.locator(".masthead a").all():
            box = link.bounding_box()
            assert box
            assert box["height"] >= 44, width
            assert box["x"] >= 0, width
            assert box["x"] + box["width"] <= width, width
        page.close()


def test_a_topic_of_the_help_is_reached_by_keyboard(visitor: Visitor) -> None:
    visitor.opens("/").page.get_by_role("navigation", name="Main").get_by_role("link", name="Help").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("How to search")
    topic = visitor.page.get_by_role("navigation", name="On this page").get_by_role("link", name="By colour")
    topic.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile("#colour$"))
    expect(visitor.page.get_by_role("heading", name="By colour")).to_be_in_viewport()


def test_the_first_page_does_not_move_while_it_comes(visitor: Visitor) -> None:
    page = visitor.page
    page.add_init_script(SHIFTS)
    visitor.opens("/")
    awaited = page.locator("link[rel=expect]").get_attribute("href")
    assert awaited
    assert page.locator(awaited).count() == 1, "the page is first drawn when its end has come"
    page.wait_for_timeout(300)
    assert sum(page.evaluate("shifts")) < 0.01
