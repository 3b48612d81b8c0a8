"""A painting's page, and its pictures by address: who sees what."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from gallery import images, journal, originals, publishing, rendering
from gallery.models import Attribution, Image, Painting
from gallery.templatetags.pictures import address
from tests.factories import go_live, make_image, make_painting, unit
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db

State = Painting.State


def render_files(image: Image) -> None:
    """The renditions that the factory only speaks of, as AVIF, too."""
    picture = images.open_rgb(originals.open_image(image), image.name, originals.limits())
    rendering.render(image, picture, [image.width])
    Image.objects.filter(pk=image.pk).update(avif=True)


def where(painting: Painting, image: Image | None = None, extension: str = "webp") -> str:
    image = image or painting.image
    return address(painting, image, image.width, extension)


def staff(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


class TestPage:
    def test_it_shows_the_data_that_there_is_and_no_empty_rows(self, client: Client) -> None:
        painting = make_painting(
            "View of Delft",
            artist="Johannes Vermeer",
            style="Baroque",
            genre="cityscape",
            display_date="c. 1661",
            medium="Oil on canvas",
            collection="Mauritshuis",
            rights="https://creativecommons.org/publicdomain/mark/1.0/",
            authority_uris="https://www.wikidata.org/wiki/Q1\nhttps://example.org/x",
            notes="bought too dear",
        )
        page = client.get(painting.get_absolute_url()).content.decode()

        for fact in ("View of Delft", "c. 1661", "Oil on canvas", "Public Domain Mark", ">Wikidata<", ">example.org<"):
            assert fact in page
        for link in ("/?artist=johannes-vermeer", "/?style=baroque", "/?genre=cityscape", "/?collection=Mauritshuis"):
            assert link in page
        assert '<link rel="canonical" href="http://testserver/paintings/' in page
        assert 'property="og:image" content="http://testserver/paintings/' in page
        for absent in ("Dimensions", "Object number", "Credit", "bought too dear", "Edit"):
            assert absent not in page

    def test_its_artists_are_named_with_how_sure_one_is_and_when_they_lived(self, client: Client) -> None:
        painting = make_painting("Saint", artist=("Anna", "Bert"))
        first, second = painting.attributions.all()
        first.artist.birth_year, first.artist.death_year = 1600, 1660
        first.artist.save()
        second.qualifier, second.role = "workshop of", Attribution.Role.COPYIST
        second.save()

        text = re.sub(r"<[^>]+>|\s+", " ", client.get(painting.get_absolute_url()).content.decode())

        assert "1600–1660" in text
        assert re.search(r"workshop of\s+Bert\s+\(copyist\)", text)

    def test_look_alikes_are_shown_by_every_feature_of_the_model_and_lead_on(self, client: Client) -> None:
        example = make_painting("Example", vectors={"common512": unit(1, 512)})
        make_painting("Its twin", vectors={"common512": unit(1, 512)})

        page = client.get(example.get_absolute_url()).content.decode()

        sections = page.split('<section aria-labelledby="by-')[1:]
        features = [feature.name for feature in EncoderModel.current().card.likenesses]
        assert [section.split('"')[0] for section in sections] == features
        assert "Its twin" in sections[0]
        assert re.search(r"100\u00a0%.*alike", sections[0])
        assert f"/search/?like={example.pk}" in page
        for feature, section in zip(features[1:], sections[1:], strict=True):
            assert f"/search/?like={example.pk}&amp;weight.{feature}=1" in section

    def test_an_old_title_in_the_address_leads_to_the_present_one(self, client: Client) -> None:
        painting = make_painting("New name")
        for path in (f"/paintings/{painting.pk}/old-name/", f"/paintings/{painting.pk}/"):
            assert client.get(path).headers["Location"] == f"/paintings/{painting.pk}/new-name/"

    def test_markup_in_a_title_is_only_text(self, client: Client) -> None:
        painting = make_painting("<script>alert(1)</script>", artist='"><img src=x>')
        page = client.get(painting.get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x>" not in page

    def test_it_takes_as_many_queries_however_many_look_alikes(self, client: Client) -> None:
        counts = []
        for numbers in (range(3), range(3, 12)):
            made = [make_painting(f"Number {n}", artist=f"Artist {n}", style=f"Style {n}") for n in numbers]
            client.get("/")  # the index is built by whoever comes first
            with CaptureQueriesContext(connection) as queries:
                assert client.get(made[0].get_absolute_url()).status_code == 200
            counts.append(len(queries))
        in_memory = 5  # the index inside a test's transaction, a feature
        assert counts[0] == counts[1] <= 11 + in_memory * len(EncoderModel.current().card.likenesses)


class TestWhoSeesThePage:
    @pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.WITHDRAWN])
    def test_unpublished_paintings_are_there_for_the_staff_alone(
        self, client: Client, contributor: User, state: str
    ) -> None:
        painting = make_painting("Secret", state=state)
        assert client.get(painting.get_absolute_url()).status_code == 404

        response = staff(client, contributor).get(painting.get_absolute_url())

        assert "Only those who work on the catalogue see this page" in response.content.decode()
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "More like this" not in response.content.decode()

    def test_published_but_not_ready_is_not_yet_public(self, client: Client, curator: User) -> None:
        painting = make_painting("Unready", live=False)
        assert client.get(painting.get_absolute_url()).status_code == 404
        page = staff(client, curator).get(painting.get_absolute_url()).content.decode()
        assert "Published, not yet visible." in page
        assert "The picture is being prepared." in page

    def test_who_may_edit_is_led_to_the_form(self, client: Client, contributor: User) -> None:
        painting = make_painting("Public")
        page = staff(client, contributor).get(painting.get_absolute_url()).content.decode()
        assert f"/admin/gallery/painting/{painting.pk}/change/" in page

    def test_staff_without_the_permission_see_what_visitors_see(self, client: Client) -> None:
        user = User.objects.create_user("porter", is_staff=True)
        assert staff(client, user).get(make_painting("Draft", state=State.DRAFT).get_absolute_url()).status_code == 404


class TestRendition:
    @pytest.mark.parametrize(
        ("extension", "media_type"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")]
    )
    def test_of_a_public_painting_it_is_sent_with_headers_to_keep_it(
        self, client: Client, extension: str, media_type: str
    ) -> None:
        painting = make_painting("Public")
        render_files(painting.image)

        response = client.get(where(painting, extension=extension))

        assert response.headers["Content-Type"] == media_type
        assert response.headers["Cache-Control"] == "private, max-age=3600"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert Pillow.open(BytesIO(b"".join(response))).width == painting.image.width

    def test_it_is_not_sent_again_to_who_has_it(self, client: Client) -> None:
        painting = make_painting("Public")
        render_files(painting.image)
        etag = client.get(where(painting)).headers["ETag"]
        assert client.get(where(painting), headers={"if-none-match": etag}).status_code == 304

    def test_it_takes_one_query(self, client: Client, django_assert_num_queries: Any) -> None:
        painting = make_painting("Public")
        render_files(painting.image)
        with django_assert_num_queries(1):
            client.get(where(painting))

    def test_behind_a_proxy_the_proxy_sends_the_file(self, client: Client, settings: Any) -> None:
        settings.X_ACCEL_PREFIX = "/protected/"
        painting = make_painting("Public")
        response = client.get(where(painting))
        assert response.headers["X-Accel-Redirect"] == (
            f"/protected/{painting.image.rendition_path(painting.image.width, 'webp')}"
        )
        assert response.content == b""

    @pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.WITHDRAWN])
    def test_of_an_unpublished_painting_it_is_there_for_the_staff_alone(
        self, client: Client, contributor: User, state: str
    ) -> None:
        painting = make_painting("Secret", state=state)
        render_files(painting.image)
        assert client.get(where(painting)).status_code == 404

        response = staff(client, contributor).get(where(painting))

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-cache"

    def test_withdrawing_a_painting_takes_its_picture_away(self, client: Client) -> None:
        painting = make_painting("Public")
        render_files(painting.image)
        publishing.withdraw([painting], by=None)
        assert client.get(where(painting)).status_code == 404

    def test_the_new_picture_of_a_public_painting_waits_until_it_is_ready(self, client: Client, curator: User) -> None:
        painting = make_painting("Public")
        old, new = painting.image, make_image(number=77, name="new.png")
        Image.objects.filter(pk=new.pk).update(widths=[new.width])
        render_files(old)
        render_files(new)
        with journal.writing():
            painting.image = new
            painting.save()

        assert [client.get(where(painting, image)).status_code for image in (old, new)] == [200, 404]
        assert staff(client, curator).get(where(painting, new)).status_code == 200
        client.logout()
        go_live(painting)
        assert [client.get(where(painting, image)).status_code for image in (old, new)] == [404, 200]

    def test_another_paintings_picture_is_not_found_under_a_public_one(self, client: Client) -> None:
        public, draft = make_painting("Public"), make_painting("Draft", state=State.DRAFT)
        render_files(draft.image)
        assert client.get(where(public, draft.image)).status_code == 404

    def test_what_does_not_exist_is_not_found(self, client: Client) -> None:
        painting = make_painting("Public")
        render_files(painting.image)
        good = where(painting)
        sha = painting.image.sha256[:16]
        for bad in (
            good.replace("/64.", "/65."),
            good.replace(".webp", ".png"),
            good.replace(sha, sha[:15]),
            good.replace(sha, "%" * 16),
            good.replace(sha, "0" * 16),
            good.replace(f"/{painting.pk}/", "/999999/"),
        ):
            assert client.get(bad).status_code == 404, bad

    def test_avif_is_not_there_before_all_of_it_is_made(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        painting = make_painting("Public")
        render_files(painting.image)
        Image.objects.update(avif=False)

        assert client.get(where(painting, extension="avif")).status_code == 404
        assert client.get(where(painting, extension="webp")).status_code == 200
        assert "is not in the store" not in caplog.text

    def test_a_lost_file_is_not_found_and_noted(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        assert client.get(where(make_painting("Lost"))).status_code == 404
        assert "is not in the store" in caplog.text


class TestOriginal:
    def test_staff_get_the_unaltered_file(self, client: Client, contributor: User) -> None:
        painting = make_painting("Public")
        with originals.open_image(painting.image) as file:
            data = file.read()

        response = staff(client, contributor).get(f"/paintings/{painting.pk}/original")

        assert b"".join(response) == data
        assert response.headers["Content-Disposition"] == 'attachment; filename="Public.png"'
        assert response.headers["Content-Type"] == "image/png"

    def test_nobody_else_does(self, client: Client) -> None:
        path = f"/paintings/{make_painting('Public').pk}/original"
        assert client.get(path).status_code == 404
        assert staff(client, User.objects.create_user("reader")).get(path).status_code == 404

    def test_an_original_of_nothing_is_not_found(self, client: Client, curator: User) -> None:
        assert staff(client, curator).get("/paintings/999/original").status_code == 404

    def test_a_number_that_no_database_holds_is_not_found(self, client: Client, curator: User) -> None:
        for path in ("original", f"images/{'0' * 16}/320.jpg"):
            assert staff(client, curator).get(f"/paintings/{'9' * 30}/{path}").status_code == 404
