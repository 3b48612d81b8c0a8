"""Of every picture a browser takes the smallest files that it can read, and looks closer in the same format."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.zoom import large
from tests.browser.zoom.looking_closer import button, enter, magnified, shown

pytestmark = pytest.mark.browser

RENDITION = re.compile(r"/images/[0-9a-f]{16}/(\d+)\.(\w+)$")


@pytest.mark.parametrize(("unknown", "taken"), [((), "avif"), (("avif",), "webp"), (("avif", "webp"), "jpg")])
class TestABrowser:
    def test_takes_one_format_on_the_wall(self, open_page: OpenPage, unknown: Sequence[str], taken: str) -> None:
        page, asked = ignorant(open_page(), unknown)
        page.goto("/")
        expect(page.locator("#results .tile img:not(.blur)")).to_have_count(2)
        page.wait_for_load_state("networkidle")

        assert {extension for _, extension in asked()} == {taken}
        for picture in page.locator("#results .tile picture img").all():
            assert picture.evaluate("image => image.currentSrc").endswith(f".{taken}")
            assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    def test_looks_closer_in_it(self, open_page: OpenPage, unknown: Sequence[str], taken: str) -> None:
        page, asked = ignorant(open_page(viewport={"width": 700, "height": 600}), unknown)
        enter(page, large.LARGE)
        before = shown(page)
        for magnification in ("1.5×", re.compile(r"2\.[23]×")):
            button(page, "Closer").click()
            magnified(page, magnification)

        assert shown(page) != before
        exhibited = [(width, extension) for width, extension in asked() if width > 320]
        assert {extension for _, extension in exhibited} == {taken}
        assert len({width for width, _ in exhibited}) > 1  # a larger one was sent for
        assert len(set(exhibited)) == len(exhibited)  # and none twice


def ignorant(page: Page, of: Sequence[str]) -> tuple[Page, "Asked"]:
    """The page in a browser that can't read these formats, and what it asks for."""
    page.context.new_cdp_session(page).send("Emulation.setDisabledImageTypes", {"imageTypes": list(of)})
    return page, Asked(page)


class Asked:
    """The renditions that a page has asked for: width and extension, in order."""

    def __init__(self, page: Page) -> None:
        self._found: list[tuple[int, str]] = []
        page.on("request", lambda request: self._note(request.url))

    def __call__(self) -> list[tuple[int, str]]:
        return self._found

    def _note(self, url: str) -> None:
        if match := RENDITION.search(url):
            self._found.append((int(match[1]), match[2]))
