"""What a curator does in the admin, step by step."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser, Locator, Page, StorageState, expect

FORM = re.compile(r"/admin/gallery/painting/(\d+)/change/")
LIST = "/admin/gallery/painting/"


class Upload(TypedDict):
    """A file as Playwright hands it to a chooser."""

    name: str
    mimeType: str
    buffer: bytes


def upload(name: str, data: bytes) -> Upload:
    return {"name": name, "mimeType": f"image/{Path(name).suffix[1:]}", "buffer": data}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A curator at work."""

    page: Page

    def sign_in(self, password: str) -> None:
        self.page.goto("/admin/")
        self.page.get_by_label("Username").fill("curator")
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("link", name="Add a painting")).to_be_visible()

    def fills_in(self, title: str, file: Upload) -> None:
        """The form for a new painting."""
        self.page.goto(f"{LIST}add/")
        self.page.get_by_label("Picture:").set_input_files(file)
        self.page.get_by_label("Title:").fill(title)

    def adds_draft(self, title: str, file: Upload) -> int:
        """A new painting, saved and not published. Returns its number."""
        self.fills_in(title, file)
        self.page.get_by_role("button", name="Save and continue editing").first.click()
        return self.number()

    def number(self) -> int:
        """Of the painting whose form is shown."""
        expect(self.page).to_have_url(FORM)
        found = FORM.search(self.page.url)
        assert found
        return int(found[1])

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def is_told(self, sentence: str) -> None:
        expect(self.messages).to_contain_text(sentence)

    @property
    def messages(self) -> Locator:
        return self.page.locator(".messagelist")

    @property
    def state(self) -> Locator:
        return self.page.locator(".subtitle")

    def opens_form(self, painting: int) -> None:
        self.page.goto(f"{LIST}{painting}/change/")


def sign_in(browser: Browser, address: str, password: str) -> StorageState:
    """The cookies of a curator who has signed in."""
    context = browser.new_context(base_url=address)
    Desk(page=context.new_page()).sign_in(password)
    state = context.storage_state()
    context.close()
    return state
