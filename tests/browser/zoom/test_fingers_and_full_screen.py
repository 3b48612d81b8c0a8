"""A painting is looked into on a phone, and over the whole screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.zoom.looking_closer import (
    A_PHONE,
    Fingers,
    button,
    enter,
    magnified,
    patch,
    scrolls,
    shown,
)

pytestmark = pytest.mark.browser

NO_FULL_SCREEN = 'Object.defineProperty(document, "fullscreenEnabled", {value: false})'


class TestFingers:
    def test_two_of_them_pinch(self, open_page: OpenPage) -> None:
        page = enter(open_page(**A_PHONE))
        x, y = patch(page)
        fingers = Fingers(page)
        fingers.come((x - 20, y), (x + 20, y))
        for step in range(1, 9):
            fingers.move((x - 20 - 5 * step, y + step), (x + 20 + 5 * step, y + step))
        fingers.go()
        magnified(page, re.compile(r"[23]\.\d×|3×"))
        assert page.evaluate("visualViewport.scale") == 1
        assert page.evaluate("scrollY") == 0

    def test_two_taps_look_closer_and_two_more_go_back(self, open_page: OpenPage) -> None:
        page = enter(open_page(**A_PHONE))
        x, y = patch(page)
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(600)
        magnified(page, "1×")  # one tap is none
        for by in ("2.5×", "1×"):
            for _ in range(8):  # on a busy machine two taps may be too far apart to be one
                page.touchscreen.tap(x, y)
                page.touchscreen.tap(x, y)
                page.wait_for_timeout(600)
                if page.get_by_role("status", name="Magnification").inner_text() == by:
                    break
            magnified(page, by)

    @pytest.mark.parametrize("closer", [False, True], ids=["whole", "closer"])
    def test_one_finger_scrolls_the_page_or_moves_what_is_looked_into(self, open_page: OpenPage, closer: bool) -> None:
        page = enter(open_page(**A_PHONE))
        if closer:
            button(page, "Closer").tap()
            button(page, "Closer").tap()
        before = shown(page)
        x, y = patch(page)
        fingers = Fingers(page)
        fingers.come((x, y + 60))
        for step in range(1, 17):
            fingers.move((x - step, y + 60 - 10 * step))
            page.wait_for_timeout(16)
        fingers.go()
        if closer:
            assert shown(page) != before
            assert page.evaluate("scrollY") == 0
        else:
            scrolls(page, 60)
            magnified(page, "1×")


class TestFullScreen:
    def test_it_is_taken_and_left_by_the_button(self, open_page: OpenPage) -> None:
        page = enter(open_page())
        button(page, "Full screen").click()
        expect(button(page, "Leave the full screen")).to_be_visible()
        assert page.evaluate("document.fullscreenElement.matches('.exhibit')")
        page.keyboard.press("+")
        magnified(page, "1.5×")
        button(page, "Leave the full screen").click()
        expect(button(page, "Full screen")).to_be_visible()
        magnified(page, "1.5×")

    def test_where_there_is_none_the_window_is_filled_until_escape(self, open_page: OpenPage) -> None:
        page = open_page(**A_PHONE)
        page.add_init_script(NO_FULL_SCREEN)
        enter(page)
        button(page, "Full screen").focus()
        page.keyboard.press("Enter")
        expect(button(page, "Leave the full screen")).to_be_focused()
        box = page.locator(".exhibit").bounding_box()
        assert box == {"x": 0, "y": 0, **PHONE}
        assert page.locator(".masthead").evaluate("element => element.inert")
        page.keyboard.press("Escape")
        expect(button(page, "Full screen")).to_be_focused()
        assert not page.locator("[inert]").count()
