"""The main job of every page without any script."""

import re

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser import collection, drawing
from tests.browser.collection import DOTS, PER_STYLE, STRIPES
from tests.browser.conftest import OpenPage
from tests.browser.desk import Desk, upload
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(open_page: OpenPage) -> Visitor:
    """A visitor whose browser runs no scripts."""
    return Visitor(page=open_page(java_script_enabled=False))


def test_filters_and_words_are_sent_with_the_form(plain: Visitor) -> None:
    plain.opens("/").opens_filter("Style")
    plain.choice("Pointillism").check()
    plain.page.locator("#filter-style").get_by_role("button", name="Show").click()
    expect(plain.page).to_have_url(re.compile("style=pointillism"))
    plain.sees(PER_STYLE)

    plain.asks_for("orchard 10")
    expect(plain.page).to_have_url(re.compile("q=orchard"))
    plain.sees(1)
    plain.page.locator("#chips").get_by_role("link", name="“orchard 10”").click()
    plain.sees(PER_STYLE)


def test_pages_and_paintings_are_links(plain: Visitor) -> None:
    plain.opens("/?style=op-art&size=4")
    first = plain.titles()
    plain.page.get_by_role("link", name="Next page").click()
    expect(plain.page).to_have_url(re.compile("page=2"))
    assert not set(first) & set(plain.titles())

    name = plain.titles()[0]
    plain.tiles.first.locator(".work").click()
    expect(plain.page.get_by_role("heading", level=1)).to_have_text(name)
    expect(plain.page.locator(".companions .tile").first).to_be_visible()
    plain.page.get_by_role("link", name="More like this").click()
    expect(plain.page.get_by_role("heading", level=1)).to_have_text(f"Paintings like {name}")


def test_a_photo_is_sent_with_a_button(plain: Visitor) -> None:
    plain.opens("/search/").chooses_photo(drawing.photographed(drawing.picture(STRIPES.draw, 8)))
    plain.page.get_by_role("button", name="Find look-alikes").click()
    plain.has_results_of_a_photo()
    assert plain.titles()[0] == collection.title(STRIPES, 8)


def test_a_photo_that_is_none_is_refused_with_a_sentence(plain: Visitor, watch: Watch) -> None:
    watch.expects(400)
    plain.opens("/search/").chooses_photo(b"no picture", "letter.jpg")
    plain.page.get_by_role("button", name="Find look-alikes").click()
    expect(plain.page.get_by_role("alert")).to_contain_text("letter.jpg")


def test_a_curator_adds_paintings_without_scripts(open_page: OpenPage, signed_in: StorageState) -> None:
    desk = Desk(page=open_page(java_script_enabled=False, storage_state=signed_in))
    desk.page.goto("/admin/gallery/painting/upload/")
    good = upload("plain_upload.png", drawing.saved(drawing.picture(DOTS.draw, 760)))
    desk.page.get_by_label("Pictures").set_input_files([good, upload("letter.jpg", b"no picture")])
    desk.presses("Add as drafts")
    expect(desk.page.locator("#upload-state")).to_have_text("1 added as a draft, 1 refused.")
    expect(desk.page.locator("[data-outcome=refused]")).to_contain_text("letter.jpg")

    desk.adds_draft("Plainly Added", upload("plain.png", drawing.saved(drawing.picture(DOTS.draw, 761))))
    expect(desk.state).to_contain_text("Only colleagues see it.")
