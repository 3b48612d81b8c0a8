"""A photo of a painting on a wall: which it is, and what is then compared."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.db import OperationalError

from gallery import journal
from gallery.models import Painting
from search import looking, photos, recognising, recognition, similar
from search.indexes.base import IndexUnavailable
from search.looking import Looked
from search.models import Photo
from search.query import Example, Question, Sort
from search.regions import ALL, region
from tests.factories import make_image, make_painting
from tests.search.gallery_wall import SmallEye, drawn, hang, photo, saved, vectors_of
from vectorizer.encoder import ArtifactError, artifact_path
from vectorizer.models import EncoderModel, Keypoints
from vectorizer.quadrilaterals import rectify

pytestmark = pytest.mark.django_db
PICTURE = drawn(2)


@pytest.fixture
def harbour(eye: SmallEye) -> Painting:
    """The painting that photos are taken of, among others."""
    for number in range(4):
        hang(number, f"Painting {number}")
    return Painting.objects.get(title="Painting 2")


def look(data: bytes) -> Looked:
    opened = looking.open_photo(BytesIO(data), "wall.png", photos.limits())
    return looking.look(opened, EncoderModel.current())


def keep(number: int = 2) -> Photo:
    return Photo.objects.get(token=photos.keep(BytesIO(saved(photo(number).rgb)), "wall.png"))


def withdraw(painting: Painting) -> None:
    with journal.writing():
        painting.state = Painting.State.WITHDRAWN
        painting.save()


class TestRecognised:
    def test_a_framed_painting_on_a_wall_is_recognised_and_where_it_hangs(self, harbour: Painting) -> None:
        kept = keep()

        assert kept.painting == harbour
        assert kept.inliers >= 10
        np.testing.assert_allclose(kept.quad, photo(2).corners, atol=0.02)

    def test_its_look_alikes_are_the_painting_s_and_not_the_wall_s(self, harbour: Painting, eye: SmallEye) -> None:
        kept = keep()

        seen = eye.seen[-1]
        np.testing.assert_array_equal(seen, rectify(photo(2).rgb, region(kept.quad)))
        results = similar.answer(Question(like=(Example(photo=kept.token),)))
        assert results.matches[0].painting == harbour
        distance_of_all = np.linalg.norm(eye.see(photo(2).rgb)["common512"] - vectors_of(harbour)["common512"])
        assert results.matches[0].distance < 0.6 * distance_of_all
        assert results.recognised and results.recognised.painting == harbour

    def test_words_and_filters_change_nothing_in_what_it_is(self, harbour: Painting) -> None:
        unfound = Question(like=(Example(photo=keep().token),), words="nothing has this word", sort=Sort.SIMILARITY)
        results = similar.answer(unfound)
        assert not results.matches
        assert results.recognised and results.recognised.painting == harbour

    def test_a_file_of_the_collection_is_compared_as_it_is(self, harbour: Painting, eye: SmallEye) -> None:
        token = photos.keep(BytesIO(saved(PICTURE)), "same.png")

        kept = photos.find(token)
        assert kept and kept.painting == harbour
        assert kept.quad == [list(corner) for corner in ALL]
        (first, *_) = similar.answer(Question(like=(Example(photo=token),))).matches
        assert (first.painting, first.similarity) == (harbour, 1.0)

    def test_a_painting_of_a_painting_is_itself(self, harbour: Painting, eye: SmallEye) -> None:
        wall = photo(2).rgb
        image = make_image(saved(wall))
        make_painting("The gallery wall", image=image, vectors=dict(eye.see(wall)))

        token = photos.keep(BytesIO(saved(wall)), "wall.png")

        assert not Keypoints.objects.filter(image=image).exists()
        found = photos.recognised(token)
        assert found and (found.painting.title, found.inliers, list(found.quad)) == (
            "The gallery wall",
            0,
            [list(c) for c in ALL],
        )
        (first, *_) = similar.answer(Question(like=(Example(photo=token),))).matches
        assert (first.painting.title, first.similarity) == ("The gallery wall", 1.0)

    def test_by_another_model_the_same_part_is_compared(self, harbour: Painting, eye: SmallEye) -> None:
        kept = keep()
        other = EncoderModel.objects.create(name="other", checksum="0" * 64)

        photos.vectors(kept, other)

        height, width = eye.seen[-1].shape[:2]
        assert width / height == pytest.approx(PICTURE.shape[1] / PICTURE.shape[0], rel=0.05)
        assert Photo.objects.get().model == other

    def test_what_is_not_kept_is_recognised_too(self, harbour: Painting) -> None:
        looked = look(saved(photo(2).rgb))
        shown = photos.public(looked.seen)
        assert shown and shown.painting == harbour
        assert not Photo.objects.exists()


class TestNotRecognised:
    def test_a_painting_that_is_not_in_the_collection(self, harbour: Painting, eye: SmallEye) -> None:
        kept = keep(9)

        assert (kept.painting, kept.inliers, kept.quad) == (None, 0, None)
        assert photos.recognised(kept.token) is None
        assert bytes(kept.data) == look(saved(photo(9).rgb)).vectors

    def test_paintings_without_local_features(self, eye: SmallEye) -> None:
        hang(2, known=False)
        assert keep().painting is None

    def test_local_features_of_another_version(self, harbour: Painting) -> None:
        Keypoints.objects.update(version=0)
        assert keep().painting is None

    def test_a_model_that_recognises_nothing(self, eye: SmallEye, harbour: Painting, monkeypatch: Any) -> None:
        (whole,) = eye.encode([PICTURE])
        monkeypatch.setattr(EncoderModel, "card", replace(eye.card, features=eye.card.likenesses))
        assert recognising.look(PICTURE, whole, EncoderModel.current()) is None

    @pytest.mark.parametrize("state", [Painting.State.DRAFT, Painting.State.WITHDRAWN])
    def test_a_painting_that_is_not_public(self, eye: SmallEye, state: str) -> None:
        hang(2, state=state)
        assert keep().painting is None

    def test_nothing_is_said_of_a_painting_that_is_withdrawn_later(self, harbour: Painting) -> None:
        kept = keep()
        withdraw(harbour)
        assert photos.recognised(kept.token) is None
        assert similar.answer(Question(like=(Example(photo=kept.token),))).recognised is None

    def test_or_deleted(self, harbour: Painting) -> None:
        kept = keep()
        with journal.writing():
            harbour.delete()
        kept.refresh_from_db()
        assert kept.painting is None
        assert kept.quad, "its look-alikes stay those of the painting's part"
        assert photos.recognised(kept.token) is None

    def test_a_painting_that_is_deleted_while_it_is_recognised(self, harbour: Painting, monkeypatch: Any) -> None:
        found = recognising.Seen(painting_id=10**9, inliers=40, quad=ALL)
        monkeypatch.setattr(recognising, "look", lambda *_: found)
        assert photos.recognised(keep().token) is None


class TestFailures:
    def test_a_fault_in_recognising_is_logged_and_the_photo_still_finds(
        self, harbour: Painting, monkeypatch: Any, caplog: Any
    ) -> None:
        def fail(*_: object) -> None:
            raise np.linalg.LinAlgError("SVD did not converge")

        monkeypatch.setattr(recognition, "recognise", fail)
        kept = keep()

        assert kept.painting is None
        assert similar.answer(Question(like=(Example(photo=kept.token),))).matches
        assert "could not be looked at for known paintings" in caplog.text
        assert "SVD did not converge" in caplog.text
        assert kept.token not in caplog.text

    @pytest.mark.parametrize(
        "problem",
        [
            OperationalError("database is locked"),
            ArtifactError(artifact_path("x"), "it is damaged."),
            IndexUnavailable("Elasticsearch can't be reached"),
        ],
        ids=str,
    )
    def test_what_the_search_needs_too_is_not_hidden(
        self, harbour: Painting, monkeypatch: Any, problem: Exception
    ) -> None:
        def fail(*_: object) -> None:
            raise problem

        monkeypatch.setattr(recognition, "recognise", fail)
        with pytest.raises(type(problem)):
            keep()

    def test_damaged_local_features_of_one_painting_hide_no_other(self, harbour: Painting, caplog: Any) -> None:
        other = Painting.objects.get(title="Painting 1")
        Keypoints.objects.filter(image=other.live_image).update(data=b"damaged")

        assert keep().painting == harbour
        assert f"Of 1 paintings the local features are damaged, such as of {other.pk}" in caplog.text


def test_a_photo_of_a_wall_is_encoded_once_as_a_whole(harbour: Painting, eye: SmallEye) -> None:
    eye.seen.clear()
    keep()
    whole = photo(2).rgb
    assert sum(picture.shape == whole.shape and bool((picture == whole).all()) for picture in eye.seen) == 1
