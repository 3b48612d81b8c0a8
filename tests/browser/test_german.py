"""The application in German: chosen by a visitor, kept from page to page, and with room for longer words."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, collection, drawing, places
from tests.browser.collection import STRIPES
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.places import Place
from tests.browser.test_every_page import NARROWEST, OVERFLOW, SCHEMES
from tests.browser.visitor import ASKED_BY_PHOTO, Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

GERMAN = "de-DE"
PLACES = [place for place in places.PUBLIC if place.path]


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def language(page: Page, name: str, code: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_visitor_changes_to_german_and_goes_on_in_it(visitor: Visitor) -> None:
    page = visitor.opens("/?style=op-art&sort=title").page
    address = page.url
    language(page, "Deutsch", "de")
    assert page.url == address, "the question stays as it was"
    expect(visitor.count).to_contain_text("Gemälde")

    visitor.asks_for("tide")
    heading(page, "Gemälde zu „tide“")

    page.goto("/search/")
    photo = drawing.photographed(drawing.picture(STRIPES.draw, 2))
    visitor.chooses_photo(photo)
    expect(page).to_have_url(ASKED_BY_PHOTO)
    heading(page, "Gemälde, die Ihrem Foto ähneln")
    assert visitor.titles()[0] == collection.title(STRIPES, 2)

    visitor.tiles.first.locator(".work").click()
    heading(page, collection.title(STRIPES, 2))
    expect(page.locator("dl.facts dt").first).to_have_text(re.compile("Datierung|Stil"))
    expect(page.locator("#trail .back")).to_have_text("Zurück zu den Ergebnissen")

    language(page, "English", "en")
    expect(page.locator("#trail .back")).to_have_text("Back to the results")


def test_without_scripts_the_switch_works_just_as_well(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/?q=tide")
    language(page, "Deutsch", "de")
    heading(page, "Gemälde zu „tide“")


def test_whose_browser_asks_for_german_gets_it_at_once_and_why_speaks_it_too(open_page: OpenPage) -> None:
    visitor = Visitor(page=open_page(locale=GERMAN))
    visitor.opens("/search/?like=1")
    visitor.tiles.first.hover()
    visitor.page.locator("a[data-why]").first.click()
    dialog = visitor.page.get_by_role("dialog", name="Warum es hier ist")
    expect(dialog.get_by_role("heading", name="Wie nah sie sich sind")).to_be_visible()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_longer_words_need_no_sideways_scrolling(place: Place, open_page: OpenPage, watch: Watch) -> None:
    watch.expects(*([place.status] if place.status >= 400 else []))
    page = open_page(locale=GERMAN, viewport=PHONE, is_mobile=True, has_touch=True)
    place.enter(page)
    for size in (PHONE, NARROWEST):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= size["width"], page.evaluate(OVERFLOW)


@pytest.mark.parametrize("path", ["/", "/search/?like=1", "/paintings/1/"])
def test_axe_finds_nothing(path: str, open_page: OpenPage) -> None:
    # axe measures with styles of its own, which the Content-Security-Policy rightly forbids to pages.
    page = open_page(locale=GERMAN, bypass_csp=True, reduced_motion="reduce")
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert axe.violations(page, axe.source()) == [], scheme
