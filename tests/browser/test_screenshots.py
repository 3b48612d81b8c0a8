"""The pictures of the documents, of the drawn sample collection; only with `./run browser-test --screenshots`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from tests.browser.application import ROOT, Application
from tests.browser.conftest import Opened, running, watched
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

DOCS = ROOT / "docs"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
MARGIN = 24
QUALITY = 85


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The application as `./run demo` starts it."""
    app = Application(var=tmp_path_factory.mktemp("sample"))
    app.prepare()
    app.manage("sample_collection", "--if-empty")
    app.manage("vectorize", "--missing")
    yield from running(app)


@pytest.fixture
def opened(browser: Browser, sample: Application) -> Iterator[Opened]:
    yield from watched(browser, sample)


def test_the_collection_on_a_desk(opened: Opened) -> None:
    page = opened.page(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce")
    Visitor(page=page).opens("/")
    take(page, "screenshot.jpg")


def test_a_painting_and_its_companions_on_a_desk(opened: Opened) -> None:
    page = opened.page(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce")
    visit_a_painting(page)
    companions = page.locator(".companions section").first
    Visitor(page=page).pictures_are_there(companions.locator("picture img"))
    companions.locator(".tile").first.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 0)")
    box = companions.bounding_box()
    assert box
    take(page, "screenshot-painting.jpg", height=round(box["y"] + box["height"]) + MARGIN)


def test_the_collection_on_a_phone_in_the_dark(opened: Opened) -> None:
    page = opened.page(
        viewport=PHONE,
        color_scheme="dark",
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
    )
    Visitor(page=page).opens("/")
    take(page, "screenshot-dark-phone.jpg")


def test_paintings_like_two_and_not_like_a_third_on_a_desk(opened: Opened) -> None:
    page = opened.page(viewport=DESKTOP, color_scheme="light", reduced_motion="reduce")
    liked, disliked = numbers(page, "ukiyo-e"), numbers(page, "suprematism")
    Visitor(page=page).opens(f"/search/?like={liked[0]}&like={liked[4]}&unlike={disliked[0]}")
    take(page, "screenshot-results.jpg", height=1120)


def test_two_paintings_side_by_side_with_what_makes_them_alike(opened: Opened) -> None:
    page = opened.page(viewport=DESKTOP, color_scheme="dark", reduced_motion="reduce")
    first, second = numbers(page, "post-impressionism")[:2]
    Visitor(page=page).opens(f"/compare/{first}/{second}/?regions=1")
    for heat in page.locator("img.heat").all():
        expect(heat).to_be_visible()
    take(page, "screenshot-compare.jpg", height=1240)


def numbers(page: Page, style: str) -> list[str]:
    """The ids of the paintings in a style, as their addresses have them."""
    tiles = Visitor(page=page).opens(f"/?style={style}&sort=title").tiles
    return [str(tile.get_attribute("id")).removeprefix("p") for tile in tiles.all()]


def visit_a_painting(page: Page) -> None:
    """One in a manner that is told at a glance."""
    visitor = Visitor(page=page).opens("/?style=post-impressionism&sort=title")
    visitor.tiles.first.locator(".work").click()
    expect(page.locator(".companions .tile").first).to_be_visible()


def take(page: Page, name: str, *, height: int = 0) -> None:
    """The visible part of the page, or as much of it as is said, when its pictures have come."""
    page.wait_for_load_state("networkidle")
    Visitor(page=page).pictures_are_there(page.locator("picture img").first)
    page.evaluate("scrollTo(0, 0)")
    window = page.viewport_size
    assert window
    part: FloatRect = {"x": 0, "y": 0, "width": window["width"], "height": height or window["height"]}
    page.screenshot(path=DOCS / name, type="jpeg", quality=QUALITY, full_page=True, clip=part)
