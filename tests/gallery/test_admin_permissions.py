"""Who may write what: every way of writing, for everybody."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from gallery.models import Change, Image, Painting
from tests.factories import make_painting
from tests.gallery.desk import ADD, CHANGE, LIST, UPLOAD, action, address, as_it_is, file, filled, signed_in, unprepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]
__all__ = ["unprepared"]

EVERYBODY = ("anonymous", "visitor", "member without a group", "contributor", "curator", "superuser")
WRITERS = ("contributor", "curator", "superuser")
DECIDERS = ("curator", "superuser")


@pytest.fixture
def people(curator: User, contributor: User) -> dict[str, User | None]:
    return {
        "anonymous": None,
        "visitor": User.objects.create_user("visitor"),
        "member without a group": User.objects.create_user("member", is_staff=True),
        "contributor": contributor,
        "curator": curator,
        "superuser": User.objects.create_superuser("superuser"),
    }


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("state", "way", "allowed"),
    [
        ("draft", "add", WRITERS),
        ("draft", "upload", WRITERS),
        ("draft", "change", WRITERS),
        ("review", "change", WRITERS),
        ("published", "change", DECIDERS),
        ("withdrawn", "change", DECIDERS),
        ("draft", "delete", DECIDERS),
        ("draft", "submit", WRITERS),
        ("review", "return_to_draft", WRITERS),
        ("withdrawn", "return_to_draft", DECIDERS),
        ("withdrawn", "submit", ()),
        ("review", "publish", DECIDERS),
        ("published", "withdraw", DECIDERS),
        ("draft", "delete_selected", DECIDERS),
        ("draft", "_submit", WRITERS),
        ("draft", "_publish", DECIDERS),
        ("published", "_withdraw", DECIDERS),
        ("draft", "bring back", WRITERS),
        ("published", "bring back", DECIDERS),
    ],
)
def test_only_who_may_writes(
    state: str, way: str, allowed: tuple[str, ...], who: str, people: dict[str, User | None]
) -> None:
    painting = make_painting("Bridge", state=state)
    if way == "bring back":
        painting.title = "Bridge at noon"
        painting.save()
    before = Change.objects.count(), Image.objects.count()

    response = signed_in(people[who]).post(*request(way, painting))

    assert response.status_code in (200, 302, 403)
    written = (Change.objects.count(), Image.objects.count()) != before
    assert written is (who in allowed)


def request(way: str, painting: Painting) -> tuple[str, dict[str, Any]]:
    """Where to post what, to write in this way."""
    match way:
        case "add":
            return address(ADD), filled(picture=file(50))
        case "upload":
            return address(UPLOAD), {"files": [file(50)]}
        case "change":
            return address(CHANGE, painting.pk), as_it_is(painting, title="Changed", picture=file(50))
        case "delete":
            return address("admin:gallery_painting_delete", painting.pk), {"post": "yes"}
        case "bring back":
            version = painting.history.last().pk
            place = address("admin:gallery_painting_simple_history", painting.pk, version)
            return place, as_it_is(painting, title="Bridge")
        case button if button.startswith("_"):
            return address(CHANGE, painting.pk), as_it_is(painting) | {button: "1"}
        case name:
            return address(LIST), action(name, painting) | {"post": "yes"}


@pytest.mark.parametrize("who", ["anonymous", "visitor", "member without a group"])
@pytest.mark.parametrize("page", [LIST, ADD, UPLOAD])
def test_nothing_is_shown_to_others(page: str, who: str, people: dict[str, User | None]) -> None:
    assert signed_in(people[who]).get(address(page)).status_code in (302, 403)


def test_who_may_not_publish_is_not_offered_it(contributor: User) -> None:
    make_painting(state="draft")
    text = signed_in(contributor).get(address(LIST)).text
    assert '<option value="submit">' in text
    assert '<option value="publish">' not in text
    assert '<option value="delete_selected">' not in text
