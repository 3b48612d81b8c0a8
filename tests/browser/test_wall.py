"""The wall of results: it grows, stays as it was, and leads from one painting to the next and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.collection import PER_STYLE, STRIPES, TOTAL
from tests.browser.conftest import DESKTOP, OpenPage
from tests.browser.patience import eventually
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(open_page: OpenPage) -> Visitor:
    """A visitor whose browser runs no scripts."""
    return Visitor(page=open_page(java_script_enabled=False))


def shows_more(visitor: Visitor, number: int) -> None:
    visitor.page.get_by_role("link", name="Show more").click()
    expect(visitor.tiles).to_have_count(number)


def test_the_wall_grows_by_a_button_and_the_address_with_it(visitor: Visitor) -> None:
    visitor.opens("/?size=8")
    shows_more(visitor, 16)
    expect(visitor.page).to_have_url(re.compile("size=16$"))
    expect(visitor.page.locator("#pages")).to_contain_text(f"16 of {TOTAL}")
    assert len(set(visitor.titles())) == 16
    titles = visitor.titles()

    visitor.page.reload()
    assert visitor.titles() == titles


def test_the_end_is_the_end(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art&size=5")
    shows_more(visitor, PER_STYLE)
    expect(visitor.page.get_by_role("link", name="Show more")).to_have_count(0)


def test_the_next_part_is_there_before_it_is_asked_for(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    with visitor.page.expect_response(re.compile("page=2.*part=1")):
        visitor.opens("/?size=4")
    shows_more(visitor, 8)
    assert len([url for url in asked if "page=2&size=4" in url]) == 1  # by then, the next but one may be fetched, too


def test_who_comes_back_from_a_painting_finds_the_wall_where_it_was(visitor: Visitor) -> None:
    visitor.opens("/?size=16")
    shows_more(visitor, 32)
    tile = visitor.tiles.nth(28)
    tile.scroll_into_view_if_needed()
    place = visitor.page.evaluate("scrollY")
    assert place > DESKTOP["height"]
    tile.locator(".work").click()
    expect(visitor.page.locator(".painting")).to_be_visible()

    visitor.page.go_back()
    expect(visitor.tiles).to_have_count(32)

    def is_there_again() -> None:
        assert abs(visitor.page.evaluate("scrollY") - place) < 50

    eventually(visitor.page, is_there_again)
    visitor.page.wait_for_timeout(500)
    is_there_again()


def test_a_painting_leads_to_the_next_of_the_results_and_back_to_them(visitor: Visitor) -> None:
    visitor.opens("/?style=op-art&sort=title")
    titles = visitor.titles()
    visitor.tiles.nth(1).locator(".work").click()
    trail = visitor.page.get_by_role("navigation", name="Results")
    expect(trail).to_contain_text(f"2 of {PER_STYLE}")
    trail.get_by_role("link", name=f"Next: {titles[2]}").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(titles[2])
    trail.get_by_role("link", name=f"Previous: {titles[1]}").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(titles[1])
    trail.get_by_role("link", name="Back to the results").click()
    expect(visitor.page).to_have_url(re.compile(r"/\?style=op-art&sort=title#p\d+$"))
    assert visitor.titles() == titles


def test_a_painting_that_is_not_of_the_results_leads_to_the_collection(visitor: Visitor, plain: Visitor) -> None:
    for each in (visitor, plain):
        each.opens("/paintings/1/")
        trail = each.page.get_by_role("navigation", name="Results")
        expect(trail.get_by_role("link")).to_have_count(1)
        trail.get_by_role("link").click()
        expect(each.page).to_have_url("/")


def test_without_scripts_more_is_the_next_page(plain: Visitor) -> None:
    first = plain.opens("/?style=op-art&size=4").titles()
    plain.page.get_by_role("link", name="Show more").click()
    expect(plain.page).to_have_url(re.compile("page=2&size=4"))
    assert not set(first) & set(plain.titles())
    assert all(name.startswith(STRIPES.title) for name in plain.titles())


def test_nothing_shifts_while_the_page_comes(visitor: Visitor) -> None:
    visitor.page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {"
        " if (!entry.hadRecentInput) window.shifts += entry.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    for path in ("/", "/search/?like=1&unlike=2", "/paintings/1/"):
        visitor.opens(path).page.wait_for_load_state("networkidle")
        assert visitor.page.evaluate("window.shifts") < 0.01, path
