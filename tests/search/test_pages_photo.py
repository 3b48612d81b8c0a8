"""A visitor's photo on the pages: sent, kept for a while under a token, refused with a sentence, forgotten."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from gallery.models import Painting
from search.models import Photo, storage
from tests.bad_files import BAD_FILES, LIMITS, BadFile
from tests.factories import make_painting, picture_bytes

pytestmark = pytest.mark.django_db


def send(client: Client, data: bytes, name: str = "photo.png", *, path: str = "/search/", **fields: str) -> Any:
    return client.post(path, {"photo": SimpleUploadedFile(name, data), **fields})


def refusal(response: Any) -> str:
    found = re.search(r'id="refused"[^>]*>(.*?)</p>', response.content.decode(), re.S)
    return found.group(1) if found else ""


@pytest.fixture
def sent(client: Client) -> str:
    """The address that a photo's sender is led to."""
    make_painting("A painting")
    return str(send(client, picture_bytes(5)).headers["Location"])


class TestSending:
    def test_a_photo_leads_to_its_results(self, client: Client, sent: str) -> None:
        assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}", sent)
        html = client.get(sent).content.decode()
        assert "Paintings like your photo" in html
        assert "A painting" in html
        assert 'alt="Your photo"' in html

    def test_the_way_there_is_a_redirect_that_a_reload_does_not_repeat(self, client: Client) -> None:
        assert send(client, picture_bytes(5)).status_code == 303

    def test_conditions_stay_in_force_and_other_examples_do_not(self, client: Client) -> None:
        make_painting("A painting", style="Cubism")
        path = "/search/?style=cubism&weight.palette=2&like=1&page=3"
        location = send(client, picture_bytes(5), path=path).headers["Location"]
        assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}&style=cubism&weight.palette=2", location)

    def test_it_comes_beside_the_other_examples_where_that_is_wished(self, client: Client) -> None:
        path = "/search/?style=cubism&like=1&unlike=2&colour=8c2f1b&page=3"
        location = send(client, picture_bytes(5), path=path, beside="1").headers["Location"]
        assert re.fullmatch(r"/search/\?like=1&photo=[0-9a-f]{32}&unlike=2&colour=8c2f1b&style=cubism", location)
        location = send(client, picture_bytes(5), path=path, beside="0").headers["Location"]
        assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}&style=cubism", location)

    def test_with_as_many_examples_as_there_can_be_it_takes_their_place(self, client: Client) -> None:
        path = "/search/?" + "&".join(f"like={number}" for number in range(1, 21))
        location = send(client, picture_bytes(5), path=path, beside="1").headers["Location"]
        assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}", location)

    def test_the_results_of_examples_ask_which_of_the_two_is_meant(self, client: Client) -> None:
        paintings = [make_painting(f"Number {number}") for number in range(21)]
        html = client.get(f"/search/?like={paintings[0].pk}").content.decode()
        assert 'name="beside" value="0" checked' in html
        assert f'formaction="/search/?like={paintings[0].pk}"' in html
        full = "&".join(f"like={painting.pk}" for painting in paintings[:20])
        html = client.get(f"/search/?{full}").content.decode()
        assert 'name="beside"' not in html
        assert "will take the place of all of them" in html
        assert 'name="beside"' not in client.get("/search/").content.decode()

    def test_after_a_refusal_the_examples_and_what_was_meant_are_not_lost(self, client: Client) -> None:
        html = send(client, b"Dear museum", "letter.jpg", path="/search/?like=1", beside="1").content.decode()
        assert 'action="/search/?like=1"' in html
        assert 'name="beside" value="1" checked' in html

    def test_conditions_that_make_no_sense_are_forgotten(self, client: Client) -> None:
        assert re.fullmatch(
            r"/search/\?photo=\w{32}", send(client, picture_bytes(5), path="/search/?from=x").headers["Location"]
        )

    def test_the_collection_stays_as_it_is(self, client: Client, sent: str) -> None:
        assert Painting.objects.count() == 1

    def test_the_same_address_shows_the_same_to_somebody_else(self, client: Client, sent: str) -> None:
        assert "A painting" in Client().get(sent).content.decode()

    def test_the_form_is_guarded_against_other_sites(self) -> None:
        stranger = Client(enforce_csrf_checks=True)
        response = send(stranger, picture_bytes(5))
        assert response.status_code == 403
        assert "Please send that once more" in response.content.decode()
        stranger.get("/search/")
        token = stranger.cookies["csrftoken"].value
        data = {"photo": SimpleUploadedFile("a.png", picture_bytes(5)), "csrfmiddlewaretoken": token}
        assert stranger.post("/search/", data).status_code == 303


class TestPhotoByItself:
    def test_it_is_a_jpeg_that_nobody_keeps(self, client: Client, sent: str) -> None:
        response = client.get(sent.replace("/search/?", "/search/photo?"))
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert Pillow.open(BytesIO(b"".join(response))).format == "JPEG"

    @pytest.mark.parametrize("token", ["", "x", "0" * 32, "../../etc/passwd", "%00"])
    def test_without_a_good_token_there_is_none(self, client: Client, token: str) -> None:
        assert client.get(f"/search/photo?photo={token}").status_code == 404

    def test_a_lost_file_is_not_found(self, client: Client, sent: str) -> None:
        photo = Photo.objects.get()
        storage().delete(photo.path)
        assert client.get(sent.replace("/search/?", "/search/photo?")).status_code == 404


