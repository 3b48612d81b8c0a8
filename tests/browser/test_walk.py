"""A walk from one painting to another, as a visitor takes it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe, keyboard
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
WALK = "/walk/1/6/"


def stops(page: Page) -> Locator:
    return page.locator(".path cite")


def test_two_paintings_side_by_side_lead_to_the_walk_and_back(visitor: Visitor) -> None:
    page = visitor.opens("/compare/1/6/").page
    page.get_by_role("link", name="Walk from one to the other").click()
    expect(page).to_have_url(re.compile(f"{WALK}$"))
    expect(page.locator(".stop")).to_have_count(8)
    page.wait_for_load_state("domcontentloaded")
    titles = stops(page).all_inner_texts()
    assert len(set(titles)) == 8
    visitor.pictures_are_there(page.locator(".path picture img"))

    page.get_by_role("link", name="Back the other way").click()
    expect(page).to_have_url(re.compile("/walk/6/1/$"))
    expect(stops(page)).to_have_text(titles[::-1])
    page.get_by_role("link", name="Both side by side").click()
    expect(page).to_have_url(re.compile("/compare/6/1/$"))


def test_the_number_of_steps_is_chosen_without_leaving_the_page(visitor: Visitor) -> None:
    page = visitor.opens(f"{WALK}?weight.palette=1").page
    page.get_by_label("Steps").select_option("3")
    expect(page.locator(".stop")).to_have_count(4)
    expect(page).to_have_url(re.compile(r"steps=3"))
    expect(page).to_have_url(re.compile(r"weight\.palette=1"))
    expect(page.locator(".verdict")).to_contain_text("In 3 steps")
    page.go_back()
    expect(page.locator(".stop")).to_have_count(8)


def test_another_way_to_compare_is_another_walk(visitor: Visitor) -> None:
    page = visitor.opens(f"{WALK}?steps=4").page
    by = page.get_by_role("navigation", name="Compare by")
    by.get_by_role("link", name="Colours").click()
    expect(page).to_have_url(re.compile(r"steps=4&weight\.palette=1"))
    expect(by.get_by_role("link", name="Colours")).to_have_attribute("aria-current", "true")
    expect(page.locator(".stop")).to_have_count(5)


def test_each_step_says_why_by_the_keyboard(visitor: Visitor) -> None:
    page = visitor.opens(WALK).page
    link = page.locator(".leg .whylink").first
    keyboard.tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading", name="How near they are")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_on_a_phone_the_way_leads_downwards(open_page: OpenPage) -> None:
    page = open_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(WALK)
    boxes = [stop.bounding_box() for stop in page.locator(".stop .frame").all()]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 8
    assert tops == sorted(tops)
    assert len({round(box["x"]) for box in boxes if box}) == 1


def test_without_scripts_the_steps_are_chosen_with_a_button(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(WALK)
    page.get_by_label("Steps").select_option("2")
    page.get_by_role("button", name="Walk").click()
    expect(page.locator(".stop")).to_have_count(3)
    page.locator(".leg .whylink").first.click()
    expect(page).to_have_url(re.compile("/compare/1/"))


def test_axe_finds_nothing_while_a_reason_is_shown(open_page: OpenPage) -> None:
    page = open_page(bypass_csp=True, reduced_motion="reduce")
    page.goto(WALK)
    page.locator(".leg .whylink").first.click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="How near they are")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.violations(page, axe.source()) == []


def test_without_a_connection_that_is_said(visitor: Visitor, watch: Watch) -> None:
    page = visitor.opens(WALK).page
    watch.expects_no_connection()
    page.route("**/walk/**", lambda route: route.abort())
    page.get_by_label("Steps").select_option("3")
    expect(page.locator(".verdict")).to_contain_text("No connection")
    expect(page.locator(".stop")).to_have_count(8)
