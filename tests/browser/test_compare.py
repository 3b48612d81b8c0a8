"""Two paintings side by side, and why a painting is among the results, as a visitor sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
PAIR = "/compare/1/5/"
LOOKING_MS = 120_000  # the first time, on a busy machine


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    shown = open_page()
    shown.goto(PAIR)
    expect(shown.locator(".room canvas")).to_have_count(2)
    return shown


def shows_regions(page: Page) -> None:
    expect(page.locator(".said").nth(1)).not_to_be_empty(timeout=LOOKING_MS)
    expect(page.locator(".heat").first).to_be_visible()


def test_two_paintings_are_shown_with_what_makes_them_alike(page: Page) -> None:
    visitor = Visitor(page=page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(" and ")
    visitor.pictures_are_there(page.locator(".room img"))
    button = page.get_by_role("button", name="makes them alike")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    shows_regions(page)
    visitor.pictures_are_there(page.locator(".heat"))
    expect(page).to_have_url(re.compile("regions=1"))
    button.click()
    expect(page.locator(".heat").first).to_be_hidden()
    expect(page).not_to_have_url(re.compile("regions"))


def test_both_are_looked_into_together_by_keys_and_apart_where_that_is_wished(page: Page) -> None:
    first, second = page.locator(".room").all()
    first.focus()
    page.keyboard.press("+")
    expect(first).to_have_class(re.compile("zoomed"))
    expect(second).to_have_class(re.compile("zoomed"))
    expect(page.get_by_label("Magnification")).to_have_text("1.5×")
    page.keyboard.press("0")
    expect(second).not_to_have_class(re.compile("zoomed"))
    page.get_by_label("Together").uncheck()
    second.focus()
    page.keyboard.press("+")
    expect(second).to_have_class(re.compile("zoomed"))
    expect(first).not_to_have_class(re.compile("zoomed"))
    page.get_by_label("Together").check()
    expect(second).not_to_have_class(re.compile("zoomed"))


def test_the_parts_that_count_stay_on_the_picture_when_it_is_looked_into(page: Page) -> None:
    page.get_by_role("button", name="makes them alike").click()
    shows_regions(page)
    page.get_by_role("button", name="Closer").click()
    expect(page.get_by_label("Magnification")).to_have_text("1.5×")
    for heat in page.locator(".heat").all():
        expect(heat).to_have_css("transform", re.compile(r"matrix\(1\.5, 0, 0, 1\.5"))


def test_swapping_keeps_what_is_shown(page: Page) -> None:
    left = page.locator(".side cite").first.inner_text()
    page.get_by_role("button", name="makes them alike").click()
    shows_regions(page)
    page.get_by_role("link", name="Swap").click()
    expect(page).to_have_url(re.compile(r"/compare/5/1/\?regions=1"))
    expect(page.locator(".side cite").nth(1)).to_have_text(left)
    shows_regions(page)


def test_another_way_to_compare_is_one_click_away(page: Page) -> None:
    page.get_by_role("navigation", name="Compare by").get_by_role("link", name="Colours").click()
    expect(page).to_have_url(re.compile(r"weight\.palette=1"))
    expect(page.get_by_role("link", name="Colours", exact=True)).to_have_attribute("aria-current", "true")


def test_too_many_questions_are_told_in_a_sentence_and_can_be_asked_again(page: Page, watch: Watch) -> None:
    watch.expects(429)
    page.route("**/regions.json*", lambda route: route.fulfill(status=429, json={"sentence": "Please wait 9 seconds."}))
    button = page.get_by_role("button", name="makes them alike")
    button.click()
    expect(page.locator(".looking")).to_contain_text("Please wait 9 seconds.")
    page.unroute("**/regions.json*")
    button.click()
    button.click()
    shows_regions(page)
    expect(page.locator(".looking")).to_be_hidden()


def test_without_scripts_the_pictures_reasons_and_parts_are_there(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(PAIR)
    expect(page.get_by_role("heading", name="How near they are")).to_be_visible()
    page.get_by_role("link", name="Show what makes them alike").click()
    expect(page.locator(".heat[src]")).to_have_count(2)
    for overlay in page.locator(".heat[src]").all():
        expect(overlay).to_be_visible()
        expect(overlay).to_have_js_property("complete", True, timeout=LOOKING_MS)
    page.get_by_role("link", name="Show the pictures alone").click()
    expect(page.locator(".heat[src]")).to_have_count(0)
    expect(page.get_by_role("button", name="Closer")).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_while_the_parts_are_shown(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page(bypass_csp=True, viewport=size, reduced_motion="reduce")
    page.goto(f"{PAIR}?regions=1&weight.common512=1&weight.style512=2")
    shows_regions(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.violations(page, axe.source()) == []


def test_why_a_painting_is_among_the_results_is_one_click_away_and_the_keys_close_it(visitor: Visitor) -> None:
    page = visitor.opens("/search/?like=1").page
    link = page.locator(".whylink").first
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box.get_by_role("heading", name="Why")).to_be_visible()
    expect(box.get_by_role("heading", name="How near they are")).to_be_visible()
    visitor.pictures_are_there(box.locator(".whypair img"))
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    box.get_by_role("link", name="side by side").click()
    expect(page).to_have_url(re.compile(r"/compare/1/\d+/"))


def test_reasons_that_can_not_be_had_are_told_of(visitor: Visitor, watch: Watch) -> None:
    page = visitor.opens("/search/?like=1").page
    watch.expects(503)
    page.route("**/why/**", lambda route: route.fulfill(status=503, body="later"))
    page.locator(".whylink").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("could not be said just now")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_axe_finds_nothing_in_the_reasons(open_page: OpenPage) -> None:
    page = open_page(bypass_csp=True, viewport=PHONE, reduced_motion="reduce")
    page.goto("/paintings/1/")
    page.locator(".whylink").first.click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Why")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.violations(page, axe.source()) == []
