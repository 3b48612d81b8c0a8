"""The question as visitors ask it: by pictures for and against, by what likeness means, by colours, years, words."""

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser import axe, collection
from tests.browser.collection import FIRST_YEAR, PER_STYLE, STRIPES, TOTAL, title
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

TOUCH = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
LEAST_TARGET = 44  # pixels
# A letter, and the arrow before anybody could have asked what it leads to.
LETTER_AND_ARROW = """() => {
    const words = document.getElementById("words");
    words.value += " ";
    words.dispatchEvent(new Event("input", {bubbles: true}));
    words.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def plain(open_page: OpenPage) -> Visitor:
    """A visitor whose browser runs no scripts."""
    return Visitor(page=open_page(java_script_enabled=False))


def example(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("list", name="What is compared").get_by_role("listitem").filter(has_text=name)


def chips(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("list", name="What is asked for").get_by_role("link")


def asks_by_pictures(visitor: Visitor) -> None:
    """From a filtered wall to two examples for and one against, and back."""
    visitor.opens("/?style=op-art&size=4&sort=title")
    visitor.tiles.first.get_by_role("link", name=f"More like {title(STRIPES, 0)}").click()
    expect(visitor.page).to_have_url(re.compile(r"/search/\?like=\d+&style=op-art&sort=title$"))
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(f"Paintings like {title(STRIPES, 0)}")
    visitor.sees(PER_STYLE - 1)

    visitor.tiles.first.get_by_role("link", name="More like").click()
    visitor.sees(PER_STYLE - 2)
    against = visitor.titles()[0]
    visitor.tiles.first.get_by_role("link", name="Less like").click()
    visitor.sees(PER_STYLE - 3)
    expect(example(visitor, against)).to_contain_text("not like")
    assert against not in visitor.titles()

    example(visitor, against).get_by_role("link", name=f"More like {against} instead").click()
    expect(example(visitor, against)).not_to_contain_text("not like")
    example(visitor, against).get_by_role("link", name=f"Remove {against}").click()
    visitor.sees(PER_STYLE - 2)
    expect(example(visitor, against)).to_have_count(0)


def test_pictures_become_examples_for_and_against_by_one_click(visitor: Visitor) -> None:
    asks_by_pictures(visitor)


def test_they_do_without_scripts(plain: Visitor) -> None:
    asks_by_pictures(plain)


def test_with_a_mouse_a_picture_offers_it_only_when_one_points_at_it(visitor: Visitor) -> None:
    act = visitor.opens("/?size=4").tiles.nth(1).locator(".act").first
    expect(act).to_have_css("opacity", "0")
    visitor.tiles.nth(1).hover()
    expect(act).to_have_css("opacity", "1")
    visitor.tiles.nth(2).locator(".act").first.focus()
    expect(visitor.tiles.nth(2).locator(".act").first).to_have_css("opacity", "1")


def test_with_a_finger_it_is_always_there_and_large_enough(open_page: OpenPage) -> None:
    visitor = Visitor(page=open_page(**TOUCH)).opens("/?size=4")
    expect(visitor.tiles.first.locator(".act").first).to_have_css("opacity", "1")
    visitor.opens("/search/?like=1&unlike=2&style=op-art")
    for target in visitor.page.locator(".act, .tools a, .chip, .pill:visible, select:visible").all():
        if box := target.bounding_box():
            assert min(box["width"], box["height"]) >= LEAST_TARGET - 0.5, target.inner_html()
    visitor.tiles.first.get_by_role("link", name="More like").tap()
    expect(visitor.page).to_have_url(re.compile("like=1&like="))


class TestLikeness:
    def test_a_preset_is_a_link(self, plain: Visitor) -> None:
        plain.opens("/search/?like=1")
        presets = plain.page.get_by_role("list", name="Compare by").get_by_role("link")
        expect(presets.first).to_have_text("Everything")
        presets.last.click()
        expect(plain.page).to_have_url(re.compile(r"like=1&weight\.\w+=1$"))
        expect(presets.last).to_have_attribute("aria-current", "true")
        expect(chips(plain)).to_have_count(1)
        chips(plain).click()
        expect(plain.page).to_have_url(re.compile(r"like=1$"))

    def test_a_slider_changes_the_wall_and_the_address_at_once(self, visitor: Visitor) -> None:
        visitor.opens("/search/?like=1")
        visitor.page.evaluate("window.stayed = true")
        slider = sliders(visitor).last
        name = slider.get_attribute("name")
        slider.focus()
        visitor.page.keyboard.press("End")
        expect(visitor.page).to_have_url(re.compile(f"{name}=1"))
        expect(chips(visitor)).to_have_count(1)
        for _ in range(5):
            visitor.page.keyboard.press("PageDown")
        expect(visitor.page).to_have_url(re.compile(f"{name}=50"))
        expect(slider).to_be_focused()
        expect(slider).to_have_value("50")
        assert visitor.page.evaluate("window.stayed")

    def test_a_feature_is_switched_off_and_on(self, visitor: Visitor) -> None:
        visitor.opens("/search/?like=1")
        usual, *_, last = visitor.page.locator(".slider").all()
        last.get_by_role("button").click()
        expect(visitor.page).to_have_url(re.compile(r"weight.*&weight"))
        usual.get_by_role("button").click()
        expect(visitor.page).to_have_url(re.compile(r"like=1&weight\.\w+=1$"))
        expect(last.get_by_role("button")).to_have_attribute("aria-pressed", "true")

    def test_without_scripts_there_is_a_button(self, plain: Visitor) -> None:
        plain.opens("/search/?like=1")
        slider = sliders(plain).last
        slider.focus()
        plain.page.keyboard.press("End")
        plain.page.locator("#likeness").get_by_role("button", name="Show").click()
        expect(plain.page).to_have_url(re.compile(f"{slider.get_attribute('name')}=1"))
        plain.sees(TOTAL - 1)


def sliders(visitor: Visitor) -> Locator:
    return visitor.page.locator("#likeness input[type=range]")


class TestColours:
    def test_a_colour_is_added_weighed_and_removed_without_leaving(self, visitor: Visitor) -> None:
        page = visitor.opens("/").page
        page.evaluate("window.stayed = true")
        visitor.opens_filter("Colours")
        page.get_by_role("list", name="Colours to add").get_by_role("link", name="Vermilion").click()
        expect(page).to_have_url(re.compile(r"/search/\?colour=[0-9a-f]{6}$"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Paintings in these colours")
        page.get_by_role("link", name="Ultramarine").click()
        expect(page).to_have_url(re.compile(r"colour=[0-9a-f]{6}&colour=[0-9a-f]{6}$"))

        share = page.get_by_label("How much Ultramarine")
        share.focus()
        page.keyboard.press("Home")
        expect(page).to_have_url(re.compile(r"&colour=[0-9a-f]{6}:1$"))
        expect(page.locator(".mixture output").last).to_have_text("1 %")
        page.get_by_role("link", name="Remove Vermilion").click()
        expect(page).to_have_url(re.compile(r"\?colour=[0-9a-f]{6}:1$"))
        page.get_by_role("link", name="Remove Ultramarine").click()
        expect(page).to_have_url("/")
        assert page.evaluate("window.stayed")

    def test_the_answer_to_one_removal_does_not_undo_the_next(self, visitor: Visitor) -> None:
        page = visitor.opens("/search/?colour=ff0000&colour=00ff00&colour=0000ff").page
        visitor.opens_filter("Colours")

        def remove_another_first(route: Route) -> None:
            answer = route.fetch()
            page.locator(".mixture .remove").first.evaluate("remove => remove.click()")
            route.fulfill(response=answer)

        page.route(re.compile(r"\?.*colour="), remove_another_first, times=1)
        page.locator(".mixture .remove").first.click()
        expect(page).to_have_url(re.compile(r"\?colour=0000ff$"))
        expect(page.locator(".mixture li")).to_have_count(1)

    def test_any_colour_can_be_picked(self, visitor: Visitor) -> None:
        visitor.opens("/").opens_filter("Colours")
        visitor.page.get_by_label("Another colour").fill("#123456")
        expect(visitor.page).to_have_url(re.compile("colour=123456$"))
        visitor.page.get_by_label("another colour", exact=False).first.fill("#654321")
        expect(visitor.page).to_have_url(re.compile("colour=654321$"))

    def test_the_colours_of_an_example_can_be_used(self, plain: Visitor) -> None:
        plain.opens("/search/?like=1").opens_filter("Colours")
        plain.page.get_by_role("link", name="Use the colours of").click()
        expect(plain.page).to_have_url(re.compile(r"like=1&colour="))
        expect(example(plain, "these colours")).to_be_visible()

    def test_without_scripts_colours_are_links(self, plain: Visitor) -> None:
        plain.opens("/").opens_filter("Colours")
        plain.page.get_by_role("list", name="Colours to add").get_by_role("link", name="Vermilion").click()
        plain.opens_filter("Colours")
        plain.page.get_by_role("link", name="Ultramarine").click()
        plain.opens_filter("Colours")
        plain.page.get_by_role("link", name="less Ultramarine").click()
        expect(plain.page).to_have_url(re.compile(r":50$"))
        plain.opens_filter("Colours")
        plain.page.get_by_label("hexadecimal").fill("123456")
        plain.page.locator("#filter-colours").get_by_role("button", name="Show").click()
        expect(plain.page).to_have_url(re.compile(r"colour=123456$"))

    def test_a_painting_lends_its_colours(self, visitor: Visitor) -> None:
        visitor.opens("/paintings/1/").page.get_by_role("link", name="Use these colours").click()
        expect(visitor.page).to_have_url(re.compile(r"/search/\?colour="))
        expect(visitor.tiles.first).to_be_visible()


class TestYears:
    def test_the_histogram_is_dragged(self, visitor: Visitor) -> None:
        visitor.opens("/").opens_filter("Years")
        handle = visitor.page.get_by_label("Last year").bounding_box()
        assert handle
        y = handle["y"] + handle["height"] / 2
        visitor.page.mouse.move(handle["x"] + handle["width"] - 12, y)
        visitor.page.mouse.down()
        visitor.page.mouse.move(handle["x"] + handle["width"] / 2, y, steps=5)
        shown = visitor.page.get_by_label("to", exact=True).input_value()
        visitor.page.mouse.up()
        middle = FIRST_YEAR + TOTAL * collection.YEARS_APART // 2
        assert abs(int(shown) - middle) < 20
        expect(visitor.page).to_have_url(re.compile(f"to={shown}"))
        expect(visitor.tiles).to_have_count(round((int(shown) - FIRST_YEAR + 1) / collection.YEARS_APART + 0.49))

    def test_by_the_keyboard_and_the_handles_never_cross(self, visitor: Visitor) -> None:
        visitor.opens("/").opens_filter("Years")
        visitor.page.get_by_label("First year").focus()
        visitor.page.keyboard.press("End")
        low, high = (int(visitor.page.get_by_label(name).input_value()) for name in ("First year", "Last year"))
        assert low <= high
        expect(visitor.page).to_have_url(re.compile(f"from={low}"))
        visitor.page.keyboard.press("Home")
        expect(visitor.page).to_have_url("/")


class TestWords:
    def test_suggestions_are_gone_through_by_keyboard(self, visitor: Visitor) -> None:
        page = visitor.opens("/").page
        words = page.get_by_role("combobox", name="Title, artist or other words")
        words.fill("orchard 0")  # at once: between two slow letters, other suggestions would come first
        options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        expect(options.first).to_be_visible()
        expect(words).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        assert words.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        page.keyboard.press("Escape")
        expect(options.first).to_be_hidden()
        expect(words).to_have_value("orchard 0")
        page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        name = options.first.locator(".label").inner_text()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)

    def test_what_one_goes_through_is_not_exchanged_for_what_comes_late(self, visitor: Visitor) -> None:
        page = visitor.opens("/").page
        words = page.get_by_role("combobox", name="Title, artist or other words")
        words.fill("orchard")
        options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        expect(options.first).to_be_visible()
        page.evaluate(LETTER_AND_ARROW)
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.wait_for_timeout(500)
        expect(options.first).to_have_attribute("aria-selected", "true")

    def test_an_artist_is_chosen_with_a_finger(self, open_page: OpenPage) -> None:
        visitor = Visitor(page=open_page(**TOUCH)).opens("/")
        visitor.page.locator("#words").fill("clara")
        visitor.page.get_by_role("option", name=STRIPES.artist).last.tap()
        expect(visitor.page).to_have_url(re.compile(r"/\?artist=clara"))
        visitor.sees(PER_STYLE)

    def test_enter_searches_for_what_was_typed(self, visitor: Visitor) -> None:
        visitor.opens("/").asks_for("orchard")
        visitor.sees(PER_STYLE)
        expect(visitor.page.get_by_role("listbox", name="Suggestions")).to_have_count(0)

    def test_what_was_misspelled_is_said(self, visitor: Visitor) -> None:
        visitor.opens("/").asks_for("orchadr")
        visitor.sees(PER_STYLE)
        expect(visitor.count).to_contain_text("No “orchadr”: shown for “orchard”")


class TestPhone:
    @pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
    def test_filters_are_a_sheet(self, open_page: OpenPage, scripts: bool) -> None:
        visitor = Visitor(page=open_page(**TOUCH, java_script_enabled=scripts)).opens("/")
        expect(visitor.page.locator("#filter-style")).to_be_hidden()
        visitor.page.get_by_role("button", name="Filters").tap()
        visitor.page.locator("#filter-style > summary").tap()
        visitor.choice("Op Art").tap()
        if scripts:
            visitor.sees(PER_STYLE)
            visitor.page.get_by_role("button", name="Done").tap()
        else:
            visitor.page.locator("#filter-style").get_by_role("button", name="Show").tap()
        visitor.sees(PER_STYLE)
        expect(visitor.page.locator("#filter-style")).to_be_hidden()
        expect(visitor.page.get_by_role("button", name="Filters")).to_contain_text("1")

    def test_likeness_is_another(self, open_page: OpenPage) -> None:
        visitor = Visitor(page=open_page(**TOUCH)).opens("/search/?like=1")
        visitor.page.get_by_role("button", name="Likeness").tap()
        visitor.page.locator(".slider").last.get_by_role("button").tap()
        expect(visitor.page).to_have_url(re.compile(r"weight"))
        visitor.page.keyboard.press("Escape")
        expect(visitor.page.locator("#likeness")).to_be_hidden()


class TestEmpty:
    def test_it_says_which_condition_stands_in_the_way(self, visitor: Visitor) -> None:
        visitor.opens(f"/?style=op-art&q=orchard&to={FIRST_YEAR + 200}")
        visitor.sees(0)
        ways = visitor.page.locator(".waysout li")
        expect(ways).to_have_text(
            [
                re.compile(f"Without “orchard”.*{PER_STYLE} paintings", re.S),
                re.compile(f"Without the style.*{PER_STYLE} paintings", re.S),
            ]
        )
        ways.first.get_by_role("link").click()
        visitor.sees(PER_STYLE)
        assert all(name.startswith(STRIPES.title) for name in visitor.titles())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(open_page: OpenPage, scheme: str) -> None:
    found: list[str] = []
    desk = Visitor(page=open_page(bypass_csp=True, color_scheme=scheme, reduced_motion="reduce"))
    desk.opens("/search/?like=1&colour=8c2f1b&colour=24388c:30")
    for name in ("Years", "Colours", "More"):
        desk.opens_filter(name)
        found += axe.violations(desk.page, axe.source())
        desk.page.keyboard.press("Escape")
    desk.opens("/").page.locator("#words").press_sequentially("orchard", delay=30)
    expect(desk.page.locator(".suggestion").first).to_be_visible()
    desk.page.keyboard.press("ArrowDown")
    found += axe.violations(desk.page, axe.source())

    phone = Visitor(page=open_page(**TOUCH, bypass_csp=True, color_scheme=scheme, reduced_motion="reduce"))
    phone.opens("/search/?like=1&colour=8c2f1b")
    for sheet in ("Filters", "Likeness"):
        phone.page.get_by_role("button", name=sheet).tap()
        found += axe.violations(phone.page, axe.source())
        phone.page.keyboard.press("Escape")
    assert found == []
