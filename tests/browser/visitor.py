"""What a visitor does, step by step."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

ASKED_BY_PHOTO = re.compile(r"/search/\?.*photo=[0-9a-f]{32}")
CHOOSER = "input[type=file]"

# The browser makes these objects itself; only the file's bytes come from the test.
TRANSFER = """([bytes, name, type]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, {type}));
    return transfer;
}"""
COPY = """async (bytes) => {
    const data = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    await navigator.clipboard.write([new ClipboardItem({"image/png": new Blob([data], {type: "image/png"})})]);
}"""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Somebody who looks at the collection in a browser."""

    page: Page

    def opens(self, path: str = "/") -> "Visitor":
        self.page.goto(path)
        return self

    @property
    def tiles(self) -> Locator:
        return self.page.locator("#results .tile")

    @property
    def count(self) -> Locator:
        return self.page.locator("#count")

    def sees(self, number: int, *, in_all: int | None = None) -> None:
        """So many paintings on this page, and so many in all."""
        total = number if in_all is None else in_all
        wording = "No painting" if total == 0 else "1 painting" if total == 1 else f"{total} paintings"
        expect(self.count).to_contain_text(wording)
        expect(self.tiles).to_have_count(number)
        self.is_there()

    def is_there(self) -> None:
        """The page has come to its end, and its scripts have run: the address is a new one before that."""
        self.page.wait_for_load_state("domcontentloaded")

    def titles(self) -> list[str]:
        self.is_there()
        return self.tiles.locator("cite").all_inner_texts()

    def asks_for(self, words: str) -> None:
        """Words, and the Enter key."""
        box = self.page.locator("#words")
        box.fill(words)
        box.press("Enter")

    def opens_filter(self, name: str) -> None:
        self.page.locator("details.filter > summary", has_text=name).click()

    def choice(self, label: str) -> Locator:
        return self.page.get_by_role("checkbox", name=label)

    def chooses_photo(self, photo: bytes, name: str = "photo.jpg", media_type: str = "image/jpeg") -> None:
        """In the file chooser of the present page."""
        self.is_there()
        chooser = self.page.locator(CHOOSER).first
        chooser.set_input_files({"name": name, "mimeType": media_type, "buffer": photo})

    def searches_with(self, photo: bytes) -> None:
        """From the page of the photo search to the results."""
        self.opens("/search/").chooses_photo(photo)
        self.has_results_of_a_photo()

    def has_results_of_a_photo(self) -> None:
        expect(self.page).to_have_url(ASKED_BY_PHOTO)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Paintings like your photo")
        expect(self.tiles.first).to_be_visible()
        self.is_there()

    def pictures_are_there(self, pictures: Locator) -> None:
        """Each of these images has come and shows something."""
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
            assert picture.evaluate("image => image.naturalWidth") > 0, picture.get_attribute("src")
