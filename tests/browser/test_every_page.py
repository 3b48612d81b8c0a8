"""What holds on every page, wide and narrow, light and dark."""

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, StorageState

from tests.browser import axe, places
from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.places import Place
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

SIZES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NARROWEST = {"width": 320, "height": 640}  # WCAG 2.1, 1.4.10: reflow
OVERFLOW = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""

everywhere = pytest.mark.parametrize("place", places.ALL, ids=lambda place: place.name)


@pytest.fixture(scope="session")
def script() -> str:
    return axe.source()


def entered(place: Place, open_page: OpenPage, signed_in: StorageState, watch: Watch, **options: Any) -> Page:
    watch.expects(*([place.status] if place.status >= 400 else []))
    cookies = {"storage_state": signed_in} if place.for_curators else {}
    page = open_page(**cookies, **options)
    place.enter(page)
    return page


@everywhere
def test_axe_finds_nothing(
    place: Place, open_page: OpenPage, signed_in: StorageState, watch: Watch, script: str
) -> None:
    found: dict[str, list[str]] = {}
    for name, size in SIZES.items():
        # axe measures with styles of its own, which the Content-Security-Policy rightly forbids to pages.
        page = entered(place, open_page, signed_in, watch, bypass_csp=True, viewport=size, reduced_motion="reduce")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for violation in axe.violations(page, script, excluded=place.theirs):
                found.setdefault(violation, []).append(f"{name}, {scheme}")
        page.close()
    assert not found, "\n".join(f"{violation} [{'; '.join(looks)}]" for violation, looks in found.items())


@everywhere
def test_a_phone_needs_no_sideways_scrolling_and_nothing_goes_wrong_or_comes_from_elsewhere(
    place: Place, open_page: OpenPage, signed_in: StorageState, watch: Watch
) -> None:
    page = entered(place, open_page, signed_in, watch, viewport=PHONE, is_mobile=True, has_touch=True)
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    for size in (PHONE, NARROWEST):
        page.set_viewport_size(size)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= size["width"], page.evaluate(OVERFLOW)
    assert watch.problems == []
