"""Many pictures at once, through the admin's upload page."""

import pytest
from playwright.sync_api import expect

from tests.browser import drawing
from tests.browser.desk import Desk, upload

pytestmark = pytest.mark.browser

# Keeps what the page says while the files go out, each sentence once.
REMEMBER = """() => {
    window.said = [];
    const state = document.querySelector("#upload-state");
    const listener = new MutationObserver(() => window.said.push(state.textContent.trim()));
    listener.observe(state, {childList: true});
}"""


def test_several_pictures_become_drafts_and_a_bad_file_among_them_is_refused_with_its_sentence(desk: Desk) -> None:
    good = [upload(f"night_at_sea-{n}.png", drawing.saved(drawing.picture(drawing.bands, 700 + n))) for n in range(3)]
    bad = upload("letter.jpg", b"Dear museum, this is no picture at all.")

    desk.page.goto("/admin/gallery/painting/upload/")
    desk.page.evaluate(REMEMBER)
    desk.page.get_by_label("Pictures").set_input_files([good[0], bad, *good[1:]])
    desk.presses("Add as drafts")

    expect(desk.page.locator("#upload-state")).to_have_text("3 added as drafts, 1 refused.")
    said = desk.page.evaluate("window.said")
    assert [sentence for sentence in said if sentence.startswith("Sending")] == [
        "Sending 1 of 4: night_at_sea-0.png",
        "Sending 2 of 4: letter.jpg",
        "Sending 3 of 4: night_at_sea-1.png",
        "Sending 4 of 4: night_at_sea-2.png",
    ]
    refused = desk.page.locator("[data-outcome=refused]")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("letter.jpg")
    expect(desk.page.locator("[data-outcome=added] a")).to_have_text([f"Night at sea {n}" for n in range(3)])


def test_a_picture_that_is_there_already_is_not_added_again(desk: Desk) -> None:
    file = upload("twice.png", drawing.saved(drawing.picture(drawing.bands, 710)))
    for outcome in ("added", "known"):
        desk.page.goto("/admin/gallery/painting/upload/")
        desk.page.get_by_label("Pictures").set_input_files(file)
        desk.presses("Add as drafts")
        expect(desk.page.locator(f"[data-outcome={outcome}] a")).to_have_text("Twice")


def test_the_worker_prepares_what_was_uploaded(desk: Desk) -> None:
    file = upload("for_the_worker.png", drawing.saved(drawing.picture(drawing.dots, 720)))
    desk.page.goto("/admin/gallery/painting/upload/")
    desk.page.get_by_label("Pictures").set_input_files(file)
    desk.presses("Add as drafts")
    desk.page.locator("[data-outcome=added] a").click()
    desk.number()
    for _ in range(240):
        if desk.page.locator(".badge.vectors-ready").count():
            break
        desk.page.wait_for_timeout(500)
        desk.page.reload()
    expect(desk.page.locator(".badge.vectors-ready")).to_be_visible()
    expect(desk.page.locator(".desk-aside img.shown")).to_be_visible()
