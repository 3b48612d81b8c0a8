"""A photo of a painting on a wall: the page says which one it is, shows it, and where in the photo it hangs."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from tests import eyes
from tests.browser import axe, collection, drawing
from tests.browser.application import Application
from tests.browser.collection import BLOCKS, DOTS, Kind
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, running
from tests.browser.visitor import Visitor
from vectorizer import encoder
from vectorizer.models import artifact_path

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Running, with the artifact that the settings name; with the tiny eye where that one recognises nothing."""
    var = tmp_path_factory.mktemp("recognising")
    named = {"PENDANT_ARTIFACT": settings.ENCODER_ARTIFACT, "PENDANT_ARTIFACTS": str(settings.ARTIFACTS_DIR)}
    app = Application(var=var, settings=named if _recognises() else {"PENDANT_ARTIFACT": eyes.TINY.name})
    eyes.install(var / "artifacts")
    app.prepare()
    table = collection.write(tmp_path_factory.mktemp("pictures"))
    app.manage("import_paintings", str(table), "--publish", "--no-progress")
    app.manage("vectorize", "--missing")
    yield from running(app)


def _recognises() -> bool:
    card = encoder.load_card(artifact_path(settings.ENCODER_ARTIFACT))
    return any(feature.role == "identity" for feature in card.features)


def what_it_is(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name="What your photo shows")


def on_a_wall(kind: Kind, number: int) -> bytes:
    return drawing.on_a_wall(drawing.picture(kind.draw, number))


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_painting_on_a_wall_is_named_and_shown_above_its_look_alikes(
    open_page: OpenPage, viewport: dict[str, int], scheme: str
) -> None:
    visitor = Visitor(page=open_page(viewport=viewport, color_scheme=scheme))
    visitor.searches_with(on_a_wall(DOTS, 3))

    named = what_it_is(visitor)
    expect(named).to_contain_text(f"This is {collection.title(DOTS, 3)} by {DOTS.artist}")
    visitor.pictures_are_there(named.locator("img"))
    visitor.sees(collection.TOTAL)
    above, first = named.bounding_box(), visitor.tiles.first.bounding_box()
    assert above and first
    assert above["y"] + above["height"] <= first["y"]
    assert above["x"] + above["width"] <= viewport["width"]
    assert axe.violations(visitor.page, axe.source()) == []


def test_where_it_hangs_is_outlined_on_the_photo(visitor: Visitor) -> None:
    visitor.searches_with(on_a_wall(DOTS, 3))

    picture = visitor.page.get_by_role("img", name="Your photo")
    visitor.pictures_are_there(picture)
    photo = picture.bounding_box()
    outline = visitor.page.locator(".seen polygon").first.bounding_box()
    assert photo and outline
    line = 5
    for start, length in (("x", "width"), ("y", "height")):
        assert photo[start] - line <= outline[start]
        assert outline[start] + outline[length] <= photo[start] + photo[length] + line
        assert 0.3 < outline[length] / photo[length] < 0.95


def test_its_name_leads_to_the_painting(visitor: Visitor) -> None:
    visitor.searches_with(on_a_wall(BLOCKS, 5))
    what_it_is(visitor).get_by_role("link", name=collection.title(BLOCKS, 5)).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(collection.title(BLOCKS, 5))


def test_it_stays_while_the_look_alikes_are_narrowed_down_or_compared_in_another_way(visitor: Visitor) -> None:
    visitor.searches_with(on_a_wall(DOTS, 3))
    visitor.opens_filter("Style")
    visitor.choice("Op Art").check()
    visitor.sees(collection.PER_STYLE)
    expect(what_it_is(visitor)).to_contain_text(collection.title(DOTS, 3))

    ways = visitor.page.get_by_role("list", name="Compare by").get_by_role("link")
    assert not any("painting" in way.lower() for way in ways.all_inner_texts())
    ways.last.click()
    visitor.has_results_of_a_photo()
    expect(what_it_is(visitor)).to_contain_text(collection.title(DOTS, 3))


def test_a_painting_that_is_not_in_the_collection_is_not_named(visitor: Visitor) -> None:
    visitor.searches_with(on_a_wall(DOTS, 803))
    expect(what_it_is(visitor)).to_have_count(0)
    expect(visitor.page.get_by_text("This is")).to_have_count(0)
    expect(visitor.page.locator(".seen polygon")).to_have_count(0)
