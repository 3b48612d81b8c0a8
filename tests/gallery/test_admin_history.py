"""Who changed what, and how an old version comes back."""

import pytest
from django.contrib.auth.models import User

from gallery import journal, publishing
from gallery.models import Artist, Attribution, Change, Painting
from tests.factories import make_image, make_painting
from tests.gallery.desk import CHANGE, address, as_it_is, file, signed_in, unprepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]
__all__ = ["unprepared"]

HISTORY = "admin:gallery_painting_history"
VERSION = "admin:gallery_painting_simple_history"


def test_the_history_says_who_changed_what(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="Bridge at noon"))
    publishing.publish([painting], by=curator)
    text = " ".join(signed_in(curator).get(address(HISTORY, painting.pk)).text.split())
    assert "<strong>Title:</strong> Bridge → Bridge at noon" in text
    assert "<strong>State:</strong> draft → published" in text
    assert "<td>curator</td>" in text
    assert "style=" not in text


def test_the_history_shows_attributions_even_of_deleted_artists(curator: User) -> None:
    painting = make_painting("Bridge", artist="Anna Beispiel")
    with journal.writing(by=curator):
        Attribution.objects.get().delete()
    assert "Anna Beispiel" in signed_in(curator).get(address(HISTORY, painting.pk)).text
    Artist.objects.get().delete()
    assert signed_in(curator).get(address(HISTORY, painting.pk)).status_code == 200


def test_saving_what_was_not_changed_makes_no_version(curator: User) -> None:
    painting = make_painting("Bridge", state="draft")
    before = painting.history.count(), Change.objects.count()
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting))
    assert (painting.history.count(), Change.objects.count()) == before


def test_an_old_version_comes_back_without_its_state(curator: User) -> None:
    painting = make_painting("Bridge", state="published")
    first = painting.history.last()
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="Mistake"))
    publishing.withdraw([painting], by=curator)
    place = address(VERSION, painting.pk, first.pk)

    assert 'value="Bridge"' in signed_in(curator).get(place).text
    response = signed_in(curator).post(place, as_it_is(painting, title="Bridge"))

    assert response.status_code == 302
    live = painting.live_image
    painting = Painting.objects.get()
    assert (painting.title, painting.state, painting.live_image) == ("Bridge", "withdrawn", live)
    assert Change.objects.last().user == curator
    assert painting.version == Change.objects.last().pk


def test_a_version_brings_its_picture_back_and_the_worker_prepares_it(curator: User) -> None:
    painting = make_painting("Bridge", state="published")
    first, old = painting.history.last(), painting.image
    painting.image = make_image(number=77)
    painting.save()
    signed_in(curator).post(address(VERSION, painting.pk, first.pk), as_it_is(painting))
    assert Painting.objects.get().image == old


def test_a_version_whose_picture_is_gone_keeps_the_present_one(curator: User) -> None:
    painting = make_painting("Bridge", state="draft", live=False)
    first, old = painting.history.last(), painting.image
    painting.image = new = make_image(number=77)
    painting.save()
    old.delete()
    response = signed_in(curator).get(address(VERSION, painting.pk, first.pk))
    assert response.status_code == 200
    signed_in(curator).post(address(VERSION, painting.pk, first.pk), as_it_is(painting))
    assert Painting.objects.get().image == new


def test_a_deleted_painting_comes_back_as_a_draft(curator: User) -> None:
    painting = make_painting("Bridge", state="published")
    key, first = painting.pk, painting.history.last()
    data = as_it_is(painting, picture=file(3))
    painting.delete()
    assert signed_in(curator).get(address(HISTORY, key)).status_code == 200
    assert signed_in(curator).post(address(VERSION, key, first.pk), data).status_code == 302
    back = Painting.objects.get()
    assert (back.pk, back.title, back.state, back.live_image) == (key, "Bridge", "draft", None)


@pytest.mark.parametrize("key", ["abc", "9" * 30, "0", "-1", "१"])
def test_an_address_that_is_no_painting_is_not_found(key: str, curator: User) -> None:
    painting = make_painting("Bridge")
    client = signed_in(curator)
    assert client.get(f"/admin/gallery/painting/{key}/history/").status_code == 404
    assert client.get(f"/admin/gallery/painting/{key}/history/1/").status_code == 404
    assert client.get(f"/admin/gallery/painting/{painting.pk}/history/{key}/").status_code == 404
    assert client.post(f"/admin/gallery/painting/{painting.pk}/history/{key}/").status_code == 404


def test_who_may_only_look_sees_versions_and_brings_none_back(contributor: User) -> None:
    painting = make_painting("Bridge", state="published")
    first = painting.history.last()
    painting.title = "Bridge at noon"
    painting.save()
    client = signed_in(contributor)
    assert client.get(address(VERSION, painting.pk, first.pk)).status_code == 200
    assert client.post(address(VERSION, painting.pk, first.pk), as_it_is(painting)).status_code == 403
    assert Painting.objects.get().title == "Bridge at noon"
