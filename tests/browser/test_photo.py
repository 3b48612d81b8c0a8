"""A visitor's own photo: chosen, dropped or pasted; its results below it; an address that can be passed on."""

import re
from base64 import b64encode

import pytest
from playwright.sync_api import expect

from tests.browser import collection, drawing
from tests.browser.collection import BLOCKS, DOTS, STRIPES
from tests.browser.conftest import OpenPage
from tests.browser.visitor import COPY, TRANSFER, Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

LETTER = b"Dear museum, this is no picture at all."


def photo_of(kind: collection.Kind, number: int) -> bytes:
    return drawing.photographed(drawing.picture(kind.draw, number))


def test_a_chosen_photo_finds_its_painting_and_stands_above_the_results(visitor: Visitor) -> None:
    visitor.searches_with(photo_of(STRIPES, 2))

    assert visitor.titles()[0] == collection.title(STRIPES, 2)
    photo = visitor.page.get_by_role("img", name="Your photo")
    visitor.pictures_are_there(photo)
    above, below = photo.bounding_box(), visitor.tiles.first.bounding_box()
    assert above and below
    assert above["y"] + above["height"] <= below["y"] < 900, "both are seen at once"
    expect(visitor.tiles.first).to_contain_text("%")


def test_a_dropped_photo_is_searched_with(visitor: Visitor) -> None:
    visitor.opens("/search/")
    data = b64encode(photo_of(DOTS, 4)).decode()
    transfer = visitor.page.evaluate_handle(TRANSFER, [data, "photo.jpg", "image/jpeg"])
    for event in ("dragenter", "dragover", "drop"):
        visitor.page.dispatch_event(".dropzone", event, {"dataTransfer": transfer})
    visitor.has_results_of_a_photo()
    assert visitor.titles()[0] == collection.title(DOTS, 4)


def test_a_pasted_photo_is_searched_with(open_page: OpenPage) -> None:
    visitor = Visitor(page=open_page(permissions=["clipboard-read", "clipboard-write"]))
    visitor.opens("/search/")
    picture = drawing.saved(drawing.picture(BLOCKS.draw, 5))
    visitor.page.evaluate(COPY, b64encode(picture).decode())
    visitor.page.keyboard.press("Control+V")
    visitor.has_results_of_a_photo()
    assert visitor.titles()[0] == collection.title(BLOCKS, 5)


def test_the_address_of_a_photo_search_shows_the_same_to_somebody_else(visitor: Visitor, open_page: OpenPage) -> None:
    visitor.searches_with(photo_of(STRIPES, 6))
    titles = visitor.titles()

    visitor.page.reload()
    assert visitor.titles() == titles
    friend = Visitor(page=open_page()).opens(visitor.page.url)
    assert friend.titles() == titles
    friend.pictures_are_there(friend.page.get_by_role("img", name="Your photo"))


def test_the_results_of_a_photo_can_be_filtered_and_compared_in_another_way(visitor: Visitor) -> None:
    visitor.searches_with(photo_of(STRIPES, 1))
    visitor.opens_filter("Style")
    visitor.choice("Pointillism").check()
    visitor.sees(collection.PER_STYLE)
    assert all(title.startswith(DOTS.title) for title in visitor.titles())

    visitor.page.get_by_role("list", name="Compare by").get_by_role("link").first.click()
    visitor.sees(collection.PER_STYLE)
    visitor.has_results_of_a_photo()


def test_conditions_chosen_before_a_photo_or_between_two_stay_in_force(visitor: Visitor) -> None:
    visitor.opens("/").opens_filter("Style")
    visitor.choice("Pointillism").check()
    visitor.sees(collection.PER_STYLE)
    visitor.page.get_by_role("search").get_by_role("link", name="Use a photo").click()
    expect(visitor.page).to_have_url(re.compile(r"/search/\?style=pointillism"))
    visitor.chooses_photo(photo_of(STRIPES, 1))
    visitor.has_results_of_a_photo()
    visitor.sees(collection.PER_STYLE)

    visitor.opens_filter("Style")
    visitor.choice("Op Art").check()
    visitor.sees(2 * collection.PER_STYLE)
    first = visitor.page.url
    visitor.chooses_photo(photo_of(STRIPES, 3))
    expect(visitor.tiles.first.locator("cite")).to_have_text(collection.title(STRIPES, 3))
    assert visitor.page.url != first
    visitor.sees(2 * collection.PER_STYLE)


def test_a_photo_is_not_added_to_the_collection(visitor: Visitor) -> None:
    before = visitor.opens("/").count.inner_text()
    visitor.searches_with(drawing.photographed(drawing.picture(drawing.bands, 800)))
    assert visitor.opens("/").count.inner_text() == before


def test_what_is_no_picture_is_refused_with_a_sentence(visitor: Visitor, watch: Watch) -> None:
    watch.expects(400)
    visitor.opens("/search/").chooses_photo(LETTER, "letter.jpg")
    expect(visitor.page.get_by_role("alert")).to_contain_text("letter.jpg")

    visitor.chooses_photo(photo_of(STRIPES, 2))  # and one can go on from there
    visitor.has_results_of_a_photo()


def test_dropping_what_is_no_picture_is_refused_before_it_is_sent(visitor: Visitor) -> None:
    visitor.opens("/search/")
    data = b64encode(LETTER).decode()
    transfer = visitor.page.evaluate_handle(TRANSFER, [data, "letter.txt", "text/plain"])
    visitor.page.dispatch_event(".dropzone", "drop", {"dataTransfer": transfer})
    expect(visitor.page.get_by_role("alert")).to_contain_text("no picture")
    expect(visitor.page).to_have_url("/search/")


def test_an_expired_photo_is_explained(visitor: Visitor, watch: Watch) -> None:
    watch.expects(410)
    visitor.opens(f"/search/?photo={'0' * 32}")
    expect(visitor.page.get_by_role("alert")).to_contain_text("The photo is gone")
    visitor.chooses_photo(photo_of(STRIPES, 2))
    visitor.has_results_of_a_photo()
