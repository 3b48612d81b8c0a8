"""Artists, styles and genres in the admin."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery.models import Artist, Change, Genre, Style
from tests.factories import make_painting
from tests.gallery.desk import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["artist", "style", "genre"])
def test_a_name_is_listed_with_its_number_of_paintings(kind: str, curator: User) -> None:
    for number in range(2):
        make_painting(f"P{number}", **{kind: "Shared"})
    response = signed_in(curator).get(address(f"admin:gallery_{kind}_changelist"))
    (row,) = response.context["cl"].result_list
    assert row.painting_count == 2
    place = response.text.split('<td class="field-painting_count">')[1].split('href="')[1].split('"')[0]
    assert len(signed_in(curator).get(place.replace("&amp;", "&")).context["cl"].result_list) == 2


@pytest.mark.parametrize(("model", "name"), [(Artist, "Berthe Été"), (Style, "Été"), (Genre, "Été")])
@pytest.mark.parametrize("words", ["ete", "ÉTÉ", "été"])
def test_the_chooser_finds_a_name_whatever_case_and_accents(
    words: str, model: type[Artist], name: str, curator: User
) -> None:
    model.objects.create(name=name)
    model.objects.create(name="Other")
    question = {"app_label": "gallery", "model_name": "painting", "field_name": model._meta.model_name, "term": words}
    if model is Artist:
        question |= {"model_name": "attribution"}
    found = signed_in(curator).get(address("admin:autocomplete"), question).json()["results"]
    assert [result["text"] for result in found] == [name]


def test_renaming_an_artist_is_journaled_for_the_paintings(curator: User) -> None:
    painting = make_painting("Bridge", artist="Ana Beispiel")
    artist = Artist.objects.get()
    data = {"name": "Anna Beispiel", "slug": artist.slug}
    signed_in(curator).post(address("admin:gallery_artist_change", artist.pk), data)
    entry = Change.objects.last()
    assert (entry.painting_id, entry.user) == (painting.pk, curator)
    assert artist.history.first().history_user == curator


def test_deleting_a_style_is_journaled_for_the_paintings(curator: User) -> None:
    painting = make_painting("Bridge", style="Baroque")
    style = Style.objects.get()
    signed_in(curator).post(address("admin:gallery_style_delete", style.pk), {"post": "yes"})
    painting.refresh_from_db()
    assert painting.style is None
    assert (Change.objects.last().painting_id, Change.objects.last().user) == (painting.pk, curator)


def test_contributors_add_artists_and_leave_styles_alone(contributor: User) -> None:
    client = signed_in(contributor)
    client.post(address("admin:gallery_artist_add"), {"name": "Anna Beispiel"})
    assert Artist.objects.get().slug == "anna-beispiel"
    assert client.post(address("admin:gallery_style_add"), {"name": "New"}).status_code == 403
    assert not Style.objects.exists()


def test_more_artists_need_no_more_queries(curator: User) -> None:
    client = signed_in(curator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address("admin:gallery_artist_changelist"))
        return len(captured)

    make_painting(artist="A")
    queries()
    few = queries()
    make_painting(artist=("B", "C", "D"))
    assert queries() == few
