"""The page on which a part of a picture is chosen, and what a person does there with a mouse or a finger."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.patience import eventually
from tests.browser.visitor import Visitor

Point = tuple[float, float]
Part = list[int]

NEAR = 12  # thousandths: a pixel or two of a small picture


@dataclass(frozen=True, kw_only=True)
class Tool:
    """The page on which a part is chosen; places are thousandths of the picture, from its top left."""

    page: Page

    @property
    def canvas(self) -> Locator:
        return self.page.locator(".canvas")

    def handle(self, name: str) -> Locator:
        return self.page.get_by_role("slider", name=name)

    def is_ready(self) -> "Tool":
        expect(self.page.locator("#crop[data-ready]")).to_be_visible()
        self.canvas.locator("img").scroll_into_view_if_needed()
        return self

    @property
    def chosen(self) -> Locator:
        """The field that is sent."""
        return self.page.locator("[name=part]")

    def part(self) -> Part:
        return [int(number) for number in self.chosen.input_value().split(",")]

    def corner(self, index: int) -> Point:
        return self.part()[2 * index], self.part()[2 * index + 1]

    def at(self, place: Point) -> Point:
        """In pixels of the window."""
        box = self.canvas.bounding_box()
        assert box
        return box["x"] + place[0] / 1000 * box["width"], box["y"] + place[1] / 1000 * box["height"]

    def drags(self, *places: Point) -> None:
        """With the mouse, from the first place over the others."""
        with self.holding(*places):
            pass

    @contextmanager
    def holding(self, *places: Point) -> Iterator[None]:
        mouse = self.page.mouse
        mouse.move(*self.at(places[0]))
        mouse.down()
        for place in places[1:]:
            mouse.move(*self.at(place), steps=4)
        yield
        mouse.up()

    def has(self, expected: Part) -> None:
        expect(self.chosen).to_have_value(written(expected))

    def is_near(self, expected: Sequence[float]) -> None:
        def near() -> None:
            part = self.part()
            assert all(abs(one - other) <= NEAR for one, other in zip(part, expected, strict=True)), part

        eventually(self.page, near)

    def searches(self) -> Visitor:
        self.page.get_by_role("button", name="Search by this part").click()
        return Visitor(page=self.page)


def written(part: Part) -> str:
    return ",".join(map(str, part))


def upright(left: int, top: int, right: int, bottom: int) -> Part:
    return [left, top, right, top, right, bottom, left, bottom]


def edge(page: Page, name: str) -> Locator:
    """The field for an edge."""
    return page.get_by_role("spinbutton", name=name, exact=True)


def opens(page: Page, query: str = "painting=4") -> Tool:
    page.goto(f"/search/part/?{query}")
    return Tool(page=page).is_ready()


class Finger:
    """One finger on the screen: real touches, by the browser's own protocol."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self._screen: CDPSession = tool.page.context.new_cdp_session(tool.page)

    def drags(self, start: Point, end: Point) -> None:
        self.down(start)
        for step in range(1, 6):
            self.to(tuple(a + (b - a) * step / 5 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
        self._touch("touchEnd")

    def down(self, place: Point) -> None:
        self._touch("touchStart", place)

    def to(self, place: Point) -> None:
        self._touch("touchMove", place)

    def cancelled(self) -> None:
        self._touch("touchCancel")

    def _touch(self, kind: str, place: Point | None = None) -> None:
        points = [dict(zip("xy", self.tool.at(place), strict=True))] if place else []
        self._screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
