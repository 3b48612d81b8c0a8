"""From a painting to the walk that begins there: its end is chosen among what is least like it, or found by words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import collection
from tests.browser.collection import DOTS
from tests.browser.conftest import OpenPage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_a_painting_leads_to_a_walk_to_another_that_is_found_by_words(open_page: OpenPage, scripted: bool) -> None:
    visitor = Visitor(page=open_page(java_script_enabled=scripted))
    page = visitor.opens("/paintings/1/").page
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Walk from here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"A walk from {title}")
    expect(page.locator(".tile").first).to_be_visible()

    wanted = collection.title(DOTS, 3)
    visitor.asks_for(f'"{wanted}"')
    page.locator(".tile").get_by_role("link", name=wanted).first.click()
    expect(page).to_have_url(re.compile(r"/walk/1/\d+/$"))
    expect(page.locator(".stop cite").first).to_have_text(title)
    expect(page.locator(".stop cite").last).to_have_text(wanted)
