"""Everything without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import collection, drawing
from tests.browser.collection import BLOCKS, DOTS, PER_STYLE
from tests.browser.keyboard import look_at, tab_to
from tests.browser.visitor import CHOOSER, Visitor

pytestmark = pytest.mark.browser


def test_the_first_stop_leads_past_the_masthead_to_the_content(visitor: Visitor) -> None:
    visitor.opens("/").page.keyboard.press("Tab")
    skip = visitor.page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport()
    look_at(skip)

    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#main")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("main :focus")).to_have_count(1)


def test_words_filters_a_painting_and_its_companions_are_reached_by_keyboard(visitor: Visitor) -> None:
    page = visitor.opens("/").page
    tab_to(page, page.locator("#words"))
    page.keyboard.type("orchard")
    page.keyboard.press("Enter")
    visitor.sees(PER_STYLE)

    tab_to(page, page.locator("summary", has_text="Genre"))
    page.keyboard.press("Enter")
    tab_to(page, visitor.choice("landscape"))
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("genre=landscape"))
    visitor.sees(PER_STYLE)
    expect(page.locator(":focus")).to_have_attribute("name", "genre")  # where it was, though the counts are new
    page.keyboard.press("Escape")
    expect(visitor.choice("landscape")).to_be_hidden()
    expect(page.locator("summary:focus")).to_contain_text("Genre")

    first = visitor.tiles.first.get_by_role("link")
    name = visitor.titles()[0]
    tab_to(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    tab_to(page, page.get_by_role("link", name="More like this"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Paintings like {name}")


def test_every_stop_of_the_pages_is_seen(visitor: Visitor) -> None:
    for path in ("/?style=op-art&size=4", "/paintings/1/", "/search/"):
        page = visitor.opens(path).page
        tab_to(page, page.get_by_role("contentinfo").get_by_role("link").last)


def test_a_condition_is_removed_by_keyboard(visitor: Visitor) -> None:
    page = visitor.opens("/?style=op-art").page
    tab_to(page, page.locator("a.chip").first)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/")


def test_the_next_page_is_reached_by_keyboard(visitor: Visitor) -> None:
    page = visitor.opens("/?style=op-art&size=4").page
    tab_to(page, page.get_by_role("link", name="Next page"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("page=2"))


def test_a_photo_is_sent_by_keyboard(visitor: Visitor) -> None:
    page = visitor.opens("/search/").page
    with page.expect_file_chooser() as chosen:
        tab_to(page, page.locator(CHOOSER))
        page.keyboard.press("Enter")
    photo = drawing.photographed(drawing.picture(BLOCKS.draw, 7))
    chosen.value.set_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo})
    visitor.has_results_of_a_photo()
    assert visitor.titles()[0] == collection.title(BLOCKS, 7)


def test_a_choice_stays_chosen_when_the_arrow_keys_change_the_order(visitor: Visitor) -> None:
    page = visitor.opens("/?style=pointillism").page
    tab_to(page, page.get_by_label("Sort by"))
    page.keyboard.type("Title")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("sort=title"))
    visitor.sees(PER_STYLE)
    assert visitor.titles() == sorted(collection.title(DOTS, number) for number in range(PER_STYLE))
