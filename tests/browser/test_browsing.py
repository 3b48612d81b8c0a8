"""Looking around: filters, words, orders and pages change the wall and the address, and the way back leads back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import drawing
from tests.browser.collection import BANDS, DOTS, FIRST_YEAR, PER_STYLE, STRIPES, YEARS_APART, title
from tests.browser.desk import Desk, upload
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_a_filter_changes_the_wall_and_the_address_without_loading_the_page_anew(visitor: Visitor) -> None:
    visitor.opens("/")
    everything = visitor.count.inner_text()
    visitor.page.evaluate("window.stayed = true")

    visitor.opens_filter("Style")
    visitor.choice("Op Art").check()
    visitor.sees(PER_STYLE)
    expect(visitor.page).to_have_url(re.compile(r"/\?style=op-art$"))
    assert all(name.startswith(STRIPES.title) for name in visitor.titles())

    visitor.choice("Pointillism").check()
    visitor.sees(2 * PER_STYLE)
    assert visitor.page.evaluate("window.stayed")

    visitor.page.go_back()
    visitor.sees(PER_STYLE)
    visitor.page.go_back()
    expect(visitor.page).to_have_url("/")
    expect(visitor.count).to_have_text(everything)
    visitor.opens_filter("Style")
    expect(visitor.choice("Op Art")).not_to_be_checked()


def test_a_condition_is_removed_by_its_chip(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art&q=tide")
    visitor.sees(PER_STYLE)
    visitor.page.locator("#chips").get_by_role("link", name="“tide”").click()
    expect(visitor.page).to_have_url("/?style=op-art")
    visitor.sees(PER_STYLE)


def test_words_are_found_whatever_their_accents_and_case(visitor: Visitor) -> None:
    visitor.opens("/").asks_for("CREPUSCULE")
    visitor.sees(PER_STYLE)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Paintings for “CREPUSCULE”")
    visitor.asks_for("benoit orchard 10")
    visitor.sees(1)
    assert visitor.titles() == [title(DOTS, 9)]


def test_what_cannot_be_found_is_said_and_leads_on(visitor: Visitor) -> None:
    visitor.opens("/").asks_for("zzzzqqqq")
    visitor.sees(0)
    expect(visitor.page.get_by_role("heading", name="Nothing here matches")).to_be_visible()
    visitor.page.get_by_role("link", name="See everything").click()
    expect(visitor.tiles.first).to_be_visible()


def test_years_narrow_the_wall(visitor: Visitor) -> None:
    visitor.opens("/?style=colour-field")
    visitor.opens_filter("Years")
    visitor.page.get_by_label("to", exact=True).fill(str(FIRST_YEAR + 4 * YEARS_APART))
    visitor.page.keyboard.press("Tab")
    visitor.sees(2)
    assert set(visitor.titles()) == {title(BANDS, 0), title(BANDS, 1)}


def test_another_order_is_kept_in_the_address(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art")
    visitor.page.get_by_label("Sort by").select_option("Latest first")
    expect(visitor.page).to_have_url(re.compile("sort=latest"))
    expect(visitor.tiles.first.locator("cite")).to_have_text(title(STRIPES, PER_STYLE - 1))
    visitor.page.reload()
    expect(visitor.tiles.first.locator("cite")).to_have_text(title(STRIPES, PER_STYLE - 1))


def test_pages_follow_one_another_without_repeating_a_painting(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art&style=pointillism&size=8")
    visitor.sees(8, in_all=2 * PER_STYLE)
    seen = visitor.titles()
    for number in (2, 3):
        visitor.page.get_by_role("link", name="Next page").click()
        expect(visitor.page).to_have_url(re.compile(f"page={number}"))
        seen += visitor.titles()
    assert len(seen) == len(set(seen)) == 2 * PER_STYLE
    expect(visitor.page.get_by_role("link", name="Next page")).to_have_count(0)


def test_a_painting_shows_its_data_and_its_look_alikes(visitor: Visitor) -> None:
    visitor.opens("/").asks_for("tide 04")
    visitor.sees(1)
    visitor.tiles.first.locator(".work").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title(STRIPES, 3))
    facts = visitor.page.locator("dl.facts")
    for fact in (STRIPES.style, STRIPES.genre, "The Other Museum", "T-014", str(FIRST_YEAR + 14 * YEARS_APART)):
        expect(facts).to_contain_text(fact)
    several, alike = (visitor.page.locator(".companions section").nth(place).locator(".tile") for place in (0, 1))
    expect(several.first).to_contain_text("overall look")  # by which features
    expect(alike).not_to_have_count(0)
    expect(alike.first).to_contain_text("%")
    visitor.pictures_are_there(visitor.page.locator(".exhibit img"))
    visitor.pictures_are_there(alike.locator("picture img"))
    visitor.page.get_by_role("link", name="More like this").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"Paintings like {title(STRIPES, 3)}")
    assert title(STRIPES, 3) not in visitor.titles()


def test_every_picture_of_the_wall_comes(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art")
    visitor.pictures_are_there(visitor.tiles.locator("picture img"))


def test_what_a_curator_saves_is_in_the_next_answer_to_a_visitor(desk: Desk, visitor: Visitor) -> None:
    visitor.opens("/")
    desk.fills_in("Saved a Moment Ago", upload("moment.png", drawing.saved(drawing.picture(drawing.blocks, 730))))
    desk.presses("Save and publish")
    desk.is_told("1 published.")
    visitor.page.reload()
    expect(visitor.tiles.first).to_contain_text("Saved a Moment Ago")

    desk.page.get_by_label("Title:").fill("Renamed Since")
    desk.presses("Save and continue editing")
    desk.is_told("changed successfully")
    visitor.page.reload()
    expect(visitor.tiles.first).to_contain_text("Renamed Since")
    visitor.asks_for("renamed")
    visitor.sees(1)

    desk.presses("Save and withdraw")
    desk.is_told("1 withdrawn.")
    visitor.page.reload()
    visitor.sees(0)
