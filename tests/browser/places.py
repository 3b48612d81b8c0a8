"""Every kind of page that there is, for what must hold on all of them."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser import drawing
from tests.browser.collection import BANDS
from tests.browser.visitor import Visitor


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page. `path` "" stands for the results of a photo, which must be sent first."""

    name: str
    path: str
    status: int = 200
    for_curators: bool = False
    theirs: str = ""
    """A part that others made and we can't mend, as a selector."""

    def enter(self, page: Page) -> None:
        if self.path:
            answer = page.goto(self.path)
            assert answer
            assert answer.status == self.status
        else:
            Visitor(page=page).searches_with(drawing.photographed(drawing.picture(BANDS.draw, 3)))
        if self.theirs:
            expect(page.locator(self.theirs).get_by_role("heading").first).to_be_visible()


PUBLIC = (
    Place(name="home", path="/"),
    Place(name="filtered", path="/?style=op-art&artist=clara-wellen-invented&from=1800&size=4"),
    Place(name="nothing found", path="/?q=zzzzqqqq"),
    Place(name="a question not understood", path="/?from=yesterday", status=400),
    Place(name="photo search", path="/search/"),
    Place(name="results of a photo", path=""),
    Place(name="results of a painting", path="/search/?like=1"),
    Place(
        name="a whole question",
        path="/search/?like=1&like=5~100,100,600,600&unlike=2&colour=8c2f1b:30&colour=24388c&q=tide&style=op-art"
        "&from=1790&to=1950&weight.palette=3&per_artist=5&once=1",
    ),
    Place(name="an expired photo", path=f"/search/?photo={'0' * 32}", status=410),
    Place(name="a part of a painting", path="/search/part/?painting=1"),
    Place(name="painting", path="/paintings/1/"),
    Place(name="a selection", path="/selection/?paintings=3,1,7,12,999999"),
    Place(name="no selection", path="/selection/"),
    Place(name="a selection not understood", path="/selection/?paintings=x", status=400),
    Place(name="two paintings", path="/compare/1/5/?weight.common512=1&weight.palette=1"),
    Place(name="map", path="/map/"),
    Place(name="an answer on the map", path="/map/?style=op-art&q=tide"),
    Place(name="help", path="/help/"),
    Place(name="a walk", path="/walk/1/6/"),
    Place(name="where a walk leads", path="/walk/1/"),
    Place(name="a walk that is none", path="/walk/1/1/", status=400),
    Place(name="timeline", path="/timeline/"),
    Place(name="a part of the timeline", path="/timeline/?from=1830&to=1869&style=op-art&genre=abstract"),
    Place(name="not found", path="/paintings/999999999/", status=404),
    Place(name="api", path="/api/v1/docs/", theirs="#swagger-ui"),
    Place(name="sign in", path="/admin/login/"),
)
CURATORS = (
    Place(name="desk", path="/admin/", for_curators=True),
    Place(name="list", path="/admin/gallery/painting/", for_curators=True),
    Place(name="form", path="/admin/gallery/painting/1/change/", for_curators=True),
    Place(name="new painting", path="/admin/gallery/painting/add/", for_curators=True),
    Place(name="upload", path="/admin/gallery/painting/upload/", for_curators=True),
)
ALL = PUBLIC + CURATORS