class TestExpiry:
    def test_an_expired_photo_is_gone_and_another_can_be_sent(self, client: Client, sent: str, settings: Any) -> None:
        Photo.objects.update(created_at=timezone.now() - settings.PHOTO_LIFETIME - timedelta(seconds=1))

        response = client.get(sent)

        assert response.status_code == 410
        html = response.content.decode()
        assert "The photo is gone" in html
        assert 'type="file" name="photo"' in html
        assert response.headers["Cache-Control"] == "private, no-store"
        assert client.get(sent.replace("/search/?", "/search/photo?")).status_code == 404

    def test_the_rest_of_the_question_is_kept(self, client: Client) -> None:
        river = make_painting("River", style="Tonalism")
        make_painting("Bridge", style="Tonalism")
        make_painting("River again", style="Cubism")

        response = client.get(f"/search/?photo={'0' * 32}&q=river&style=tonalism")

        html = response.content.decode()
        assert response.status_code == 410
        assert "The photo is gone" in html
        assert [match.painting for match in response.context["results"].matches] == [river]
        assert 'action="/search/?q=river&amp;style=tonalism"' in html  # where another photo is sent to

    def test_other_examples_are_kept_living_photos_among_them(self, client: Client, sent: str) -> None:
        liked, other = make_painting("Liked"), make_painting("Other")
        living = sent.partition("photo=")[2]

        response = client.get(f"{sent}&photo={'0' * 32}~0,0,500,500&like={liked.pk}&unlike_photo=nonsense")

        assert response.status_code == 410
        assert response.context["question"].photos == (living,)
        assert response.context["question"].paintings == (liked.pk,)
        html = response.content.decode()
        assert html.count("The photo is gone") == 1
        assert f'id="p{other.pk}"' in html

    def test_what_else_is_wrong_does_not_hide_that_the_photo_is_gone(self, client: Client) -> None:
        response = client.get("/search/?photo=abc&from=soon")
        assert response.status_code == 410
        assert "The photo is gone" in response.content.decode()

    @pytest.mark.parametrize("token", ["abc", "0" * 32, "<script>"])
    def test_a_token_that_never_was_looks_just_the_same(self, client: Client, token: str) -> None:
        assert client.get(f"/search/?photo={token}").status_code == 410

    def test_the_first_page_sends_it_on(self, client: Client) -> None:
        response = client.get(f"/?photo={'0' * 32}")
        assert response.headers["Location"] == f"/search/?photo={'0' * 32}"


class TestRefusals:
    @pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
    def test_a_bad_file_is_refused_with_its_own_sentence(self, client: Client, settings: Any, bad: BadFile) -> None:
        settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels

        response = send(client, bad.make(), bad.name)

        assert response.status_code == 400
        assert refusal(response).rstrip().endswith(".")
        assert "<script>" not in refusal(response)
        assert Photo.objects.count() == 0

    def test_the_sentence_names_the_file_and_the_conditions_are_not_lost(self, client: Client) -> None:
        response = send(client, b"Dear museum,\n" * 9, "letter.jpg", path="/search/?style=cubism")
        assert "letter.jpg" in refusal(response)
        assert 'action="/search/?style=cubism"' in response.content.decode()

    def test_no_file_at_all(self, client: Client) -> None:
        for data in ({}, {"photo": "text"}, {"other": SimpleUploadedFile("a.png", picture_bytes(1))}):
            response = client.post("/search/", data)
            assert response.status_code == 400
            assert "No photo has arrived" in refusal(response)

    def test_a_request_that_announces_too_much_is_refused_before_it_is_read(
        self, client: Client, settings: Any
    ) -> None:
        settings.MAX_IMAGE_BYTES = 1000
        response = send(client, bytes(3 * 2**20), "huge.png")
        assert response.status_code == 413
        assert "more than the" in refusal(response)

    def test_a_broken_form_is_a_bad_request(self, client: Client) -> None:
        response = client.post("/search/", b"garbage", content_type="multipart/form-data; boundary=x")
        assert response.status_code == 400


class TestThrottle:
    @pytest.fixture(autouse=True)
    def two_a_minute(self, settings: Any) -> None:
        rest = settings.REST_FRAMEWORK
        settings.REST_FRAMEWORK = {
            **rest,
            "DEFAULT_THROTTLE_RATES": {**rest["DEFAULT_THROTTLE_RATES"], "photo": "2/min"},
        }

    def test_many_photos_in_a_short_time_have_to_wait(self, client: Client) -> None:
        assert [send(client, picture_bytes(5)).status_code for _ in range(2)] == [303, 303]

        response = send(client, picture_bytes(5))

        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert "Please wait" in refusal(response)
        assert client.get("/search/").status_code == 200

    def test_visitors_and_accounts_are_counted_apart(self, client: Client, curator: Any, contributor: Any) -> None:
        for _ in range(2):
            send(client, picture_bytes(5))
        assert (
            client.post(
                "/search/", {"photo": SimpleUploadedFile("a.png", picture_bytes(5))}, REMOTE_ADDR="10.1.1.1"
            ).status_code
            == 303
        )
        for user in (curator, contributor):
            client.force_login(user)
            assert [send(client, picture_bytes(5)).status_code for _ in range(3)] == [303, 303, 429]
