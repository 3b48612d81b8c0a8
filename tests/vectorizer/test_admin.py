"""Vector status in the admin: shown, filtered, retried; the single upload that is prepared at once."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from gallery.models import Change, Painting
from tests.factories import make_image, make_painting
from tests.gallery.desk import ADD, CHANGE, LIST, action, address, as_it_is, file, filled, messages, signed_in
from vectorizer import preparing, status
from vectorizer.encoder import ArtifactError
from vectorizer.models import Attempt, EncoderModel, Vectors
from vectorizer.status import Progress

pytestmark = pytest.mark.django_db

FAILED = "admin:vectorizer_attempt_changelist"


def fail(painting: Painting, count: int = 3, reason: str = "“picture.png” is damaged.") -> Attempt:
    return Attempt.objects.create(image=painting.image, model=EncoderModel.current(), count=count, reason=reason)


@pytest.fixture
def three() -> dict[Progress, Painting]:
    """A painting of each progress."""
    paintings = {
        Progress.READY: make_painting("Ready"),
        Progress.WAITING: make_painting("Waiting", live=False),
        Progress.FAILED: make_painting("Failed", live=False),
    }
    fail(paintings[Progress.FAILED])
    return paintings


def test_each_painting_has_its_status(three: dict[Progress, Painting]) -> None:
    found = status.of(three.values())
    assert {progress: found[painting.pk].progress for progress, painting in three.items()} == {p: p for p in Progress}
    assert str(found[three[Progress.FAILED].pk]) == "failed: “picture.png” is damaged."
    assert str(found[three[Progress.READY].pk]) == "ready"


def test_a_first_failure_is_not_the_last(settings: Any) -> None:
    painting = make_painting(live=False)
    fail(painting, count=settings.VECTORIZE_ATTEMPTS - 1)
    found = status.of([painting])[painting.pk]
    assert found.progress is Progress.WAITING
    assert found.reason == "“picture.png” is damaged."


def test_an_attempt_that_killed_its_process_has_a_reason_too() -> None:
    painting = make_painting(live=False)
    fail(painting, reason="")
    assert "without a word" in status.of([painting])[painting.pk].reason


@pytest.mark.parametrize("progress", Progress)
def test_the_filter_shows_those(progress: Progress, three: dict[Progress, Painting], curator: User) -> None:
    shown = signed_in(curator).get(address(LIST), {"vectors": progress.value}).context["cl"].result_list
    assert list(shown) == [three[progress]]


@pytest.mark.parametrize("value", ["", "nonsense"])
def test_another_filter_shows_all(value: str, three: dict[Progress, Painting], curator: User) -> None:
    assert len(signed_in(curator).get(address(LIST), {"vectors": value}).context["cl"].result_list) == 3


def test_before_any_model_is_active_all_wait(curator: User) -> None:
    painting = make_painting(live=False)
    assert status.of([painting])[painting.pk].progress is Progress.WAITING
    assert list(status.only(Painting.objects.all(), Progress.WAITING)) == [painting]


def test_the_list_and_the_form_give_the_reason(three: dict[Progress, Painting], curator: User) -> None:
    client = signed_in(curator)
    assert "“picture.png” is damaged." in client.get(address(LIST)).text
    text = client.get(address(CHANGE, three[Progress.FAILED].pk)).text
    assert "“picture.png” is damaged." in text
    assert "Save and try again" in text
    assert "Save and try again" not in client.get(address(CHANGE, three[Progress.READY].pk)).text


def test_the_status_of_more_paintings_needs_no_more_queries(curator: User) -> None:
    client = signed_in(curator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(LIST))
        return len(captured)

    fail(make_painting("A", live=False))
    queries()
    few = queries()
    for number in range(8):
        make_painting(f"B{number}")
    fail(make_painting("C", live=False))
    assert queries() == few


def test_vectorize_again_forgets_the_failures(three: dict[Progress, Painting], curator: User) -> None:
    response = signed_in(curator).post(address(LIST), action("vectorize_again", *three.values()), follow=True)
    assert messages(response) == ["1 picture will be tried again in a moment."]
    assert not Attempt.objects.exists()
    response = signed_in(curator).post(address(LIST), action("vectorize_again", *three.values()), follow=True)
    assert messages(response) == ["None of these has failed; there is nothing to try again."]


def test_the_forms_button_saves_and_tries_again(three: dict[Progress, Painting], curator: User) -> None:
    painting = three[Progress.FAILED]
    data = as_it_is(painting, title="New title") | {"_vectorize": "1"}
    signed_in(curator).post(address(CHANGE, painting.pk), data)
    painting.refresh_from_db()
    assert painting.title == "New title"
    assert not Attempt.objects.exists()


def test_contributors_retry_nothing(three: dict[Progress, Painting], contributor: User, settings: Any) -> None:
    client = signed_in(contributor)
    failed = make_painting("Draft", live=False, state="draft")
    fail(failed)
    client.post(address(LIST), action("vectorize_again", failed))
    assert client.post(address(CHANGE, failed.pk), as_it_is(failed) | {"_vectorize": "1"}).status_code == 403
    assert client.get(address(FAILED)).status_code == 403
    assert Attempt.objects.count() == 2


def test_the_pictures_that_failed_are_listed_and_tried_again(three: dict[Progress, Painting], curator: User) -> None:
    client = signed_in(curator)
    page = client.get(address(FAILED))
    assert "Pictures that failed" in page.text
    assert "“picture.png” is damaged." in page.text
    assert address(CHANGE, three[Progress.FAILED].pk) in page.text
    data = {"action": "try_again", "_selected_action": [Attempt.objects.get().pk]}
    response = client.post(address(FAILED), data, follow=True)
    assert messages(response) == ["1 picture will be tried again in a moment."]
    assert not Attempt.objects.exists()


def test_a_failure_without_a_painting_is_listed_too(curator: User) -> None:
    painting = make_painting(live=False)
    fail(painting)
    painting.delete()
    assert "“picture.png” is damaged." in signed_in(curator).get(address(FAILED)).text


@pytest.mark.parametrize("model", ["attempt", "encodermodel"])
@pytest.mark.parametrize("way", ["add", "change", "delete"])
def test_failures_and_models_are_only_looked_at(model: str, way: str, three: object) -> None:
    boss = signed_in(User.objects.create_superuser("boss"))
    keys = {"attempt": Attempt, "encodermodel": EncoderModel}
    arguments = [] if way == "add" else [keys[model].objects.get().pk]
    place = address(f"admin:vectorizer_{model}_{way}", *arguments)
    assert boss.post(place, {"post": "yes"}).status_code == 403


def test_the_models_are_listed_with_their_images(curator: User) -> None:
    make_painting()
    response = signed_in(curator).get(address("admin:vectorizer_encodermodel_changelist"))
    (row,) = response.context["cl"].result_list
    assert row.number == 1
    assert row.name in response.text


def test_one_upload_is_ready_when_its_form_is(curator: User) -> None:
    response = signed_in(curator).post(address(ADD), filled(picture=file(1), _publish="1"), follow=True)
    painting = Painting.objects.get()
    assert painting.is_public
    assert Vectors.objects.filter(image=painting.image).exists()
    assert 'class="badge vectors-ready"' in response.text
    assert [entry.kind for entry in Change.objects.all()][-1] == "vectors"


@pytest.mark.parametrize("problem", [ArtifactError(Path("nowhere"), "no artifact"), DatabaseError("busy")])
def test_what_goes_wrong_in_preparing_does_not_fail_the_form(
    problem: Exception, curator: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise problem

    monkeypatch.setattr(preparing, "prepare", broken)
    response = signed_in(curator).post(address(ADD), filled(picture=file(1)), follow=True)
    assert response.status_code == 200
    assert Painting.objects.count() == 1
    assert "waits for the worker" in caplog.text


def test_a_picture_that_failed_too_often_is_left_alone_by_the_form(curator: User) -> None:
    painting = make_painting("Failed", live=False, state="draft")
    attempt = fail(painting)
    signed_in(curator).post(address(CHANGE, painting.pk), as_it_is(painting, title="New"))
    attempt.refresh_from_db()
    assert attempt.count == 3


def test_who_may_not_see_drafts_reads_no_titles_of_them_among_what_failed() -> None:
    fail(make_painting("Secret", state="draft", live=False, image=make_image(name="scan.png")))
    user = User.objects.create_user("technician", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_attempt"))
    text = signed_in(user).get(address(FAILED)).text
    assert "scan.png" in text
    assert "Secret" not in text
