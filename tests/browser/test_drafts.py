"""A draft is nowhere that a visitor can look."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser import drawing
from tests.browser.desk import Desk, upload
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

PICTURE = drawing.picture(drawing.stripes, 950)
TITLE = "The Hidden Study"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A painting that only curators see, ready in everything but its publication."""

    number: int
    image: str
    """The address of one of its renditions."""


@pytest.fixture
def draft(desk: Desk) -> Iterator[Draft]:
    number = desk.adds_draft(TITLE, upload("hidden.png", drawing.saved(PICTURE)))
    picture = desk.page.locator(".desk-aside img.shown")
    expect(picture).to_be_visible()
    address = picture.get_attribute("src")
    assert address
    yield Draft(number=number, image=address)
    desk.opens_form(number)
    desk.page.get_by_role("link", name="Delete").first.click()
    desk.presses("Yes, I’m sure")
    desk.is_told("deleted successfully")  # else the next one may be sent while this one is still there


def test_a_draft_is_nowhere(draft: Draft, desk: Desk, visitor: Visitor, watch: Watch) -> None:
    watch.expects(400, 404)
    desk.page.goto(f"/paintings/{draft.number}/")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert desk.page.request.get(draft.image).status == 200

    assert TITLE not in visitor.opens("/").titles()
    visitor.asks_for("hidden study")
    visitor.sees(0)
    visitor.searches_with(drawing.photographed(PICTURE))
    assert TITLE not in visitor.titles()
    visitor.opens(f"/paintings/{draft.number}/")
    assert TITLE not in visitor.page.content()
    visitor.opens(f"/search/?like={draft.number}")
    assert TITLE not in visitor.page.content()


def test_a_draft_is_at_none_of_its_addresses(draft: Draft, visitor: Visitor) -> None:
    ask = visitor.page.request
    number = draft.number
    for path in (draft.image, f"/paintings/{number}/", f"/paintings/{number}/original", f"/api/v1/paintings/{number}/"):
        assert ask.get(path).status == 404, path
    assert ask.get(f"/api/v1/paintings/{number}/similar/").status == 404
    assert ask.get("/api/v1/paintings/", params={"q": "hidden study"}).json()["count"] == 0
    answer = ask.post("/api/v1/search/", multipart={"painting": str(number)})
    assert answer.status == 400


def test_a_draft_is_not_among_the_answers_of_the_api(draft: Draft, visitor: Visitor) -> None:
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": drawing.photographed(PICTURE)}
    answer = visitor.page.request.post("/api/v1/search/", multipart={"image": photo})
    assert answer.ok, answer.text()
    found = [result["painting"]["title"] for result in answer.json()["results"]]
    assert found
    assert TITLE not in found
