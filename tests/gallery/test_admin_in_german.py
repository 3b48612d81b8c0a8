"""The curators' desk as a German curator sees it."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from gallery import dates
from gallery.models import Artist, Painting
from tests.factories import make_painting
from tests.gallery.desk import (
    ADD,
    CHANGE,
    LIST,
    UPLOAD,
    action,
    address,
    as_it_is,
    file,
    filled,
    messages,
    signed_in,
    unprepared,  # noqa: F401
)

HISTORY = "admin:gallery_painting_history"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]


def german(user: User) -> Client:
    client = signed_in(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


def test_the_list_is_german_and_the_data_are_not(curator: User) -> None:
    painting = make_painting("Bridge", state="published", display_date="c. 1665")
    painting.attributions.create(artist=Artist.objects.create(name="Anna Beispiel"), qualifier="workshop of")
    text = german(curator).get(address(LIST)).text
    for words in (
        "Gemälde",
        "Künstler",
        "Datierung",
        "veröffentlicht",
        "Zur Prüfung geben",
        "Werkstatt von Anna Beispiel",
    ):
        assert words in text
    for words in ("Bridge", "c. 1665", 'class="badge state-published"', '<option value="publish">'):
        assert words in text


def test_the_form_is_german(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    text = german(curator).get(address(CHANGE, painting.pk)).text
    for words in (
        "Inventarnummer",
        "Maße",
        "Bildnachweis",
        "Bild ersetzen",
        "Nur für Mitarbeiter sichtbar.",
        "Sichern und",
    ):
        assert words in text
    for words in ("Credit line", "Who made it", "Only colleagues", "For colleagues"):
        assert words not in text


def test_a_refusal_is_german_and_nothing_was_written(curator: User) -> None:
    response = german(curator).post(address(ADD), filled(picture=file(name="brief.jpg", data=b"Liebes Museum")))
    (refusal,) = response.context["adminform"].form.errors["picture"]
    assert (
        refusal
        == "„brief.jpg“ ist eine Textdatei und kein Bild. Bitte laden Sie JPEG, PNG, WebP, AVIF, TIFF oder GIF hoch."
    )
    assert not Painting.objects.exists()


def test_a_date_that_is_not_understood_is_told_in_german_with_dates_that_are(curator: User) -> None:
    response = german(curator).post(address(ADD), filled(picture=file(), display_date="neulich"))
    (sentence,) = response.context["adminform"].form.errors["display_date"]
    assert sentence.startswith(
        "Die Datierung „neulich“ wird nicht verstanden: „neulich“ ist kein Wort einer Datierung."
    )
    examples = sentence.partition("zum Beispiel: ")[2].removesuffix(".").split(", ")
    assert len(examples) == 9
    assert all(dates.parse(example) is not None for example in examples)


@pytest.mark.parametrize(
    ("name", "states", "said"),
    [
        ("publish", ("draft",), "1 veröffentlicht."),
        ("publish", ("draft", "published", "published"), "1 veröffentlicht, 2 waren schon veröffentlicht."),
        ("submit", ("draft", "draft", "review"), "2 zur Prüfung gegeben, 1 war schon in Prüfung."),
        ("return_to_draft", ("published",), "1 blieb unverändert."),
        ("return_to_draft", ("published", "published"), "2 blieben unverändert."),
    ],
)
def test_actions_count_in_german(name: str, states: tuple[str, ...], said: str, curator: User) -> None:
    paintings = [make_painting(f"{state} {n}", state=state) for n, state in enumerate(states)]
    response = german(curator).post(address(LIST), action(name, *paintings), follow=True)
    assert messages(response) == [said]


@pytest.mark.parametrize(("number", "said"), [(1, "1 als Entwurf hinzugefügt."), (2, "2 als Entwürfe hinzugefügt.")])
def test_many_files_are_counted_in_german(number: int, said: str, curator: User) -> None:
    response = german(curator).post(address(UPLOAD), {"files": [file(n, name=f"{n}.png") for n in range(number)]})
    assert response.context["sentence"] == said
    assert 'data-added-one="{number} als Entwurf hinzugefügt"' in response.text


def test_the_history_tells_in_german_what_was_kept_in_english(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="Bridge at noon"))
    version = painting.history.first()
    version.history_change_reason = "accepted the suggestion of eye-1: style 62 %, genre under 1 %"
    version.save()
    text = german(curator).get(address(HISTORY, painting.pk)).text
    assert "Vorschlag von eye-1 übernommen: Stil 62 %, Gattung unter 1\u00a0%" in text
    assert "Bridge → Bridge at noon" in text
    assert "<strong>Titel:</strong>" in text


def test_what_a_german_curator_does_is_kept_in_english(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    german(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="Bridge at noon"))
    entry = LogEntry.objects.get()
    assert "Titel" not in entry.change_message


@pytest.mark.parametrize("page", [LIST, ADD, UPLOAD])
def test_scripts_read_plain_numbers(page: str, curator: User, settings: Any) -> None:
    settings.MAX_FILES_AT_ONCE = 12_345
    text = german(curator).get(address(page)).text
    assert ("data-limit=" in text) == (page == UPLOAD)
    assert page != UPLOAD or 'data-limit="12345"' in text
