"""The whole path: a curator adds a painting, the worker prepares it, a visitor finds it, and it goes again."""

import pytest
from playwright.sync_api import expect

from tests.browser import drawing
from tests.browser.application import Application
from tests.browser.conftest import OpenPage
from tests.browser.desk import Desk, upload
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser


def test_a_painting_is_uploaded_published_found_by_a_photo_and_withdrawn(
    application: Application, open_page: OpenPage, visitor: Visitor, watch: Watch
) -> None:
    picture = drawing.picture(drawing.stripes, 901)
    photo = drawing.photographed(picture)
    desk = Desk(page=open_page())

    desk.sign_in(application.password)
    desk.fills_in("The Uploaded Tide", upload("tide.png", drawing.saved(picture)))
    desk.presses("Save and publish")
    desk.is_told("1 published.")
    number = desk.number()
    expect(desk.state).to_contain_text("Visitors see it.")

    visitor.searches_with(photo)
    assert visitor.titles()[0] == "The Uploaded Tide"

    visitor.tiles.first.locator(".work").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("The Uploaded Tide")
    page_address = visitor.page.url
    exhibited = visitor.page.locator(".exhibit img")
    visitor.pictures_are_there(exhibited)
    image_address = exhibited.evaluate("image => image.currentSrc")
    assert visitor.page.request.get(image_address).status == 200

    desk.opens_form(number)
    desk.presses("Save and withdraw")
    desk.is_told("1 withdrawn.")

    visitor.searches_with(photo)
    assert "The Uploaded Tide" not in visitor.titles()
    visitor.opens("/").asks_for("uploaded tide")
    visitor.sees(0)
    watch.expects(404)
    assert visitor.page.request.get(image_address).status == 404
    visitor.opens(page_address)
    expect(visitor.page.get_by_role("heading", level=1)).not_to_have_text("The Uploaded Tide")
