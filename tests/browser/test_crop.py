"""Choosing a part of a picture and searching by it alone: with a mouse, a finger, the keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, drawing
from tests.browser.collection import DOTS
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.cropping import Finger, Tool, edge, opens, upright, written
from tests.browser.keyboard import tab_to
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

WHOLE = [0, 0, 1000, 0, 1000, 1000, 0, 1000]
CORNERS = ("Top left corner", "Top right corner", "Bottom right corner", "Bottom left corner")
MOVE = "Move all of it"
TOUCHING = {"viewport": PHONE, "is_mobile": True, "has_touch": True}

# A hundred thousand wishes for corners, most of them impossible: what comes of them can be searched by, all the same.
STORM = """async (address) => {
    const quad = await import(address);
    let seed = 1; // mulberry32: the same wishes each time
    const chance = () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const random = (high) => Math.floor(chance() * high);
    let shape = quad.WHOLE, moved = 0;
    for (let wish = 0; wish < 100000; wish++) {
        const target = [random(1400) - 200, random(1400) - 200];
        const before = shape;
        shape = random(4) ? quad.withCorner(shape, random(4), target) : quad.shifted(shape, ...target);
        moved += !quad.same(shape, before);
        const whole = shape.flat().every(Number.isInteger);
        if (!whole || !quad.isSound(shape)) return JSON.stringify([before, target, shape]);
        if (!random(50)) shape = quad.drawn([random(1000), random(1000)], target) ?? shape;
        if (!random(500)) shape = quad.WHOLE;
    }
    return moved;
}"""


@pytest.fixture
def tool(open_page: OpenPage) -> Tool:
    """That of a painting, on a desk."""
    return opens(open_page())


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def either(request: pytest.FixtureRequest, open_page: OpenPage) -> Tool:
    return opens(open_page(viewport=request.param))


class TestMouse:
    def test_drawing_around_something_chooses_it_and_finds_what_is_like_it(self, either: Tool) -> None:
        either.drags((200, 300), (700, 800))
        either.is_near(upright(200, 300, 700, 800))
        visitor = either.searches()
        expect(visitor.page).to_have_url(re.compile(r"/search/\?like=4~\d+,\d+,\d+,\d+$"))
        expect(visitor.tiles.first).to_be_visible()
        assert not [name for name in visitor.titles() if name == "Bars 01"], "the painting itself is no find"

    def test_it_can_be_drawn_from_any_corner_and_anew_from_outside(self, tool: Tool) -> None:
        tool.drags((700, 800), (200, 300))
        tool.is_near(upright(200, 300, 700, 800))
        tool.drags((880, 100), (760, 300))
        tool.is_near(upright(760, 100, 880, 300))

    def test_beyond_the_picture_its_edge_counts(self, tool: Tool) -> None:
        tool.drags((400, 500), (1150, 1100))
        tool.is_near(upright(400, 500, 1000, 1000))

    def test_a_corner_goes_where_it_is_dragged(self, either: Tool) -> None:
        either.drags((0, 0), (250, 120))
        either.is_near([250, 120, *WHOLE[2:]])
        either.drags((1000, 1000), (800, 700))
        either.is_near([250, 120, 1000, 0, 800, 700, 0, 1000])
        expect(either.handle(CORNERS[2])).to_be_focused()

    def test_the_inside_moves_all_of_it_and_stops_at_the_edge(self, tool: Tool) -> None:
        tool.drags((200, 300), (600, 700))
        tool.drags((400, 500), (500, 550))
        tool.is_near(upright(300, 350, 700, 750))
        tool.drags((500, 550), (5, 550))
        tool.is_near(upright(0, 350, 400, 750))

    def test_no_corner_can_be_dragged_over_the_others(self, tool: Tool) -> None:
        tool.drags((200, 200), (800, 800))
        tool.drags((200, 200), (950, 950))
        x, y = tool.corner(0)
        assert x + y < 1000, "it stays on its side of the line between its neighbours"
        assert tool.part()[2:] == upright(200, 200, 800, 800)[2:] or tool.corner(1)[0] > x
        expect(tool.searches().page).to_have_url(re.compile("~"))

    def test_a_click_and_a_dot_choose_nothing(self, tool: Tool) -> None:
        tool.page.mouse.click(*tool.at((500, 500)))
        tool.drags((300, 300), (320, 310))
        tool.has(WHOLE)

    def test_escape_takes_back_what_is_being_dragged(self, tool: Tool) -> None:
        tool.drags((200, 300), (700, 800))
        before = tool.part()
        with tool.holding((200, 300), (400, 500)):
            expect(tool.chosen).not_to_have_value(written(before))
            tool.page.keyboard.press("Escape")
            tool.has(before)
        tool.has(before)

    def test_other_buttons_do_nothing(self, tool: Tool) -> None:
        tool.page.mouse.move(*tool.at((300, 300)))
        tool.page.mouse.down(button="right")
        tool.page.mouse.move(*tool.at((700, 700)))
        tool.page.mouse.up(button="right")
        tool.has(WHOLE)

    def test_a_small_part_can_still_be_moved(self, tool: Tool) -> None:
        tool.drags((300, 300), (420, 420))
        x, y = tool.corner(0)
        tool.drags((360, 360), (560, 460))
        tool.is_near(upright(int(x) + 200, int(y) + 100, int(x) + 320, int(y) + 220))

    def test_all_of_it_and_what_was_found_are_a_click_away(self, open_page: OpenPage) -> None:
        tool = opens(open_page(), "painting=4&at=100,200,500,600")
        tool.has(upright(100, 200, 500, 600))
        tool.page.get_by_role("button", name="Whole picture").click()
        tool.has(WHOLE)
        expect(tool.page.locator(".told")).to_have_text("The whole picture is chosen.")
        visitor = tool.searches()
        expect(visitor.page).to_have_url(re.compile(r"/search/\?like=4$"))


class TestTouch:
    def test_a_finger_draws_moves_and_takes_corners(self, open_page: OpenPage) -> None:
        tool = opens(open_page(**TOUCHING))
        finger = Finger(tool)
        finger.drags((250, 250), (750, 750))
        tool.is_near(upright(250, 250, 750, 750))
        finger.drags((500, 500), (400, 450))
        tool.is_near(upright(150, 200, 650, 700))
        finger.drags((650, 700), (800, 900))
        tool.is_near([150, 200, 650, 200, 800, 900, 150, 700])
        visitor = tool.searches()
        expect(visitor.page).to_have_url(re.compile(r"like=4~(\d+,){7}\d+$"))
        expect(visitor.tiles.first).to_be_visible()

    def test_the_page_does_not_scroll_away_under_it_and_scrolls_beside_it(self, open_page: OpenPage) -> None:
        tool = opens(open_page(**TOUCHING))
        before = tool.page.evaluate("scrollY")
        Finger(tool).drags((500, 700), (500, 200))
        assert tool.page.evaluate("scrollY") == before
        box = tool.canvas.bounding_box()
        assert box
        assert box["height"] < 0.75 * PHONE["height"], "there is room beside the picture to scroll with"

    def test_a_second_finger_takes_nothing_over_and_what_was_begun_is_taken_back(self, open_page: OpenPage) -> None:
        tool = opens(open_page(**TOUCHING), "painting=4&at=200,200,800,800")
        finger = Finger(tool)
        finger.down((400, 400))
        finger.to((450, 420))
        finger.cancelled()
        tool.has(upright(200, 200, 800, 800))

    def test_targets_are_as_large_as_fingertips(self, open_page: OpenPage) -> None:
        tool = opens(open_page(**TOUCHING))
        for target in (*map(tool.handle, CORNERS), *tool.page.locator("#crop .button, #crop [type=number]").all()):
            box = target.bounding_box()
            if box:
                assert min(box["width"], box["height"]) >= 44, target
        Finger(tool).drags((60, 50), (300, 300))  # not quite on the corner
        expect(tool.chosen).not_to_have_value(re.compile("^0,0,"))


class TestKeyboard:
    def test_arrows_move_a_corner_by_a_hundredth_and_with_shift_by_five(self, tool: Tool) -> None:
        tab_to(tool.page, tool.handle(CORNERS[0]))
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowDown"):
            tool.page.keyboard.press(key)
        tool.has([20, 60, *WHOLE[2:]])
        tool.page.keyboard.press("Shift+ArrowLeft")
        tool.page.keyboard.press("ArrowUp")
        tool.has([0, 50, *WHOLE[2:]])

    def test_tab_goes_from_corner_to_corner_and_to_all_of_it_and_enter_searches(self, tool: Tool) -> None:
        for index, key in enumerate(("ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight")):
            tab_to(tool.page, tool.handle(CORNERS[index]))
            for _ in range(4):
                tool.page.keyboard.press(f"Shift+{key}")
        tool.has([200, 0, 800, 0, 800, 1000, 200, 1000])
        tab_to(tool.page, tool.handle(MOVE))
        tool.page.keyboard.press("Shift+ArrowRight")
        tool.page.keyboard.press("ArrowDown")
        tool.has([250, 0, 850, 0, 850, 1000, 250, 1000])  # as far as there is room
        tab_to(tool.page, tool.page.get_by_role("button", name="Search by this part"))
        tool.page.keyboard.press("Enter")
        expect(tool.page).to_have_url(re.compile("like=4~250,0,850,1000$"))

    def test_where_a_corner_is_is_told_with_it_and_what_is_chosen_after_a_pause(self, tool: Tool) -> None:
        corner = tool.handle(CORNERS[0])
        tab_to(tool.page, corner)
        tool.page.keyboard.press("Shift+ArrowRight")
        tool.page.keyboard.press("Shift+ArrowDown")
        expect(corner).to_have_attribute("aria-valuetext", "5 % from the left, 5 % from the top")
        expect(tool.page.locator(".told")).to_have_text(re.compile(r"^Chosen: four corners .* 95\u00a0% of the pict"))
        tool.drags((200, 300), (700, 800))
        tool.drags((200, 300), (100, 300))
        expect(tool.page.locator(".told")).to_have_text(re.compile("^Chosen: "))

    def test_a_corner_that_is_held_against_the_others_stops(self, tool: Tool) -> None:
        tool.handle(CORNERS[0]).focus()
        for _ in range(30):
            tool.page.keyboard.press("Shift+ArrowRight")
            tool.page.keyboard.press("Shift+ArrowDown")
        x, y = tool.corner(0)
        assert 900 < x + y < 1000
        tool.searches()
        expect(tool.page).to_have_url(re.compile("~"))

    def test_the_browser_keeps_its_own_keys(self, tool: Tool) -> None:
        tool.handle(CORNERS[0]).focus()
        tool.page.keyboard.press("Control+ArrowRight")
        tool.has(WHOLE)


class TestNumbers:
    def test_edges_can_be_typed_and_are_shown(self, tool: Tool) -> None:
        edge(tool.page, "Left").fill("20")
        edge(tool.page, "Bottom").fill("62.5")
        tool.has(upright(200, 0, 1000, 625))
        tool.drags((200, 0), (300, 100))
        expect(edge(tool.page, "Top")).not_to_have_value("10")
        tool.page.get_by_role("button", name="Whole picture").click()
        expect(edge(tool.page, "Bottom")).to_have_value("100")

    def test_edges_that_make_no_part_are_not_taken_and_not_sent(self, tool: Tool) -> None:
        edge(tool.page, "Right").fill("30")
        edge(tool.page, "Left").fill("60")
        tool.has(upright(0, 0, 300, 1000))
        left = edge(tool.page, "Left")
        assert "less than right" in left.evaluate("field => field.validationMessage")
        tool.page.get_by_role("button", name="Search by this part").click()
        expect(tool.page).to_have_url(re.compile("/search/part/"))
        left.fill("10")
        tool.searches()
        expect(tool.page).to_have_url(re.compile("~100,0,300,1000"))


class TestPhoto:
    def test_the_picture_that_hangs_in_a_photo_is_found_and_can_be_corrected(self, visitor: Visitor) -> None:
        visitor.searches_with(drawing.on_a_wall(drawing.picture(DOTS.draw, 3)))
        token = re.search("photo=([0-9a-f]+)", visitor.page.url)
        assert token
        tool = opens(visitor.page, f"photo={token[1]}")
        found = tool.part()
        assert found != WHOLE

        tool.handle(CORNERS[0]).press("ArrowRight")
        expect(tool.chosen).not_to_have_value(written(found))
        tool.page.get_by_role("button", name="Reset").click()
        tool.has(found)

        tool.handle(CORNERS[2]).press("Shift+ArrowLeft")
        tool.searches()
        expect(tool.page).to_have_url(re.compile(rf"/search/\?photo={token[1]}~"))
        expect(visitor.tiles.first).to_be_visible()


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, open_page: OpenPage) -> Page:
        page = open_page(java_script_enabled=False, viewport=PHONE)
        page.goto("/search/part/?painting=4&at=100,200,500,600")
        return page

    def test_four_numbers_and_a_button_do_it(self, plain: Page) -> None:
        expect(plain.get_by_role("slider")).to_have_count(0)
        expect(plain.get_by_role("button", name="Whole picture")).to_be_hidden()
        expect(edge(plain, "Left")).to_have_value("10")
        expect(plain.locator(".canvas polygon").first).to_be_visible()
        for name, value in {"Left": "20", "Top": "30", "Right": "70", "Bottom": "80"}.items():
            edge(plain, name).fill(value)
        plain.get_by_role("button", name="Search by this part").click()
        expect(plain).to_have_url(re.compile(r"/search/\?like=4~200,300,700,800$"))
        expect(Visitor(page=plain).tiles.first).to_be_visible()

    def test_what_is_no_part_is_refused_beside_the_picture(self, plain: Page, watch: Watch) -> None:
        watch.expects(400)
        edge(plain, "Right").fill("5")
        plain.get_by_role("button", name="Search by this part").click()
        expect(plain.get_by_role("alert")).to_contain_text("Left must be less than right")
        expect(edge(plain, "Right")).to_have_value("5")


def test_whatever_is_wished_for_the_shape_can_be_searched_by(tool: Tool) -> None:
    module = tool.page.evaluate("document.querySelector('script[src*=crop]').src.replace(/crop.*/, 'quad.js')")
    moved = tool.page.evaluate(STORM, module)
    assert isinstance(moved, int), moved
    assert moved > 20_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: OpenPage, scheme: str) -> None:
    for viewport in (DESKTOP, PHONE, {"width": 320, "height": 640}):
        tool = opens(
            open_page(viewport=viewport, color_scheme=scheme, bypass_csp=True), "painting=4&at=100,200,500,600"
        )
        assert axe.violations(tool.page, axe.source()) == []
        assert tool.page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
