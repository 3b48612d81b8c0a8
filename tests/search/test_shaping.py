"""What is left of ranked paintings, and in which order."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from gallery.models import Artist, Attribution, Painting
from search import companions, similar
from search.nearness import Nearness
from search.query import Example, Question, QuestionError, Sort
from search.similar import Results
from tests.factories import make_painting, unit
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db
CENTRE = unit(1, 512)


def at(distance: float, towards: int = 9) -> dict[str, np.ndarray]:
    """The usual feature's vector at this distance from the example's, in one of many directions."""
    return {"common512": apart(CENTRE, distance, towards)}


def apart(vector: np.ndarray, distance: float, towards: int = 9) -> np.ndarray:
    """A unit vector at this distance from another one; always in the same direction, unless told otherwise."""
    aside = unit(1000 + towards, len(vector))
    aside -= (aside @ vector) * vector
    aside /= np.linalg.norm(aside)
    cosine = 1 - distance**2 / 2
    return (cosine * vector + (1 - cosine**2) ** 0.5 * aside).astype(np.float32)


def titles(results: Results) -> list[str]:
    return [match.painting.title for match in results.matches]


@pytest.fixture
def example() -> Question:
    painting = make_painting("Example", artist="Example's", vectors={"common512": CENTRE})
    return Question(like=(Example(painting=painting.pk),))


@pytest.fixture
def by_nearness(example: Question) -> dict[str, float]:
    """Paintings that are just near enough for each word, and their similarities."""
    thresholds = EncoderModel.current().card.thresholds["common512"]
    for number, (word, similarity) in enumerate(thresholds.items()):
        make_painting(word, vectors=at(1 / (similarity + 0.001) - 1, number))
    make_painting("distant", vectors=at(1.3, 8))
    return dict(thresholds)


class TestNearness:
    def test_each_painting_is_as_near_as_its_similarity_says(
        self, example: Question, by_nearness: dict[str, float]
    ) -> None:
        results = similar.answer(example)
        assert [match.nearness for match in results.matches] == list(Nearness) == titles(results)
        assert results.weak_from == 3

    @pytest.mark.parametrize(("word", "count"), [("copy", 1), ("very_close", 2), ("related", 3)])
    def test_nothing_is_shown_that_is_less_near_than_asked(
        self, example: Question, by_nearness: dict[str, float], word: str, count: int
    ) -> None:
        results = similar.answer(example.replace(nearness=Nearness(word)))
        assert titles(results) == list(Nearness)[:count]
        assert (results.total, results.reach, results.pages, results.weak_from) == (count, count, 1, None)

    def test_where_nothing_is_really_alike_the_line_is_above_all(self, example: Question) -> None:
        make_painting("distant", vectors=at(1.3))
        assert similar.answer(example).weak_from == 0
        assert similar.answer(example.replace(nearness=Nearness.RELATED)).matches == ()

    def test_there_is_no_line_where_the_most_alike_do_not_come_first(
        self, example: Question, by_nearness: dict[str, float]
    ) -> None:
        results = similar.answer(example.replace(sort=Sort.TITLE))
        assert titles(results) == sorted(Nearness)
        assert results.weak_from is None
        assert results.matches[0].nearness is Nearness.COPY

    def test_there_are_no_words_for_colours_nor_with_something_against(
        self, example: Question, by_nearness: dict[str, float]
    ) -> None:
        other = make_painting("other")
        for asked in (
            example.replace(unlike=(Example(painting=other.pk),)),
            example.replace(colours=(("ff0000", 100),)),
            Question(colours=(("ff0000", 100),)),
            Question(unlike=example.like),
            Question(),
        ):
            results = similar.answer(asked)
            assert results.matches
            assert {match.nearness for match in results.matches} == {None}
            assert results.weak_from is None

    def test_by_a_feature_whose_nearness_is_unknown_nothing_can_be_cut_off(
        self, example: Question, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_painting("Other")
        monkeypatch.setattr(EncoderModel, "card", replace(EncoderModel.current().card, thresholds={}))
        assert similar.answer(example).matches[0].nearness is None
        with pytest.raises(QuestionError, match="How near is near is not known"):
            similar.answer(example.replace(nearness=Nearness.COPY))

    def test_look_alikes_of_a_painting_have_words_too(self, example: Question, by_nearness: dict[str, float]) -> None:
        painting = Painting.objects.get(title="Example")
        assert [match.nearness for match in similar.like(painting)] == list(Nearness)
        ((_, matches), *_) = companions.of(painting).by_feature
        assert [match.nearness for match in matches] == list(Nearness)


class TestOnce:
    def test_the_same_file_is_shown_once(self, example: Question) -> None:
        first = make_painting("First", vectors=at(0.2))
        make_painting("The same file", image=first.image, vectors=at(0.2))
        make_painting("Another", vectors=at(0.9))
        assert titles(similar.answer(example)) == ["First", "The same file", "Another"]
        results = similar.answer(example.replace(once=True))
        assert titles(results) == ["First", "Another"]
        assert (results.total, results.reach) == (2, 2)

    def test_of_copies_the_most_alike_stays(self, example: Question) -> None:
        card = EncoderModel.current().card
        limit = 1 / card.thresholds["copy128"]["copy"] - 1
        original = unit(3, 128)
        for title, distance, differing in (
            ("Copy", 0.5, limit - 0.01),
            ("Original", 0.2, 0.0),
            ("No copy", 0.9, limit + 0.01),
        ):
            make_painting(title, vectors={**at(distance), "copy128": apart(original, differing)})
        assert titles(similar.answer(example.replace(once=True))) == ["Original", "No copy"]

    def test_a_copy_of_what_is_not_shown_is_shown(self, example: Question) -> None:
        """A is like B and B like C, but not A like C: B goes, and C stays."""
        limit = 1 / EncoderModel.current().card.thresholds["copy128"]["copy"] - 1
        start = unit(3, 128)
        for place, title in enumerate("ABC"):
            vectors = {**at(0.2 + place / 10), "copy128": apart(start, place * limit * 0.9)}
            make_painting(title, vectors=vectors)
        assert titles(similar.answer(example.replace(once=True))) == ["A", "C"]

    def test_a_model_that_tells_no_copies_knows_the_same_file_at_least(
        self, example: Question, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        same = unit(3, 128)
        first = make_painting("First", vectors={**at(0.2), "copy128": same})
        make_painting("The same file", image=first.image, vectors={**at(0.2), "copy128": same})
        make_painting("A copy", vectors={**at(0.3), "copy128": same})
        monkeypatch.setattr(EncoderModel, "card", replace(EncoderModel.current().card, thresholds={}))
        assert titles(similar.answer(example.replace(once=True))) == ["First", "A copy"]

    def test_the_collection_can_be_seen_without_doubles_too(self) -> None:
        first = make_painting("First")
        make_painting("Newer", image=first.image)
        make_painting("Other")
        assert titles(similar.answer(Question(once=True))) == ["Other", "Newer"]


class TestPerArtist:
    def test_the_most_alike_of_each_artist_stay(self, example: Question) -> None:
        for place, (title, artist) in enumerate((("A1", "A"), ("A2", "A"), ("B1", "B"), ("A3", "A"), ("B2", "B"))):
            make_painting(title, artist=artist, vectors=at(0.2 + place / 10))
        assert titles(similar.answer(example.replace(per_artist=1))) == ["A1", "B1"]
        results = similar.answer(example.replace(per_artist=2))
        assert titles(results) == ["A1", "A2", "B1", "B2"]
        assert results.total == 4

    def test_what_nobody_is_named_for_is_not_counted_and_what_several_made_counts_for_each(
        self, example: Question
    ) -> None:
        for place, (title, artist) in enumerate(
            (("Both", ("A", "B")), ("A1", "A"), ("Nobody's", ()), ("B1", "B"), ("Nobody's, too", ()), ("C1", "C"))
        ):
            make_painting(title, artist=artist, vectors=at(0.2 + place / 10))
        assert titles(similar.answer(example.replace(per_artist=1))) == ["Both", "Nobody's", "Nobody's, too", "C1"]

    def test_a_restorer_is_no_artist(self, example: Question) -> None:
        restorer = Artist.objects.create(name="R")
        for place in range(2):
            painting = make_painting(f"By {place}", artist=f"A{place}", vectors=at(0.2 + place / 10))
            Attribution.objects.create(painting=painting, artist=restorer, role=Attribution.Role.RESTORER, order=9)
        assert len(similar.answer(example.replace(per_artist=1)).matches) == 2


class TestOrders:
    @pytest.fixture
    def many(self, example: Question) -> Question:
        years = (("1900", 3), ("", 1), ("1850–60", 2), ("1850", 4), ("17th century", 0), ("1900", 5), ("", 7))
        for place, (date, artist) in enumerate(years):
            name = f"Artist {artist}" if artist else ()
            make_painting(f"T{place * 5 % 7}", artist=name, display_date=date, vectors=at(0.2 + place / 10))
        make_painting("T1", artist=("Artist 3", "Artist 1"), vectors=at(0.95))
        return example

    @pytest.mark.parametrize("sort", [sort for sort in Sort if sort not in (Sort.SIMILARITY, Sort.RELEVANCE)])
    def test_look_alikes_stand_in_the_order_in_which_the_index_has_the_collection(
        self, many: Question, sort: Sort
    ) -> None:
        alike = [match.painting.pk for match in similar.answer(many.replace(sort=sort)).matches]
        collection = [match.painting.pk for match in similar.answer(Question(sort=sort)).matches]
        assert alike == [id_ for id_ in collection if id_ not in many.paintings]
        assert len(alike) == 8

    def test_only_the_most_alike_are_put_in_another_order(self, many: Question, settings: Any) -> None:
        settings.SEARCH_DEPTH = 4
        alike = titles(similar.answer(many))
        assert titles(similar.answer(many.replace(sort=Sort.TITLE))) == sorted(alike)
        assert len(alike) == 4

    def test_pages_of_them_follow_each_other(self, many: Question) -> None:
        question = many.replace(sort=Sort.OLDEST, page_size=3)
        found = [title for page in (1, 2, 3) for title in titles(similar.answer(question.replace(page=page)))]
        assert found == titles(similar.answer(question.replace(page_size=60)))
        assert similar.answer(question).pages == 3

    def test_of_an_artists_paintings_the_most_alike_are_put_in_order(self, example: Question) -> None:
        for place, year in enumerate(("1900", "1800", "1850")):
            make_painting(year, artist="A", display_date=year, vectors=at(0.2 + place / 10))
        assert titles(similar.answer(example.replace(per_artist=2, sort=Sort.OLDEST))) == ["1800", "1900"]

    def test_words_leave_out_what_does_not_have_them(self, many: Question) -> None:
        assert titles(similar.answer(many.replace(words="T1", sort=Sort.ARTIST))) == ["T1", "T1"]


@pytest.mark.parametrize("count", [2, 12])
def test_however_many_paintings_it_takes_as_many_queries(
    count: int, example: Question, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_painting(f"Painting {number}", artist=f"Artist {number}", vectors=at(0.2))
    shaped = example.replace(nearness=Nearness.RELATED, once=True, per_artist=3, sort=Sort.ARTIST)
    similar.answer(shaped)
    plain = 9  # tests/search/test_similar.py has them one by one
    with django_assert_num_queries(plain + 5):  # images, identities, artists, paintings in order, their first artists
        assert len(similar.answer(shaped).matches) == count
