"""Paintings that a visitor keeps: on every page, in every tab, and on a page of their own that can be passed on."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.collection import BLOCKS, STRIPES, title
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.keyboard import tab_to
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

KEY = "pendant.selection"
WALL = "/?style=op-art&sort=title&size=4"
TOUCH = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


def masthead(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main").get_by_role("link", name="My selection")


def sign(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Keep {name}", exact=True)


def keeps(visitor: Visitor, *names: str) -> None:
    for name in names:
        visitor.page.locator("#results .tile", has_text=name).hover()
        sign(visitor.page, name).click()
        expect(sign(visitor.page, name)).to_have_attribute("aria-pressed", "true")


def titles(page: Page) -> Locator:
    return page.locator("#wall .tile cite")


def stored(page: Page) -> list[int]:
    found: list[int] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}') ?? '[]'"))
    return found


def tool(page: Page, name: str, does: str) -> Locator:
    return page.get_by_role("button", name=f"{name}: {does}", exact=True)


@pytest.fixture
def names() -> list[str]:
    return [title(STRIPES, number) for number in range(3)]


@pytest.fixture
def own(visitor: Visitor, names: list[str]) -> Page:
    """The page of three paintings that the visitor has kept."""
    keeps(visitor.opens(WALL), *names)
    masthead(visitor.page).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My selection")
    return visitor.page


class TestKeeping:
    def test_what_is_kept_on_the_wall_is_kept_everywhere_and_counted(self, visitor: Visitor, names: list[str]) -> None:
        expect(masthead(visitor.opens(WALL).page)).to_have_accessible_name("My selection")
        keeps(visitor, *names[:2])
        expect(masthead(visitor.page)).to_have_accessible_name("My selection 2 kept")

        visitor.tiles.first.locator(".work").click()
        button = visitor.page.get_by_role("button", name="Keep", exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(masthead(visitor.page)).to_have_accessible_name("My selection 1 kept")

        visitor.page.go_back()
        expect(sign(visitor.page, names[0])).to_have_attribute("aria-pressed", "false")
        expect(sign(visitor.page, names[1])).to_have_attribute("aria-pressed", "true")

    def test_walls_that_grow_or_are_exchanged_show_it_too(self, visitor: Visitor, names: list[str]) -> None:
        keeps(visitor.opens(WALL), names[2])
        visitor.opens("/?style=op-art&sort=title&size=2")
        visitor.page.get_by_role("link", name="Show more").click()
        expect(sign(visitor.page, names[2])).to_have_attribute("aria-pressed", "true")
        visitor.opens("/?sort=title&size=4").opens_filter("Style")
        visitor.choice("Op Art").check()
        expect(sign(visitor.page, names[2])).to_have_attribute("aria-pressed", "true")

    def test_another_tab_hears_of_it(self, visitor: Visitor, names: list[str]) -> None:
        other = visitor.page.context.new_page()
        other.goto(WALL)
        keeps(visitor.opens(WALL), names[0])
        expect(masthead(other)).to_have_accessible_name("My selection 1 kept")
        expect(sign(other, names[0])).to_have_attribute("aria-pressed", "true")

    @pytest.mark.parametrize("content", ["{", "null", '"7"', '{"a": 1}', '[1, "x", -4, 1e99, null, [2]]'])
    def test_what_others_wrote_into_the_storage_is_no_error(self, visitor: Visitor, content: str) -> None:
        visitor.opens(WALL).page.evaluate("([key, content]) => localStorage.setItem(key, content)", [KEY, content])
        visitor.page.reload()
        expect(masthead(visitor.page)).to_have_accessible_name(
            "My selection 1 kept" if content.startswith("[") else "My selection"
        )
        keeps(visitor, title(STRIPES, 0))
        assert stored(visitor.page)[-1] > 0

    def test_a_full_selection_says_so(self, visitor: Visitor, names: list[str]) -> None:
        visitor.opens(WALL).page.evaluate(
            "key => localStorage.setItem(key, JSON.stringify([...Array(200).keys()].map((n) => 1000 + n)))", KEY
        )
        visitor.page.reload()
        visitor.tiles.first.hover()
        sign(visitor.page, names[0]).click()
        expect(visitor.page.locator("#kept-said")).to_contain_text("Your selection is full")
        expect(sign(visitor.page, names[0])).to_have_attribute("aria-pressed", "false")
        assert len(stored(visitor.page)) == 200

    def test_a_browser_that_keeps_nothing_says_so(self, visitor: Visitor, names: list[str]) -> None:
        visitor.page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); };"
        )
        visitor.opens(WALL).tiles.first.hover()
        sign(visitor.page, names[0]).click()
        expect(visitor.page.locator("#kept-said")).to_contain_text("keeps nothing")

    def test_by_keyboard(self, visitor: Visitor, names: list[str]) -> None:
        page = visitor.opens(WALL).page
        page.locator("#sort").focus()
        tab_to(page, sign(page, names[0]))
        page.keyboard.press("Space")
        expect(sign(page, names[0])).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Enter")
        expect(sign(page, names[0])).to_have_attribute("aria-pressed", "false")

    def test_by_touch(self, open_page: OpenPage, names: list[str]) -> None:
        page = Visitor(page=open_page(**TOUCH)).opens(WALL).page
        box = sign(page, names[0]).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        sign(page, names[0]).tap()
        expect(masthead(page)).to_have_accessible_name("My selection 1 kept")


class TestOwn:
    def test_it_shows_what_is_kept_under_an_address_that_can_be_shared(self, own: Page, names: list[str]) -> None:
        expect(own.locator("#wall .tile")).to_have_count(3)
        expect(titles(own)).to_have_text(names)
        expect(own.get_by_text("3 paintings", exact=True)).to_be_visible()
        expect(own).to_have_url(re.compile(r"/selection/\?paintings=\d+,\d+,\d+$"))

        own.goto("/selection/")
        expect(own).to_have_url(re.compile(r"/selection/\?paintings=\d+,\d+,\d+$"))
        expect(titles(own)).to_have_text(names)

    def test_one_is_taken_out_and_comes_back(self, own: Page, names: list[str]) -> None:
        tool(own, names[1], "take out").click()
        expect(own.locator("#wall .tile")).to_have_count(2)
        expect(own.get_by_role("status").filter(has_text="was taken out")).to_contain_text(names[1])
        expect(tool(own, names[2], "take out")).to_be_focused()
        expect(own).to_have_url(re.compile(r"paintings=\d+,\d+$"))
        expect(masthead(own)).to_have_accessible_name("My selection 2 kept")

        own.get_by_role("button", name="Undo").click()
        expect(own.locator("#wall .tile")).to_have_count(3)
        expect(titles(own)).to_have_text(names)
        assert len(stored(own)) == 3

    def test_all_are_cleared_and_come_back(self, own: Page, names: list[str]) -> None:
        own.get_by_role("button", name="Clear").click()
        expect(own.locator("#wall .tile")).to_have_count(0)
        expect(own.get_by_text("No account is needed")).to_be_visible()
        expect(own.get_by_role("link", name="Find more like these")).to_be_hidden()
        expect(own.get_by_role("button", name="Undo")).to_be_focused()
        own.keyboard.press("Enter")
        expect(own.locator("#wall .tile")).to_have_count(3)
        expect(titles(own)).to_have_text(names)

    def test_what_another_tab_keeps_meanwhile_outlasts_undo(self, own: Page, names: list[str]) -> None:
        tool(own, names[1], "take out").click()
        other = own.context.new_page()
        other.goto("/?style=suprematism&sort=title&size=4")
        other.locator("#results .tile").first.hover()
        sign(other, title(BLOCKS, 0)).click()
        expect(own.locator("#wall .tile")).to_have_count(3)
        own.get_by_role("button", name="Undo").click()
        expect(own.locator("#wall .tile")).to_have_count(4)
        expect(titles(own)).to_have_text([*names, title(BLOCKS, 0)])

    def test_without_a_connection_nothing_is_called_gone(self, own: Page, names: list[str], watch: Watch) -> None:
        watch.expects_no_connection()
        own.route("**/selection/?*", lambda route: route.abort())
        with own.expect_event("requestfailed"):
            own.evaluate(
                """key => {
                    localStorage.setItem(key, JSON.stringify([...JSON.parse(localStorage.getItem(key)), 40]));
                    window.dispatchEvent(new Event("kept"));
                }""",
                KEY,
            )
        expect(masthead(own)).to_have_accessible_name("My selection 4 kept")
        expect(titles(own)).to_have_text(names)
        expect(own.get_by_text("no longer shown")).to_be_hidden()

    def test_their_order_is_changed_by_buttons_and_stays(self, own: Page, names: list[str]) -> None:
        first, second, third = names
        tool(own, third, "further to the front").focus()
        own.keyboard.press("Enter")
        expect(own.get_by_role("status").filter(has_text="is number")).to_contain_text("2 of 3")
        expect(tool(own, third, "further to the front")).to_be_focused()
        own.keyboard.press("Enter")
        expect(titles(own)).to_have_text([third, first, second])
        tool(own, first, "further to the back").click()
        expect(titles(own)).to_have_text([third, second, first])
        own.reload()
        expect(titles(own)).to_have_text([third, second, first])
        expect(own.get_by_role("heading", level=1)).to_have_text("My selection")

    def test_it_follows_what_is_kept_in_other_tabs(self, own: Page, names: list[str]) -> None:
        other = own.context.new_page()
        other.goto("/?style=suprematism&sort=title&size=4")
        other.locator("#results .tile").first.hover()
        sign(other, title(BLOCKS, 0)).click()
        expect(own.locator("#wall .tile")).to_have_count(4)
        expect(titles(own)).to_have_text([*names, title(BLOCKS, 0)])
        expect(own.get_by_text("4 paintings", exact=True)).to_be_visible()

    def test_it_is_still_ones_own_when_one_comes_back_to_it(self, own: Page, names: list[str]) -> None:
        own.locator("#wall .work").first.click()
        keep = own.get_by_role("button", name="Keep", exact=True)
        expect(keep).to_have_attribute("aria-pressed", "true")
        keep.click()
        expect(keep).to_have_attribute("aria-pressed", "false")
        own.go_back()
        expect(own.get_by_role("heading", level=1)).to_have_text("My selection")
        expect(own.locator("#wall .tile")).to_have_count(2)
        expect(titles(own)).to_have_text(names[1:])

    def test_more_like_these_are_found(self, own: Page, names: list[str]) -> None:
        tool(own, names[0], "take out").click()
        own.get_by_role("link", name="Find more like these").click()
        expect(own).to_have_url(re.compile(r"/search/\?like=\d+&like=\d+$"))
        examples = own.get_by_role("list", name="What is compared").get_by_role("listitem")
        expect(examples).to_have_count(2)
        expect(examples.first).to_contain_text(names[1])

    def test_a_walk_leads_from_the_first_to_the_last(self, own: Page, names: list[str]) -> None:
        expect(own.get_by_role("link", name="Walk from the first to the last")).to_be_visible()
        tool(own, names[1], "further to the back").click()
        tool(own, names[0], "take out").click()
        own.get_by_role("link", name="Walk from one to the other").click()
        expect(own.get_by_role("heading", level=1)).to_have_text(f"From {names[2]} to {names[1]}")
        own.go_back()
        tool(own, names[1], "take out").click()
        expect(own.get_by_role("link", name=re.compile("^Walk from"))).to_be_hidden()

    def test_it_is_taken_along_as_a_table_and_as_json(self, own: Page, names: list[str]) -> None:
        tool(own, names[0], "take out").click()
        for name, file in (("Download as CSV", "selection.csv"), ("Download as JSON", "selection.json")):
            with own.expect_download() as caught:
                own.get_by_role("link", name=name).click()
            assert caught.value.suggested_filename == file
            text = caught.value.path().read_text(encoding="utf-8-sig")
            assert names[1] in text
            assert names[0] not in text

    def test_the_link_is_copied(self, open_page: OpenPage, names: list[str]) -> None:
        visitor = Visitor(page=open_page(permissions=["clipboard-read", "clipboard-write"]))
        keeps(visitor.opens(WALL), *names[:2])
        masthead(visitor.page).click()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My selection")
        visitor.page.get_by_role("button", name="Copy link").click()
        expect(visitor.page.get_by_role("status").filter(has_text="The link was copied.")).to_be_visible()
        assert visitor.page.evaluate("navigator.clipboard.readText()") == visitor.page.url

    def test_where_it_may_not_be_copied_it_is_shown(self, own: Page) -> None:
        own.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
        own.get_by_role("button", name="Copy link").click()
        expect(own.get_by_role("textbox", name="The link")).to_have_value(own.url)

    def test_what_is_no_longer_shown_is_said_and_can_be_taken_out(self, own: Page) -> None:
        own.evaluate(
            "key => localStorage.setItem(key, JSON.stringify([...JSON.parse(localStorage.getItem(key)), 99999]))", KEY
        )
        own.goto("/selection/")
        sentence = own.get_by_text("1 painting of this selection is no longer shown.")
        expect(sentence).to_be_visible()
        own.get_by_role("button", name="Take out what is not shown").click()
        expect(sentence).to_be_hidden()
        expect(own.get_by_role("button", name="Undo")).to_be_focused()
        assert len(stored(own)) == 3

    def test_nothing_kept_it_says_how(self, visitor: Visitor) -> None:
        visitor.opens("/selection/")
        expect(visitor.page.get_by_text("No account is needed")).to_be_visible()
        expect(visitor.page.get_by_role("button", name="Clear")).to_be_hidden()


class TestShared:
    def test_a_link_shows_the_same_to_somebody_else_who_keeps_them_too(
        self, own: Page, open_page: OpenPage, names: list[str]
    ) -> None:
        friend = Visitor(page=open_page())
        keeps(friend.opens(WALL), title(STRIPES, 3), names[1])
        page = friend.opens(own.url).page
        expect(page.get_by_role("heading", level=1)).to_have_text("A selection shared with you")
        expect(titles(page)).to_have_text(names)
        expect(page.get_by_role("button", name="Clear")).to_be_hidden()
        expect(sign(page, names[1])).to_have_attribute("aria-pressed", "true")

        page.get_by_role("button", name="Keep these too").click()
        expect(page.get_by_role("status").filter(has_text="These are in your selection now.")).to_be_visible()
        expect(page.get_by_role("button", name="Keep these too")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(masthead(page)).to_have_accessible_name("My selection 4 kept")
        masthead(page).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("My selection")
        expect(titles(page)).to_have_text([title(STRIPES, 3), names[1], names[0], names[2]])

    def test_one_of_them_is_kept_by_its_sign(self, own: Page, open_page: OpenPage, names: list[str]) -> None:
        page = Visitor(page=open_page()).opens(own.url).page
        page.locator("#wall .tile").first.hover()
        sign(page, names[0]).click()
        expect(masthead(page)).to_have_accessible_name("My selection 1 kept")
        expect(titles(page)).to_have_text(names)

    def test_of_one_that_is_all_gone_nobody_is_said_to_have_it(self, visitor: Visitor) -> None:
        page = visitor.opens("/selection/?paintings=99998,99999").page
        expect(page.get_by_text("2 paintings of this selection are no longer shown.")).to_be_visible()
        expect(page.get_by_text("your own selection")).to_be_hidden()
        expect(page).to_have_title("A selection of paintings – Pendant")

    def test_a_browser_that_keeps_nothing_says_so(self, own: Page, open_page: OpenPage) -> None:
        page = open_page()
        page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError'); };")
        page.goto(own.url)
        page.get_by_role("button", name="Keep these too").click()
        expect(page.get_by_role("status").filter(has_text="keeps nothing")).to_be_visible()


def test_without_scripts_a_shared_selection_is_seen_and_taken_along(
    own: Page, open_page: OpenPage, names: list[str]
) -> None:
    page = Visitor(page=open_page(java_script_enabled=False)).opens(own.url).page
    expect(page.get_by_role("heading", level=1)).to_have_text("A selection of paintings")
    expect(titles(page)).to_have_text(names)
    expect(page.get_by_role("button", name=re.compile("Keep|Copy|Clear|take out"))).to_have_count(0)
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download as CSV").click()
    assert caught.value.suggested_filename == "selection.csv"
    page.get_by_role("link", name="Find more like these").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paintings like these")

    page.goto("/selection/")
    expect(page.get_by_text("Your browser runs no scripts here")).to_be_visible()


def test_more_than_twenty_say_that_the_first_of_them_are_examples(visitor: Visitor) -> None:
    visitor.opens("/").page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify([...Array(22).keys()].map((n) => n + 1)))", KEY
    )
    visitor.opens("/selection/")
    remark = visitor.page.get_by_text("goes by the first 20 of them")
    expect(remark).to_be_visible()
    for _ in range(2):
        visitor.page.get_by_role("button", name=re.compile(": take out$")).first.click()
    expect(remark).to_be_hidden()
