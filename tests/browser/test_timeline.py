"""The timeline, as a visitor reads it and draws across it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, keyboard
from tests.browser.collection import FIRST_YEAR, PER_STYLE, TOTAL, YEARS_APART
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
LAST_YEAR = FIRST_YEAR + YEARS_APART * (TOTAL - 1)


def place(page: Page, share: float) -> tuple[float, float]:
    """A point in the drawing of the first style, at this share of the years."""
    box = page.locator(".ridge svg").first.bounding_box()
    assert box
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def draws(page: Page, start: float, end: float) -> None:
    page.mouse.move(*place(page, start))
    page.mouse.down()
    page.mouse.move(*place(page, (start + end) / 2))
    page.mouse.move(*place(page, end))
    page.mouse.up()


def years(page: Page) -> tuple[int, int]:
    return int(page.get_by_label("From").input_value()), int(page.get_by_label("to", exact=True).input_value())


def test_the_masthead_leads_to_the_styles_and_the_paintings_the_oldest_first(visitor: Visitor) -> None:
    page = visitor.opens("/").page
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    visitor.sees(TOTAL)
    expect(page.locator(".ridge")).to_have_count(4)
    dates = page.locator("#results .date").all_inner_texts()
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == (str(FIRST_YEAR), str(LAST_YEAR))


def test_drawing_across_the_years_shows_what_hangs_there(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/").page
    draws(page, 0.6, 0.3)
    expect(page).to_have_url(re.compile(r"from=\d+&to=\d+"))
    first, last = years(page)
    assert FIRST_YEAR < first < last < LAST_YEAR
    expect(page.locator("#count")).not_to_contain_text(f"{TOTAL} paintings")
    dates = [int(date) for date in page.locator("#results .date").all_inner_texts()]
    assert dates
    assert all(first <= date <= last for date in dates)
    assert float(page.locator(".veil .before").get_attribute("width").rstrip("%")) > 20  # type: ignore[union-attr]

    page.reload()
    assert years(page) == (first, last)
    page.get_by_role("link", name="Open as a search").click()
    expect(page).to_have_url(re.compile(rf"/\?from={first}&to={last}&sort=oldest$"))
    visitor.sees(len(dates))


def test_a_click_on_a_style_narrows_to_it_and_another_one_lets_go(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/?from=1830").page
    page.locator(".ridge").get_by_role("link", name="Op Art").click()
    expect(page).to_have_url(re.compile("style=op-art&from=1830$"))
    expect(page.locator(".ridge a[aria-current]")).to_contain_text("Op Art")
    expect(page.locator("#chips")).to_contain_text("Op Art")
    page.locator(".ridge").get_by_role("link", name="Op Art").click()
    expect(page).to_have_url(re.compile(r"/timeline/\?from=1830$"))


def test_a_style_that_is_chosen_after_the_years_keeps_them(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/").page
    draws(page, 0.1, 0.5)
    expect(page).to_have_url(re.compile("from="))
    expect(page.locator("#ridges a").first).to_have_attribute("href", re.compile("from="))
    first, last = years(page)
    page.locator(".ridge").get_by_role("link", name="Pointillism").click()
    expect(page).to_have_url(re.compile(rf"style=pointillism&from={first}&to={last}$"))


def test_the_handles_are_moved_by_keys(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/").page
    keyboard.tab_to(page, page.get_by_label("First year"))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"from=\d+$"))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"from=\d+&to=\d+$"))
    expect(page.locator("#years-to")).to_be_focused()


def test_a_finger_draws_too(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto("/timeline/")
    page.locator(".ridge svg").first.scroll_into_view_if_needed()
    touch = page.context.new_cdp_session(page)
    points = [place(page, share) for share in (0.3, 0.4, 0.5, 0.6)]
    for kind, at in (("touchStart", points[0]), *(("touchMove", point) for point in points[1:])):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).to_have_url(re.compile(r"from=\d+&to=\d+$"))


def test_the_wall_grows_and_stays_on_the_timeline(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/?size=8").page
    page.get_by_role("link", name="Show more").click()
    expect(visitor.tiles).to_have_count(16)
    expect(page).to_have_url(re.compile(r"/timeline/\?size=16$"))
    visitor.tiles.nth(12).locator(".work").click()
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(r"/timeline/\?size=16#p\d+$"))


def test_the_filter_of_years_leads_to_the_timeline_with_the_question(visitor: Visitor) -> None:
    page = visitor.opens("/?style=op-art&q=tide").page
    visitor.opens_filter("Years")
    page.get_by_role("link", name="On the timeline").click()
    expect(page).to_have_url(re.compile(r"/timeline/\?q=tide&style=op-art"))
    visitor.sees(PER_STYLE)


def test_the_drawing_can_be_read_as_a_table(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/").page
    page.get_by_text("The drawing as a table").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(6)
    numbers = [int(number) for number in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert sum(numbers) == TOTAL


def test_without_scripts_the_years_are_sent_with_a_button(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/timeline/")
    page.get_by_label("From").fill("1860")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/timeline/\?from=1860$"))
    expect(page.locator("#results .tile").first).to_be_visible()
    expect(page.get_by_label("First year")).to_be_hidden()
    page.locator(".ridge").get_by_role("link", name="Suprematism").click()
    expect(page).to_have_url(re.compile("style=suprematism&from=1860$"))


def test_axe_finds_nothing_while_the_table_is_open_and_years_are_drawn(open_page: OpenPage) -> None:
    page = open_page(bypass_csp=True, viewport=PHONE, reduced_motion="reduce")
    page.goto("/timeline/?from=1830&to=1889&style=op-art")
    page.get_by_text("The drawing as a table").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.violations(page, axe.source()) == []


def test_a_year_that_was_typed_stays_when_the_other_handle_moves(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/?from=1831").page
    page.get_by_label("Last year").focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"from=1831&to=\d+$"))


def test_what_the_browser_takes_for_scrolling_chooses_nothing(visitor: Visitor) -> None:
    page = visitor.opens("/timeline/?from=1831").page
    page.mouse.move(*place(page, 0.3))
    page.mouse.down()
    page.mouse.move(*place(page, 0.5))
    expect(page.get_by_label("to", exact=True)).not_to_have_value("")
    page.locator("#chart").dispatch_event("pointercancel")
    expect(page.get_by_label("to", exact=True)).to_have_value("")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?from=1831$"))


def test_without_a_connection_that_is_said(visitor: Visitor, watch: Watch) -> None:
    page = visitor.opens("/timeline/").page
    watch.expects_no_connection()
    page.route("**/timeline/**", lambda route: route.abort())
    draws(page, 0.3, 0.6)
    expect(page.locator("#count")).to_contain_text("No connection")
