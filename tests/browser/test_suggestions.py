"""What the network suggests: accepted by a curator, told to a visitor, as a guess and nothing more."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, StorageState, expect

from tests import eyes
from tests.browser import axe, drawing
from tests.browser.application import Application
from tests.browser.conftest import DESKTOP, PHONE, OpenPage, running
from tests.browser.desk import LIST, Desk, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

TITLES = ("First", "Second", "Third", "Fourth", "Named")
SAY = """
from gallery.models import Painting
from tests.suggested import suggest
for painting in Painting.objects.all():
    suggest(painting.image, style={"Impressionism": 0.93, "Cubism": 0.05}, genre={"landscape": 0.93})
"""


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Running, with paintings of which only one has a style, and a model that knows three styles and two genres. Like
    the shipped one, it is sure of some genres and never of a style."""
    app = Application(var=tmp_path_factory.mktemp("suggesting"), settings={"PENDANT_ARTIFACT": eyes.TINY.name})
    eyes.install(app.var / "artifacts", sure={"genre": 0.9})
    app.prepare()
    app.manage("import_paintings", str(_table(tmp_path_factory.mktemp("unnamed"))), "--publish", "--no-progress")
    app.manage("vectorize", "--missing")
    app.manage("shell", "--command", SAY)
    yield from running(app)


def _table(folder: Path) -> Path:
    table = folder / "paintings.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("image", "title", "style"))
        writer.writeheader()
        for number, title in enumerate(TITLES):
            (folder / f"{title}.png").write_bytes(drawing.saved(drawing.picture(drawing.blocks, number)))
            writer.writerow({"image": f"{title}.png", "title": title, "style": "Cubism" if title == "Named" else ""})
    return table


@pytest.fixture(scope="module")
def signed_in(browser: Browser, application: Application) -> StorageState:
    return sign_in(browser, application.address, application.password)


def number(visitor: Visitor, title: str) -> int:
    """The painting's id, as a visitor finds it."""
    found = visitor.page.request.get("/api/v1/paintings/", params={"q": title}).json()
    return int(found["results"][0]["id"])


def offered(desk: Desk, kind: str) -> Locator:
    return desk.page.get_by_role("group", name=f"What the network suggests as the {kind}").get_by_role("button")


def guesses(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("region", name="What the network sees")


def test_a_curator_accepts_a_style_and_the_visitor_reads_it_as_the_catalogues(desk: Desk, visitor: Visitor) -> None:
    painting = number(visitor, "first")
    visitor.opens(f"/paintings/{painting}/")
    expect(guesses(visitor)).to_contain_text("perhaps Impressionism The catalogue names no style.")
    expect(guesses(visitor)).to_contain_text("very likely landscape, 93 %")
    expect(visitor.page.locator(".label .facts")).not_to_contain_text("Impressionism")

    desk.opens_form(painting)
    expect(offered(desk, "style")).to_have_count(3)
    expect(desk.page.get_by_text("this model is never sure of a style")).to_be_visible()
    desk.page.get_by_label("Medium").fill("Oil on canvas")
    offered(desk, "style").first.click()
    desk.is_told("The style is “Impressionism” now, as the network suggested (93 %).")
    expect(offered(desk, "style")).to_have_count(0)
    expect(offered(desk, "genre")).to_have_count(2)
    expect(desk.page.get_by_label("Medium")).to_have_value("Oil on canvas")  # typed before the click: not lost

    visitor.opens(f"/paintings/{painting}/")
    expect(visitor.page.locator(".label .facts")).to_contain_text("Impressionism")
    expect(guesses(visitor)).to_contain_text("The catalogue says the same.")


def test_without_scripts_and_by_keyboard(open_page: OpenPage, signed_in: StorageState, visitor: Visitor) -> None:
    painting = number(visitor, "second")
    desk = Desk(page=open_page(java_script_enabled=False, storage_state=signed_in))
    desk.opens_form(painting)
    offered(desk, "style").nth(1).focus()
    desk.page.keyboard.press("Enter")
    desk.is_told("The style is “Cubism” now, as the network suggested (5 %).")


def test_the_buttons_are_stops_that_are_seen_and_enter_in_a_field_only_saves(desk: Desk, visitor: Visitor) -> None:
    painting = number(visitor, "third")
    desk.opens_form(painting)
    tab_to(desk.page, offered(desk, "style").first)
    desk.page.get_by_label("Title:").press("Enter")
    expect(desk.messages).to_contain_text("was changed successfully")
    desk.opens_form(painting)
    expect(offered(desk, "style")).to_have_count(3)


def test_several_are_accepted_after_a_look_at_what_would_become_of_it(desk: Desk, visitor: Visitor) -> None:
    never_sure = "This model is never sure enough of a style; look at each one."
    desk.page.goto(f"{LIST}?suggested=genre&q=fourth")
    expect(desk.page.locator("#result_list tbody tr")).to_have_count(1)
    desk.page.locator("#result_list tbody input.action-select").check()
    desk.page.get_by_label("Action:").select_option(label="Accept suggestions that are sure …")
    desk.page.get_by_role("button", name="Go").click()
    expect(desk.page.get_by_role("heading", name="1 genre")).to_be_visible()
    expect(desk.page.get_by_role("heading", name="style")).to_have_count(0)
    expect(desk.page.get_by_text(never_sure)).to_be_visible()
    desk.presses("Accept these suggestions")
    desk.is_told("Accepted: 1 genre.")
    desk.is_told(never_sure)
    desk.page.goto(f"{LIST}?suggested=genre&q=fourth")
    expect(desk.page.locator("#result_list tbody tr")).to_have_count(0)


def test_what_the_catalogue_says_stands_beside_another_guess(visitor: Visitor, desk: Desk) -> None:
    painting = number(visitor, "named")
    visitor.opens(f"/paintings/{painting}/")
    expect(guesses(visitor)).to_contain_text("The catalogue says Cubism.")
    desk.opens_form(painting)
    expect(desk.page.get_by_role("group", name="as the style")).to_contain_text("beside what is set")
    expect(offered(desk, "style")).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    size: dict[str, int], open_page: OpenPage, signed_in: StorageState, visitor: Visitor
) -> None:
    script, found = axe.source(), []
    painting = number(visitor, "third")
    for path in (f"/paintings/{painting}/", f"{LIST}{painting}/change/", LIST):
        page = open_page(bypass_csp=True, viewport=size, reduced_motion="reduce", storage_state=signed_in)
        page.goto(path)
        if path == LIST:
            page.locator("#result_list tbody tr", has_text="Third").locator("input.action-select").check()
            page.get_by_label("Action:").select_option("accept_sure")
            page.get_by_role("button", name="Go").click()
            expect(page.get_by_role("button", name="Accept these suggestions")).to_be_visible()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += axe.violations(page, script)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"], path
        page.close()
    assert found == []
