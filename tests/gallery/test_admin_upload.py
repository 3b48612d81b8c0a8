"""“Add several paintings”: each file for itself, and none waits for vectors."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User

from gallery import several
from gallery.models import Change, Image, Painting
from tests.bad_files import BAD_FILES, LIMITS, BadFile
from tests.factories import make_painting, picture_bytes
from tests.gallery.desk import UPLOAD, address, file, signed_in
from vectorizer.models import Vectors

pytestmark = pytest.mark.django_db


def test_each_file_becomes_a_draft_named_for_it(curator: User) -> None:
    files = [file(1, name="the_night-watch.png"), file(2, name="sun.flowers.png")]
    response = signed_in(curator).post(address(UPLOAD), {"files": files})
    assert response.context["sentence"] == "2 added as drafts."
    assert set(Painting.objects.values_list("title", "state")) == {
        ("The night watch", "draft"),
        ("Sun.flowers", "draft"),
    }
    assert {entry.user for entry in Change.objects.all()} == {curator}
    assert {painting.history.get().history_user for painting in Painting.objects.all()} == {curator}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the_night-watch.jpg", "The night watch"),
        ("Élan vital.tif", "Élan vital"),
        ("___.png", "Untitled"),
        (".png", ".png"),
        ("", "Untitled"),
        ("x" * 400 + ".png", "X" + "x" * 299),
    ],
)
def test_a_title_is_taken_from_the_name(name: str, title: str) -> None:
    assert several.title_from(name) == title


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name[:40].encode("ascii", "replace").decode())
def test_a_bad_file_is_refused_with_its_sentence_and_the_others_go_in(
    bad: BadFile, curator: User, settings: Any
) -> None:
    settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels
    files = [file(1, name="good.png"), file(name=bad.name, data=bad.make()), file(2, name="fine.png")]
    response = signed_in(curator).post(address(UPLOAD), {"files": files})
    assert response.context["sentence"] == "2 added as drafts, 1 refused."
    refused = response.context["outcomes"][1]
    assert refused.refusal.startswith(("“", "The file"))
    assert set(Painting.objects.values_list("title", flat=True)) == {"Good", "Fine"}
    assert Image.objects.count() == 2


def test_a_name_with_markup_is_only_text(curator: User) -> None:
    response = signed_in(curator).post(address(UPLOAD), {"files": [file(name="<b>x.png", data=b"text")]})
    assert "&lt;b&gt;x.png" in response.text
    assert "<b>x.png" not in response.text


def test_a_file_that_is_there_already_leads_to_its_painting(curator: User) -> None:
    present = make_painting("Bridge", number=1)
    files = [file(1, name="again.png"), file(2, name="new.png"), file(2, name="twice.png")]
    response = signed_in(curator).post(address(UPLOAD), {"files": files})
    assert response.context["sentence"] == "1 added as a draft, 2 in the collection already."
    assert f'<a href="{address("admin:gallery_painting_change", present.pk)}">Bridge</a>' in response.text
    assert Painting.objects.count() == 2


def test_a_hundred_files_go_in_with_one_request_and_wait_for_the_worker(curator: User) -> None:
    files = [file(number, name=f"file {number}.png") for number in range(100)]
    response = signed_in(curator).post(address(UPLOAD), {"files": files})
    assert response.context["sentence"] == "100 added as drafts."
    assert Painting.objects.count() == 100
    assert not Vectors.objects.exists()


def test_more_files_than_allowed_add_nothing(curator: User, settings: Any) -> None:
    files = [file(data=b"x", name=f"{number}.png") for number in range(settings.MAX_FILES_AT_ONCE + 1)]
    response = signed_in(curator).post(address(UPLOAD), {"files": files})
    assert "101 files are too many at once: at most 100. None was added." in response.text
    assert not Image.objects.exists()


def test_no_file_is_a_sentence(curator: User) -> None:
    assert "No file was chosen." in signed_in(curator).post(address(UPLOAD)).text


def test_the_pages_script_gets_the_items_alone(curator: User) -> None:
    headers = {"X-Piecemeal": "1"}
    response = signed_in(curator).post(address(UPLOAD), {"files": [file(1, name="a.png")]}, headers=headers)
    assert response.text.startswith('<li class="added" data-outcome="added">')
    assert "<html" not in response.text


def test_the_form_asks_for_several_files(curator: User) -> None:
    text = signed_in(curator).get(address(UPLOAD)).text
    assert "multiple required" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_file_is_stored_before_the_lock_is_taken(curator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from gallery import journal, originals

    seen = []
    add = originals.add
    monkeypatch.setattr(originals, "add", lambda *a: seen.append(journal._current.get()) or add(*a))
    several.add([(BytesIO(picture_bytes(1)), "a.png")], by=curator)
    assert seen == [None]
