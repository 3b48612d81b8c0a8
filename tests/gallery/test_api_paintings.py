"""Paintings over HTTP: what is shown to whom, and writing with a token."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from gallery.models import Artist, Attribution, Change, Image, Painting, Style
from tests.bad_files import BAD_FILES, LIMITS, BadFile
from tests.clients import signed_in
from tests.factories import go_live, make_image, make_painting, picture_bytes

pytestmark = pytest.mark.django_db
PAINTINGS = "/api/v1/paintings/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


@pytest.fixture
def desk(curator: User) -> APIClient:
    return signed_in(curator)


def upload(number: int = 1, name: str = "harbour.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes(number), "image/png")


def add(client: APIClient, **fields: Any) -> Any:
    return client.post(PAINTINGS, {"title": "Harbour", "image": upload()} | fields, format="multipart")


def of(painting: Painting, *parts: str) -> str:
    return "/".join([f"{PAINTINGS}{painting.pk}", *parts, ""])


# What is shown


def test_a_painting_is_shown_with_all_that_a_visitor_may_know(visitor: APIClient) -> None:
    painting = make_painting(
        "L’Été", artist="Ines Quill", style="Impressionism", genre="Landscape", display_date="c. 1889",
        rights=CC0, medium="Oil", collection="City Museum", notes="secret",
        authority_uris="https://a.example/1\nhttps://b.example/2",
    )  # fmt: skip
    shown = visitor.get(of(painting)).json()
    image = shown.pop("image")
    assert shown == {
        "id": painting.pk,
        "url": f"http://testserver/paintings/{painting.pk}/l-ete/",
        "title": "L’Été",
        "artists": [{"name": "Ines Quill", "slug": "ines-quill", "role": "artist", "qualifier": ""}],
        "style": {"name": "Impressionism", "slug": "impressionism"},
        "genre": {"name": "Landscape", "slug": "landscape"},
        "display_date": "c. 1889",
        "first_year": 1884,
        "last_year": 1894,
        "medium": "Oil",
        "dimensions": "",
        "object_number": "",
        "collection": "City Museum",
        "credit_line": "",
        "rights": {"uri": CC0, "label": "CC0 1.0 (public domain dedication)"},
        "alt_text": "",
        "authority_uris": ["https://a.example/1", "https://b.example/2"],
    }
    address = f"http://testserver/paintings/{painting.pk}/images/{painting.image.sha256[:16]}/64"
    assert image["renditions"] == [
        {"width": 64, "height": 48, "format": "webp", "url": f"{address}.webp"},
        {"width": 64, "height": 48, "format": "jpeg", "url": f"{address}.jpg"},
    ]
    assert (image["width"], image["height"], image["placeholder"]) == (64, 48, "data:,")


def test_renditions_as_avif_are_listed_first_where_they_are_there(visitor: APIClient) -> None:
    painting = make_painting()
    Image.objects.update(widths=[32, 64], avif=True)

    listed = visitor.get(of(painting)).json()["image"]["renditions"]

    formats = ["avif", "webp", "jpeg"]
    assert [(each["width"], each["format"]) for each in listed] == [
        (width, name) for width in (32, 64) for name in formats
    ]
    address = f"http://testserver/paintings/{painting.pk}/images/{painting.image.sha256[:16]}"
    assert [each["url"] for each in listed[:3]] == [f"{address}/32.{name}" for name in ("avif", "webp", "jpg")]


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_is_not_published_is_not_found(visitor: APIClient, state: str) -> None:
    response = visitor.get(of(make_painting(state=state)))
    assert (response.status_code, list(response.json())) == (404, ["detail"])


def test_what_is_published_but_not_ready_is_not_found(visitor: APIClient) -> None:
    assert visitor.get(of(make_painting(live=False))).status_code == 404


def test_a_token_shows_drafts_and_the_internal_fields(desk: APIClient) -> None:
    draft = make_painting(state="draft", live=False, notes="Ask again", source="museum", source_id="7")
    shown = desk.get(of(draft)).json()
    assert {name: shown[name] for name in ("state", "ready", "notes", "source", "source_id")} == {
        "state": "draft", "ready": False, "notes": "Ask again", "source": "museum", "source_id": "7",
    }  # fmt: skip
    assert shown["version"] == draft.version > 0
    assert shown["image"]["renditions"] == []


def test_a_token_of_somebody_who_does_not_work_on_the_catalogue_shows_no_draft() -> None:
    client = signed_in(User.objects.create_user("member"))
    assert client.get(of(make_painting(state="draft"))).status_code == 404
    assert "notes" not in client.get(of(make_painting())).json()


def test_until_a_new_image_is_ready_everybody_sees_the_old_one(desk: APIClient, visitor: APIClient) -> None:
    painting = make_painting()
    old = visitor.get(of(painting)).json()["image"]
    response = desk.patch(of(painting), {"image": upload(77)}, format="multipart")
    assert (response.status_code, response.json()["ready"]) == (200, False)
    assert visitor.get(of(painting)).json()["image"] == old
    painting.refresh_from_db()
    go_live(painting)
    assert visitor.get(of(painting)).json()["image"] != old


# Adding


def test_a_curator_adds_a_painting_with_its_image(desk: APIClient, curator: User) -> None:
    Artist.objects.create(name="Ines Quill")
    Artist.objects.create(name="Otto Brandt")
    Style.objects.create(name="Impressionism")
    response = add(
        desk,
        style="impressionism",
        display_date="1889–90",
        rights=CC0,
        authority_uris=["https://a.example/1", "https://b.example/2"],
        attributions=json.dumps(
            [{"artist": "otto-brandt", "qualifier": "after"}, {"artist": "ines-quill", "role": "copyist"}]
        ),
    )
    shown = response.json()
    assert response.status_code == 201
    assert (shown["state"], shown["ready"], shown["first_year"], shown["last_year"]) == ("draft", False, 1889, 1890)
    assert [(a["slug"], a["role"], a["qualifier"]) for a in shown["artists"]] == [
        ("otto-brandt", "artist", "after"),
        ("ines-quill", "copyist", ""),
    ]
    assert shown["authority_uris"] == ["https://a.example/1", "https://b.example/2"]
    painting = Painting.objects.get()
    assert painting.image.name == "harbour.png"
    assert list(Change.objects.values_list("painting_id", "kind", "user")) == [(painting.pk, "created", curator.pk)]
    assert painting.history.get().history_user == curator


def test_a_painting_needs_its_image(desk: APIClient) -> None:
    response = desk.post(PAINTINGS, {"title": "Harbour"}, format="multipart")
    assert response.status_code == 400
    assert "needs its image" in response.json()["image"][0]


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_its_own_sentence_and_nothing_is_written(
    desk: APIClient, settings: Any, bad: BadFile
) -> None:
    settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels
    response = add(desk, image=SimpleUploadedFile(bad.name, bad.make()))
    assert response.status_code == 400
    (sentence,) = response.json()["image"]
    assert sentence.startswith(("“", "The file"))
    assert not Painting.objects.exists()
    assert not Image.objects.exists()


def test_nothing_is_stored_of_a_good_image_beside_a_bad_field(desk: APIClient) -> None:
    assert add(desk, title="").status_code == 400
    assert not Image.objects.exists()


def test_the_same_source_and_id_are_refused_once_they_are_there(desk: APIClient) -> None:
    first = make_painting(source="museum", source_id="7")
    response = add(desk, source="museum", source_id="7")
    assert response.status_code == 400
    assert response.json() == {"source_id": [f"The painting {first.pk} has this id of this source already."]}
    assert add(desk, source="another museum", source_id="7").status_code == 201
    assert desk.patch(of(first), {"source_id": "7"}).status_code == 200


# Wrong fields


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": "x" * 301}, "title", "300"),
        ({"title": "nul\0"}, "title", "Null"),
        ({"title": "\ud800"}, "title", "urrogate"),
        ({"title": ["Harbour"]}, "title", "valid string"),
        ({"titel": "Harbour"}, "titel", "There is no such field"),
        ({"display_date": "yesterdayish"}, "display_date", "not understood"),
        ({"first_year": 10**30}, "first_year", "9999"),
        ({"first_year": "soon"}, "first_year", "integer"),
        ({"first_year": 1900, "last_year": 1800}, "last_year", "before the first"),
        ({"rights": "https://example.com/mine"}, "rights", "no rights statement"),
        ({"authority_uris": ["Q42"]}, "authority_uris", "no web address"),
        ({"authority_uris": "https://a.example/"}, "authority_uris", "list"),
        ({"style": "impresionism"}, "style", "There is no style with the slug “impresionism”"),
        ({"style": 7}, "style", "Write the slug as a text"),
        ({"genre": "n\0"}, "genre", "There is no genre"),
        ({"attributions": [{"artist": "nobody"}]}, "attributions", "1.artist: There is no artist"),
        ({"attributions": [{"role": "artist"}]}, "attributions", "1.artist: This field is required"),
        ({"attributions": [{"artist": "ines-quill", "role": "cook"}]}, "attributions", "1.role: "),
        ({"attributions": [{"artist": "ines-quill", "colour": "red"}]}, "attributions", "1.colour: There is no"),
        ({"attributions": [{"artist": "ines-quill"}] * 2}, "attributions", "2.artist: This artist is named twice"),
        ({"attributions": ["ines-quill"]}, "attributions", "1: Invalid data"),
        ({"image": "not a file"}, "image", "not a file"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_wrong(
    desk: APIClient, fields: dict[str, Any], field: str, words: str
) -> None:
    Artist.objects.create(name="Ines Quill")
    painting = make_painting()
    response = desk.generic("PATCH", of(painting), json.dumps(fields), content_type="application/json")
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert words in " ".join(response.json()[field])
    assert Change.objects.filter(painting_id=painting.pk, user__isnull=False).count() == 0


@pytest.mark.parametrize("text", ["{", '{"artist": 1} 2', "[" * 100_000])
def test_attributions_in_a_form_that_are_no_json_are_refused(desk: APIClient, text: str) -> None:
    response = add(desk, attributions=text)
    assert response.json() == {"attributions": ["In a form, write this as JSON."]}


def test_an_empty_field_of_a_form_empties_what_may_be_empty(desk: APIClient) -> None:
    painting = make_painting(style="Impressionism", display_date="1889", medium="Oil")
    response = desk.patch(
        of(painting), {"style": "", "first_year": "", "last_year": "", "medium": ""}, format="multipart"
    )
    assert response.status_code == 200
    assert (response.json()["style"], response.json()["medium"]) == (None, "")


# Changing


def test_patch_changes_what_is_sent_and_nothing_else(desk: APIClient, curator: User) -> None:
    painting = make_painting(medium="Oil", style="Cubism", artist="Ines Quill")
    before = painting.version
    shown = desk.patch(of(painting), {"title": "Evening"}).json()
    assert (shown["title"], shown["medium"], shown["style"]["slug"]) == ("Evening", "Oil", "cubism")
    assert shown["artists"][0]["slug"] == "ines-quill"
    assert shown["version"] > before
    assert Change.objects.latest("id").user == curator


def test_years_follow_a_changed_date_unless_they_are_sent(desk: APIClient) -> None:
    painting = make_painting(display_date="1700")
    first = desk.patch(of(painting), {"display_date": "1889–90"}).json()
    assert (first["first_year"], first["last_year"]) == (1889, 1890)
    second = desk.patch(of(painting), {"display_date": "1900", "first_year": 1880, "last_year": 1885}).json()
    assert (second["first_year"], second["last_year"]) == (1880, 1885)
    third = desk.patch(of(painting), {"display_date": "1900", "title": "Same date"}).json()
    assert (third["first_year"], third["last_year"]) == (1880, 1885)


def test_put_empties_what_is_left_out_but_keeps_the_image(desk: APIClient) -> None:
    painting = make_painting(medium="Oil", style="Cubism", artist="Ines Quill", display_date="1889", notes="Old")
    shown = desk.put(of(painting), {"title": "Anew"}).json()
    assert (shown["title"], shown["medium"], shown["style"], shown["notes"]) == ("Anew", "", None, "")
    assert (shown["artists"], shown["display_date"], shown["first_year"]) == ([], "", None)
    assert shown["state"] == "published"
    painting.refresh_from_db()
    assert painting.live_image == painting.image


def test_put_needs_a_title(desk: APIClient) -> None:
    assert desk.put(of(make_painting()), {"medium": "Oil"}).json() == {"title": ["This field is required."]}


def test_attributions_are_replaced_as_a_whole_and_those_that_stay_keep_their_row(desk: APIClient) -> None:
    painting = make_painting(artist=("Ines Quill", "Otto Brandt"))
    kept = Attribution.objects.get(artist__slug="otto-brandt")
    shown = desk.patch(of(painting), {"attributions": [{"artist": "otto-brandt", "qualifier": "circle of"}]}).json()
    assert [(a["slug"], a["qualifier"]) for a in shown["artists"]] == [("otto-brandt", "circle of")]
    assert Attribution.objects.get() == kept


def test_a_change_keeps_what_another_did_between_reading_and_writing(desk: APIClient, monkeypatch: Any) -> None:
    from gallery.api.writing import PaintingWriteSerializer

    painting = make_painting()
    validate = PaintingWriteSerializer.validate

    def slowly(self: Any, attrs: Any) -> Any:
        Painting.objects.filter(pk=painting.pk).update(state="withdrawn", medium="Oil")
        return validate(self, attrs)

    monkeypatch.setattr(PaintingWriteSerializer, "validate", slowly)
    shown = desk.patch(of(painting), {"title": "Evening"}).json()
    assert (shown["title"], shown["state"], shown["medium"]) == ("Evening", "withdrawn", "Oil")


def test_what_another_deletes_while_it_is_changed_is_not_found(desk: APIClient, monkeypatch: Any) -> None:
    from gallery.api.writing import PaintingWriteSerializer

    painting = make_painting()
    monkeypatch.setattr(PaintingWriteSerializer, "validate", lambda self, attrs: (painting.delete(), attrs)[1])
    assert desk.patch(of(painting), {"title": "Evening"}).status_code == 404


def test_what_another_wrote_at_the_same_time_is_a_sentence_not_a_fault(desk: APIClient, monkeypatch: Any) -> None:
    from gallery.api.writing import PaintingWriteSerializer

    make_painting(source="museum", source_id="7")
    monkeypatch.setattr(PaintingWriteSerializer, "_check_source", lambda self, values: None)
    response = add(desk, source="museum", source_id="7")
    assert response.status_code == 400
    assert "at the same time" in response.json()["detail"]


# Deleting, publishing, withdrawing


def test_delete_removes_a_painting(desk: APIClient, visitor: APIClient, curator: User) -> None:
    painting = make_painting()
    assert desk.delete(of(painting)).status_code == 204
    assert visitor.get(of(painting)).status_code == 404
    last = Change.objects.latest("id")
    assert (last.painting_id, last.kind, last.user) == (painting.pk, "deleted", curator)


def test_publishing_and_withdrawing_show_and_hide(desk: APIClient, visitor: APIClient) -> None:
    painting = make_painting(state="draft")
    assert desk.post(of(painting, "publish")).json()["state"] == "published"
    assert visitor.get(of(painting)).status_code == 200
    assert desk.post(of(painting, "publish")).status_code == 200
    assert desk.post(of(painting, "withdraw")).json()["state"] == "withdrawn"
    assert visitor.get(of(painting)).status_code == 404
    assert desk.post(of(painting, "publish")).json()["state"] == "published"


def test_a_draft_cannot_be_withdrawn(desk: APIClient) -> None:
    response = desk.post(of(make_painting(state="draft"), "withdraw"))
    assert (response.status_code, response.json()) == (
        409,
        {"detail": "This painting is draft: it can't become withdrawn."},
    )


# Who may


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", ""),
        ("put", "{}/"),
        ("patch", "{}/"),
        ("delete", "{}/"),
        ("post", "{}/publish/"),
        ("post", "{}/withdraw/"),
    ],
)
def test_nobody_writes_without_a_token(visitor: APIClient, method: str, path: str) -> None:
    painting = make_painting()
    response = getattr(visitor, method)(PAINTINGS + path.format(painting.pk), {"title": "Mine"})
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")
    painting.refresh_from_db()
    assert (painting.title, painting.state) == ("Untitled", "published")


def test_a_contributor_adds_and_changes_drafts_but_decides_nothing(contributor: User) -> None:
    client = signed_in(contributor)
    created = add(client)
    painting = Painting.objects.get()
    assert created.status_code == 201
    assert client.patch(of(painting), {"title": "Evening"}).status_code == 200
    for refused in (
        client.delete(of(painting)),
        client.post(of(painting, "publish")),
        client.post(of(painting, "withdraw")),
    ):
        assert (refused.status_code, list(refused.json())) == (403, ["detail"])
    assert Painting.objects.get().state == "draft"


def test_a_contributor_does_not_change_what_is_published(contributor: User) -> None:
    response = signed_in(contributor).patch(of(make_painting()), {"title": "Mine"})
    assert response.status_code == 403
    assert "those who may publish" in response.json()["detail"]


def test_what_is_published_while_a_contributor_writes_stays_as_it_is(contributor: User, monkeypatch: Any) -> None:
    from gallery.api.writing import PaintingWriteSerializer

    painting = make_painting(state="draft")

    def slowly(self: Any, attrs: Any) -> Any:
        Painting.objects.filter(pk=painting.pk).update(state="published")
        return attrs

    monkeypatch.setattr(PaintingWriteSerializer, "validate", slowly)
    assert signed_in(contributor).patch(of(painting), {"title": "Mine"}).status_code == 403
    painting.refresh_from_db()
    assert painting.title == "Untitled"


def test_the_permission_to_publish_is_not_the_one_to_withdraw() -> None:
    user = User.objects.create_user("publisher", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["publish_painting", "view_painting"]))
    client, painting = signed_in(user), make_painting(state="draft")
    assert client.post(of(painting, "publish")).status_code == 200
    assert client.post(of(painting, "withdraw")).status_code == 403


@pytest.mark.parametrize("header", ["Token", "Token wrong", "Token a b", "Token \xff\xfe", "Token " + "a" * 5000])
def test_a_wrong_token_is_refused(visitor: APIClient, header: str) -> None:
    response = visitor.get(of(make_painting()), headers={"Authorization": header})
    assert (response.status_code, list(response.json())) == (401, ["detail"])


def test_the_token_of_somebody_who_was_dismissed_is_refused(desk: APIClient, curator: User) -> None:
    User.objects.filter(pk=curator.pk).update(is_active=False)
    assert desk.get(of(make_painting())).status_code == 401


def test_an_image_that_is_there_already_is_stored_once(desk: APIClient) -> None:
    image = make_image(picture_bytes(1))
    add(desk)
    assert Painting.objects.get().image == image


@pytest.mark.parametrize(
    ("is_staff", "permissions"),
    [(False, ["view_painting", "add_painting", "change_painting", "publish_painting"]), (True, ["add_painting"])],
)
def test_who_may_not_see_drafts_writes_nothing(is_staff: bool, permissions: list[str]) -> None:
    user = User.objects.create_user("somebody", is_staff=is_staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=[*permissions, "add_style"]))
    there = make_painting("Bridge")
    client = signed_in(user)
    new = {"title": "New", "image": SimpleUploadedFile("new.png", picture_bytes(5))}

    assert client.post(PAINTINGS, new, format="multipart").status_code == 403
    assert client.patch(f"{PAINTINGS}{there.pk}/", {"title": "Other"}, format="json").status_code == 403
    assert client.post(f"{PAINTINGS}{there.pk}/publish/").status_code == 403
    assert client.post("/api/v1/styles/", {"name": "New"}, format="json").status_code == 403
    assert Painting.objects.get() == there
    assert not Style.objects.exists()
