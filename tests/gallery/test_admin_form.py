"""The painting's form: the picture as a file, years from the date, buttons that move it on."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from gallery.models import Artist, Attribution, Change, Image, Painting
from tests.bad_files import BAD_FILES, LIMITS, BadFile
from tests.factories import make_painting, picture_bytes
from tests.gallery.desk import ADD, CHANGE, address, as_it_is, file, filled, messages, signed_in, unprepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]
__all__ = ["unprepared"]


def test_a_painting_is_added_with_its_picture_and_artist(curator: User) -> None:
    artist = Artist.objects.create(name="Anna Beispiel")
    inline = {"attributions-TOTAL_FORMS": 1, "attributions-0-artist": artist.pk, "attributions-0-role": "artist"}
    more = {"attributions-0-qualifier": "workshop of", "attributions-0-order": 0, "picture": file(1, name="bridge.png")}

    response = signed_in(curator).post(address(ADD), filled(display_date="c. 1665", **inline, **more), follow=True)

    painting = Painting.objects.get()
    assert painting.state == Painting.State.DRAFT
    assert (painting.first_year, painting.last_year) == (1660, 1670)
    assert painting.artist_line == "workshop of Anna Beispiel"
    assert painting.image.name == "bridge.png"
    assert "bridge.png" in response.text
    assert painting.image.sha256 in response.text


def test_a_change_stands_in_the_journal_with_its_user(curator: User) -> None:
    signed_in(curator).post(address(ADD), filled(picture=file(1)))
    painting = Painting.objects.get()
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="The new bridge"))

    entries = Change.objects.filter(painting_id=painting.pk)
    assert [(entry.kind, entry.user) for entry in entries] == [("created", curator), ("changed", curator)]
    painting.refresh_from_db()
    assert painting.version == entries.last().pk


def test_saving_without_a_new_file_keeps_the_picture(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="Bridge at noon"))
    before, painting = painting, Painting.objects.get()
    assert painting.title == "Bridge at noon"
    assert painting.image == before.image


def test_a_new_file_replaces_the_picture_and_visitors_keep_the_old_one_until_it_is_ready(curator: User) -> None:
    painting = make_painting("Bridge")
    old = painting.image
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, picture=file(99)))
    painting.refresh_from_db()
    assert painting.image != old
    assert painting.live_image == old
    response = signed_in(curator).get(address(CHANGE, painting.pk))
    assert "Visitors see the former picture" in response.text


def test_a_painting_needs_a_picture(curator: User) -> None:
    response = signed_in(curator).post(address(ADD), filled())
    assert response.context["adminform"].form.errors["picture"] == ["This field is required."]
    assert not Painting.objects.exists()


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name[:40].encode("ascii", "replace").decode())
def test_a_bad_file_is_refused_with_its_sentence_on_the_field(bad: BadFile, curator: User, settings: Any) -> None:
    settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels
    response = signed_in(curator).post(address(ADD), filled(picture=file(name=bad.name, data=bad.make())))
    errors = response.context["adminform"].form.errors
    assert set(errors) == {"picture"}
    assert errors.as_data()["picture"][0].code == bad.code
    assert errors["picture"][0].startswith(("“", "The file"))
    assert not Painting.objects.exists()
    assert not Image.objects.exists()
    assert not Change.objects.exists()


def test_a_file_survives_a_form_that_is_sent_back(curator: User) -> None:
    client = signed_in(curator)
    response = client.post(address(ADD), filled(title="", picture=file(1, name="bridge.png")))
    assert "“bridge.png” was received and is kept." in response.text
    token = response.text.split('name="picture-kept" value="')[1].split('"')[0]

    client.post(address(ADD), filled(**{"picture-kept": token}))

    assert Painting.objects.get().image.name == "bridge.png"


@pytest.mark.parametrize("token", ["forged", "1:abc:def"])
def test_a_forged_token_keeps_nothing(token: str, curator: User) -> None:
    make_painting()
    signed_in(curator).post(address(ADD), filled(**{"picture-kept": token}))
    assert Painting.objects.count() == 1


def test_a_new_date_derives_the_years_again(curator: User) -> None:
    painting = make_painting("Bridge", display_date="1665", state="draft")
    client = signed_in(curator)

    client.post(address(CHANGE, painting.pk), as_it_is(painting, display_date="17th century"))

    painting.refresh_from_db()
    assert (painting.first_year, painting.last_year) == (1601, 1700)


def test_years_that_the_curator_types_stay(curator: User) -> None:
    painting = make_painting("Bridge", display_date="1665", state="draft")
    data = as_it_is(painting, display_date="in the days of the elder", first_year="1640", last_year="1650")
    signed_in(curator).post(address(CHANGE, painting.pk), data)
    painting.refresh_from_db()
    assert (painting.first_year, painting.last_year) == (1640, 1650)


def test_a_date_that_is_not_understood_is_told_on_its_field(curator: User) -> None:
    response = signed_in(curator).post(address(ADD), filled(display_date="some time ago", picture=file(1)))
    assert "is not understood" in response.context["adminform"].form.errors["display_date"][0]


def test_the_same_artist_twice_in_a_role_is_an_error_of_the_form(curator: User) -> None:
    artist = Artist.objects.create(name="Anna Beispiel")
    data = filled(picture=file(1)) | {"attributions-TOTAL_FORMS": 2}
    for number in (0, 1):
        data |= {f"attributions-{number}-artist": artist.pk, f"attributions-{number}-role": "artist"}
        data |= {f"attributions-{number}-order": number}
    response = signed_in(curator).post(address(ADD), data)
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Painting.objects.exists()


@pytest.mark.parametrize(
    ("button", "before", "after", "said"),
    [
        ("_submit", "draft", "review", "1 submitted for review."),
        ("_publish", "review", "published", "1 published."),
        ("_withdraw", "published", "withdrawn", "1 withdrawn."),
        ("_return", "withdrawn", "draft", "1 returned to draft."),
        ("_publish", "published", "published", "1 was already published."),
    ],
)
def test_a_button_saves_and_moves(button: str, before: str, after: str, said: str, curator: User) -> None:
    painting = make_painting("Bridge", state=before)
    data = as_it_is(painting, title="Bridge at noon") | {button: "1"}
    response = signed_in(curator).post(address(CHANGE, painting.pk), data, follow=True)
    painting.refresh_from_db()
    assert (painting.title, painting.state) == ("Bridge at noon", after)
    assert messages(response) == [said]


def test_a_new_painting_is_published_with_one_button(curator: User) -> None:
    signed_in(curator).post(address(ADD), filled(picture=file(1), _publish="1"))
    assert Painting.objects.get().state == Painting.State.PUBLISHED


def test_only_buttons_that_are_allowed_are_shown(curator: User, contributor: User) -> None:
    painting = make_painting("Bridge", state="review")
    curators, contributors = (signed_in(user).get(address(CHANGE, painting.pk)).text for user in (curator, contributor))
    assert 'name="_publish"' in curators
    assert 'name="_withdraw"' not in curators
    assert 'name="_publish"' not in contributors
    assert 'name="_return"' in contributors


def test_the_form_of_a_published_painting_is_only_to_look_at_for_contributors(contributor: User) -> None:
    painting = make_painting("Bridge")
    response = signed_in(contributor).get(address(CHANGE, painting.pk))
    assert response.status_code == 200
    assert 'name="title"' not in response.text
    assert 'name="_save"' not in response.text


def test_the_form_shows_the_rendition_never_the_original(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    text = signed_in(curator).get(address(CHANGE, painting.pk)).text
    rendition = address("rendition", painting.pk, painting.image.sha256[:16], painting.image.width, "jpg")
    assert f'src="{rendition}"' in text
    assert f'src="{address("original", painting.pk)}"' not in text
    assert f'href="{address("original", painting.pk)}"' in text


def test_before_there_are_renditions_a_mat_is_shown(curator: User) -> None:
    painting = make_painting("Bridge", state="draft", live=False)
    text = signed_in(curator).get(address(CHANGE, painting.pk)).text
    assert 'class="mat"' in text
    assert 'class="shown"' not in text


def test_the_stored_original_is_the_file_that_was_sent(curator: User) -> None:
    data = picture_bytes(5)
    signed_in(curator).post(address(ADD), filled(picture=file(data=data)))
    response = signed_in(curator).get(address("original", Painting.objects.get().pk))
    assert b"".join(response.streaming_content) == data


def test_an_attribution_is_removed_and_journaled(curator: User) -> None:
    painting = make_painting("Bridge", artist="Anna Beispiel", state="draft")
    row = Attribution.objects.get()
    inline = {"attributions-TOTAL_FORMS": 1, "attributions-INITIAL_FORMS": 1, "attributions-0-id": row.pk}
    inline |= {"attributions-0-painting": painting.pk, "attributions-0-artist": row.artist_id}
    inline |= {"attributions-0-role": "artist", "attributions-0-order": 0, "attributions-0-DELETE": "on"}
    before = painting.version
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting) | inline)
    painting.refresh_from_db()
    assert painting.artist_line == ""
    assert painting.version > before


def test_deleting_asks_first_and_is_journaled(curator: User) -> None:
    painting = make_painting("Bridge")
    delete = address("admin:gallery_painting_delete", painting.pk)
    assert "Are you sure" in signed_in(curator).get(delete).text
    signed_in(curator).post(delete, {"post": "yes"})
    assert not Painting.objects.exists()
    assert Change.objects.last().kind == "deleted"
    assert Change.objects.last().user == curator


@pytest.mark.parametrize("year", ["40000", "-10000", "9" * 30])
def test_a_year_beyond_all_calendars_is_refused_on_its_field(year: str, curator: User) -> None:
    painting = make_painting("Bridge")
    response = signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, first_year=year))
    assert response.status_code == 200
    assert "A year is " in response.text
    painting.refresh_from_db()
    assert painting.first_year is None
