"""From examples and colours to what the results are to be near."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest

from gallery import publishing
from gallery.models import Painting
from search import details, examples, parts, photos
from search.details import NotYet
from search.indexes.base import Target
from search.query import Example, Question, QuestionError
from search.rocchio import direction
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.gallery_wall import SmallEye, drawn, saved, vectors_of
from vectorizer.features import palette_of_colours
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db
PART = parts.parse("100,50,600,900")
RED = ("ff0000", 100)


def aim(**fields: Any) -> Target:
    found = examples.target_of(Question(**fields), EncoderModel.current())
    assert found is not None
    return found


def example(painting: Painting, part: parts.Part | None = None) -> Example:
    return Example(painting=painting.pk, part=part)


class TestForAndAgainst:
    def test_each_feature_is_aimed_at_on_its_own(self) -> None:
        liked, disliked = make_painting("Liked"), make_painting("Disliked")
        target = aim(
            like=(example(liked),), unlike=(example(disliked),), weights=(("common512", 1.0), ("palette", 2.0))
        )
        assert target.weights == {"common512": 1.0, "palette": 2.0}
        for name, vector in target.vectors.items():
            assert (vector == direction([vectors_of(liked)[name]], [vectors_of(disliked)[name]])).all()

    def test_with_nothing_but_examples_against_it_is_what_is_least_like_them(self) -> None:
        disliked = make_painting("Disliked")
        target = aim(unlike=(example(disliked),))
        assert target.vectors["common512"] == pytest.approx(-vectors_of(disliked)["common512"], abs=1e-6)

    def test_whoever_is_missing_is_named_where_they_were_named(self) -> None:
        shown, hidden = make_painting("Shown"), make_painting("Hidden", state=Painting.State.DRAFT)
        token, other = "0" * 32, "1" * 32
        with pytest.raises(QuestionError) as refused:
            aim(
                like=(example(shown), example(hidden, PART), Example(photo=token)),
                unlike=(Example(painting=10**9), Example(painting=10**9 + 1), Example(photo=other, part=PART)),
            )
        missing = "There is no painting {} in the collection to compare with."
        assert refused.value.errors == {
            "like": [missing.format(hidden.pk)],
            "unlike": [missing.format(10**9), missing.format(10**9 + 1)],
            "photo": ["This photo is no longer here: photos are deleted after a while. Please choose it again."],
            "unlike_photo": ["This photo is no longer here: photos are deleted after a while. Please choose it again."],
        }

    @pytest.mark.parametrize("count", [2, 6])
    def test_however_many_examples_it_takes_two_queries(self, count: int, django_assert_num_queries: Any) -> None:
        model = EncoderModel.current()
        paintings = [make_painting(str(number)) for number in range(count)]
        taken = [photos.keep(BytesIO(picture_bytes(number)), "photo.png") for number in range(count)]
        question = Question(
            like=tuple(example(each) for each in paintings[1:]) + tuple(Example(photo=token) for token in taken),
            unlike=(example(paintings[0]),),
        )
        with django_assert_num_queries(2):
            examples.target_of(question, model)


class TestParts:
    def test_a_part_is_compared_instead_of_the_whole(self, eye: SmallEye) -> None:
        painting = make_painting("Drawn", image=make_image(saved(drawn(1))))
        target = aim(like=(example(painting, PART),))
        part = details.of_painting(painting, PART, EncoderModel.current())
        assert (target.vectors["common512"] == part["common512"]).all()
        assert not np.array_equal(target.vectors["common512"], vectors_of(painting)["common512"])

    def test_of_a_photo_too(self, eye: SmallEye) -> None:
        token = photos.keep(BytesIO(saved(drawn(2))), "photo.png")
        taken = photos.find(token)
        target = aim(like=(Example(photo=token, part=PART),))
        assert (target.vectors["common512"] == details.of(taken, PART, EncoderModel.current())["common512"]).all()

    def test_whoever_has_had_enough_encoded_waits(self, eye: SmallEye) -> None:
        painting = make_painting("Drawn", image=make_image(saved(drawn(1))))
        question = Question(like=(example(painting, PART),))
        with pytest.raises(NotYet):
            examples.target_of(question, EncoderModel.current(), permit=lambda: 30)

    @pytest.mark.parametrize("damaged", [True, False])
    def test_a_picture_that_can_not_be_read_is_said_and_logged(
        self, eye: SmallEye, folder: Any, caplog: Any, damaged: bool
    ) -> None:
        painting = make_painting("Drawn", image=make_image(saved(drawn(1))))
        original = folder / "originals" / painting.image.path
        if damaged:
            original.write_bytes(b"no picture")
        else:
            original.unlink()
        with pytest.raises(QuestionError, match=f"The picture of painting {painting.pk} can't be read at the moment"):
            aim(like=(example(painting, PART),))
        assert f"painting {painting.pk}" in caplog.text

    def test_a_painting_withdrawn_is_as_unknown_as_its_parts(self, eye: SmallEye) -> None:
        painting = make_painting("Drawn", image=make_image(saved(drawn(1))))
        aim(like=(example(painting, PART),))
        publishing.withdraw([painting], by=None)
        with pytest.raises(QuestionError, match=f"There is no painting {painting.pk} in the collection"):
            aim(like=(example(painting, PART),))


class TestColours:
    def test_alone_they_are_all_that_counts(self) -> None:
        target = aim(colours=(RED, ("0000ff", 50)), weights=(("common512", 3.0),))
        assert target.weights == {"palette": 1.0}
        assert (target.vectors["palette"] == palette_of_colours([((255, 0, 0), 100), ((0, 0, 255), 50)])).all()

    def test_with_examples_they_stand_for_the_examples_colours(self) -> None:
        painting = make_painting()
        target = aim(like=(example(painting),), colours=(RED,))
        assert target.weights == {"common512": 1.0, "palette": 1.0}
        assert target.vectors["palette"] == pytest.approx(palette_of_colours([((255, 0, 0), 1)]), abs=1e-6)
        assert (target.vectors["common512"] == vectors_of(painting)["common512"]).all()

    @pytest.mark.parametrize(
        ("weights", "palette"),
        [
            ((("common512", 4.0), ("genre512", 2.0)), 3.0),
            ((("common512", 4.0), ("palette", 0.5)), 0.5),
            ((("common512", 4.0), ("palette", 9.0)), 9.0),
        ],
    )
    def test_they_count_as_much_as_the_others_unless_it_is_said_how_much(
        self, weights: tuple[tuple[str, float], ...], palette: float
    ) -> None:
        target = aim(like=(example(make_painting()),), colours=(RED,), weights=weights)
        assert target.weights == {**dict(weights), "palette": palette}

    def test_they_are_moved_away_from_the_colours_of_what_is_against(self) -> None:
        disliked = make_painting()
        target = aim(unlike=(example(disliked),), colours=(RED,))
        red = palette_of_colours([((255, 0, 0), 1)])
        assert target.vectors["palette"] == pytest.approx(direction([red], [vectors_of(disliked)["palette"]]), abs=1e-6)

    def test_a_model_without_a_palette_says_so(self, eye: SmallEye, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(EncoderModel, "card", replace(eye.card, formulas={}))
        with pytest.raises(QuestionError, match="doesn't compare paintings by their colours"):
            aim(colours=(RED,))


def test_without_examples_there_is_nothing_to_be_like() -> None:
    assert examples.target_of(Question(words="hay"), EncoderModel.current()) is None
