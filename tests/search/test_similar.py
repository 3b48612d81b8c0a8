"""Questions and their answers, through the database's index."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest

from gallery import originals, publishing
from gallery.models import Painting
from search import indexes, photos, similar
from search.filters import Filters
from search.indexes.base import Found, Index
from search.query import Example, Question, QuestionError, Sort
from tests.factories import give_vectors, make_image, make_painting, picture_bytes, unit
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db


def titles(question: Question) -> list[str]:
    return [match.painting.title for match in similar.answer(question).matches]


def shown(paintings: tuple[similar.Match, ...]) -> list[str]:
    return [match.painting.title for match in paintings]


class TestAnswer:
    def test_without_examples_it_is_the_collection_newest_first(self) -> None:
        for title in ("First", "Second"):
            make_painting(title)

        results = similar.answer(Question())

        assert shown(results.matches) == ["Second", "First"]
        assert (results.total, results.pages) == (2, 1)
        assert [match.similarity for match in results.matches] == [None, None]
        assert results.facets == {}

    def test_by_an_example_the_nearest_come_first_and_the_example_not_at_all(self) -> None:
        example = make_painting("Example", vectors={"common512": unit(1, 512)})
        make_painting("Far")
        make_painting("Near", vectors={"common512": nudged(unit(1, 512), 0.1)})

        results = similar.answer(Question(like=(Example(painting=example.pk),)))

        assert shown(results.matches) == ["Near", "Far"]
        near, far = results.matches
        assert near.similarity == round(1 / (1 + near.distance), 6) > far.similarity
        assert near.shares == {"common512": 1.0}

    def test_several_examples_are_asked_for_by_their_mean(self) -> None:
        one, two = unit(1, 512), unit(2, 512)
        examples = [make_painting(str(n), vectors={"common512": vector}) for n, vector in enumerate((one, two))]
        between = (one + two) / np.linalg.norm(one + two)
        make_painting("Like the first", vectors={"common512": nudged(one, 0.5)})
        make_painting("Like both", vectors={"common512": between.astype(np.float32)})

        results = similar.answer(Question(like=tuple(Example(painting=example.pk) for example in examples)))

        assert shown(results.matches) == ["Like both", "Like the first"]
        assert results.matches[0].similarity == pytest.approx(1, abs=1e-6)

    def test_opposite_examples_still_have_an_answer(self) -> None:
        vector = unit(1, 512)
        examples = [make_painting("One", vectors={"common512": sign * vector}) for sign in (1, -1)]
        make_painting("Like the first", vectors={"common512": nudged(vector, 0.1)})

        results = similar.answer(Question(like=tuple(Example(painting=example.pk) for example in examples)))

        assert results.matches[0].similarity > 0.8

    def test_weights_say_what_alike_means(self) -> None:
        same = unit(1, 512), unit(2, 199)
        example = make_painting("Example", vectors={"common512": same[0], "palette": same[1]})
        make_painting("Same form", vectors={"common512": same[0]})
        make_painting("Same colours", vectors={"palette": same[1]})

        def order(**weights: float) -> list[str]:
            return titles(Question(like=(Example(painting=example.pk),), weights=tuple(weights.items())))

        assert order() == order(common512=1.0) == order(common512=3.0, palette=1.0) == ["Same form", "Same colours"]
        assert order(palette=1.0) == order(common512=1.0, palette=3.0) == ["Same colours", "Same form"]

    def test_a_draft_is_never_an_example_nor_a_result(self) -> None:
        public = make_painting("Public")
        draft = make_painting("Draft", state=Painting.State.DRAFT)

        assert titles(Question()) == ["Public"]
        with pytest.raises(QuestionError) as of_draft:
            similar.answer(Question(like=(Example(painting=public.pk), Example(painting=draft.pk))))
        with pytest.raises(QuestionError) as of_nothing:
            similar.answer(Question(like=(Example(painting=public.pk), Example(painting=10**9))))
        assert of_draft.value.errors == {
            "like": [f"There is no painting {draft.pk} in the collection to compare with."]
        }
        assert str(of_nothing.value) == str(of_draft.value).replace(str(draft.pk), str(10**9))

    def test_a_painting_withdrawn_after_the_index_was_asked_is_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_painting("Kept")
        withdrawn = make_painting("Withdrawn")
        index = indexes.index()

        class Late(Index):
            def find(self, query: Any) -> Found:
                found = index.find(query)
                publishing.withdraw([withdrawn], by=None)
                return found

            def compact(self, model: EncoderModel) -> bool:
                return False

            def rebuild(self, model: EncoderModel) -> int:
                return 0

            def forget(self, model: EncoderModel) -> None:
                pass

        monkeypatch.setattr(indexes, "index", Late)

        assert titles(Question()) == ["Kept"]

    def test_words_are_found_without_accents_and_case(self) -> None:
        make_painting("L'Été", artist="Émile Bernard")
        make_painting("Winter", artist="Emil Nolde")

        assert titles(Question(words="ÉMIL ete")) == ["L'Été"]
        assert titles(Question(words="emil")) == ["Winter", "L'Été"]
        assert titles(Question(words="?!")) == ["Winter", "L'Été"]

    def test_facets_say_what_is_chosen(self) -> None:
        make_painting("A", style="Cubism")
        make_painting("B", style="Fauvism")

        results = similar.answer(Question(filters=Filters(styles=("cubism",))), facets=True)

        assert [(facet.value, facet.label, facet.count, facet.selected) for facet in results.facets["style"]] == [
            ("cubism", "Cubism", 1, True),
            ("fauvism", "Fauvism", 1, False),
        ]

    def test_pages_follow_each_other(self) -> None:
        for n in range(5):
            make_painting(str(n))
        question = Question(sort=Sort.TITLE, page_size=2)

        assert [titles(question.replace(page=page)) for page in (1, 2, 3)] == [["0", "1"], ["2", "3"], ["4"]]
        assert similar.answer(question).pages == 3
        with pytest.raises(QuestionError, match="There are only 3 pages of results"):
            similar.answer(question.replace(page=4))

    def test_an_empty_answer_has_a_first_page_and_no_second(self) -> None:
        assert similar.answer(Question()).pages == 0
        with pytest.raises(QuestionError, match="There is only one page of results"):
            similar.answer(Question(page=2))

    def test_look_alikes_reach_a_certain_depth_in_any_order_and_the_collection_its_end(self, settings: Any) -> None:
        settings.SEARCH_DEPTH = 5
        example, *_ = [make_painting(str(n)) for n in range(9)]
        question = Question(like=(Example(painting=example.pk),), page_size=3)

        results = similar.answer(question.replace(page=2))
        assert (len(results.matches), results.total, results.reach, results.pages) == (2, 8, 5, 2)
        with pytest.raises(QuestionError):
            similar.answer(question.replace(page=3))
        alike = {title for page in (1, 2) for title in titles(question.replace(page=page))}
        by_title = similar.answer(question.replace(sort=Sort.TITLE, page_size=9))
        assert shown(by_title.matches) == sorted(alike)
        assert (by_title.total, by_title.reach) == (5, 5)
        assert len(titles(Question(page=3, page_size=3))) == 3

    def test_unknown_features_are_named(self) -> None:
        example = make_painting("Example")
        for question in (
            Question(weights=(("taste", 1.0),)),
            Question(like=(Example(painting=example.pk),), weights=(("taste", 1.0),)),
        ):
            with pytest.raises(QuestionError) as refused:
                similar.answer(question)
            there_are = ", ".join(feature.name for feature in EncoderModel.current().card.features)
            assert refused.value.errors == {"weight.taste": [f"There is no feature “taste”. There are: {there_are}."]}

    @pytest.mark.parametrize("count", [2, 8])
    def test_the_number_of_queries_does_not_grow(self, count: int, django_assert_num_queries: Any) -> None:
        paintings = [make_painting(str(n), artist=f"Artist {n}", style=f"Style {n}") for n in range(count)]
        example = Question(like=(Example(painting=paintings[0].pk),))
        in_memory = 5  # the index inside a test's transaction: the journal, ids, rows, artists, the journal again

        with django_assert_num_queries(4 + in_memory):  # the model, the example, paintings, attributions
            for match in similar.answer(example, facets=True).matches:
                _ = match.painting.artist_line, match.painting.style.name, match.painting.live_image.widths

    @pytest.mark.django_db(transaction=True)
    def test_without_news_an_answer_costs_five_queries(self, django_assert_num_queries: Any) -> None:
        example = make_painting("Example", artist="A")
        make_painting("Other", artist="B")
        question = Question(like=(Example(painting=example.pk),))
        similar.answer(question)

        with django_assert_num_queries(5):
            similar.answer(question, facets=True)


class TestPhotos:
    def test_a_photo_of_a_painting_finds_it(self) -> None:
        data = picture_bytes(3, size=(300, 200), format="JPEG")
        painting = make_painting("Photographed", image=make_image(data, name="original.jpg"), live=False)
        from vectorizer import preparing

        preparing.prepare([painting.image])
        make_painting("Another")
        token = photos.keep(BytesIO(data), "IMG_1.jpg")

        results = similar.answer(Question(like=(Example(photo=token),)))

        assert results.matches[0].painting == painting
        assert results.matches[0].similarity == 1.0
        assert results.total == 2

    def test_a_photo_and_a_painting_are_examples_together(self) -> None:
        painting = make_painting("Example")
        make_painting("Other")
        token = photos.keep(BytesIO(picture_bytes(3)), "photo.png")

        assert titles(Question(like=(Example(photo=token), Example(painting=painting.pk)))) == ["Other"]

    def test_an_expired_photo_is_explained(self, settings: Any) -> None:
        token = photos.keep(BytesIO(picture_bytes(3)), "photo.png")
        photos.find(token).delete()

        with pytest.raises(QuestionError, match="This photo is no longer here"):
            similar.answer(Question(like=(Example(photo=token),)))

    def test_a_photo_from_before_a_new_model_is_encoded_again(self) -> None:
        make_painting("Any")
        token = photos.keep(BytesIO(picture_bytes(3)), "photo.png")
        row = photos.find(token)
        fresh = bytes(row.data)
        row.model = EncoderModel.objects.create(name="older", checksum="0")
        row.data = b"older"
        row.save()

        assert len(titles(Question(like=(Example(photo=token),)))) == 1
        assert photos.find(token).model == EncoderModel.current()
        assert len(photos.find(token).data) == len(fresh)

    def test_its_file_lost_it_counts_as_expired(self) -> None:
        token = photos.keep(BytesIO(picture_bytes(3)), "photo.png")
        row = photos.find(token)
        row.model = EncoderModel.objects.create(name="older", checksum="0")
        row.save()
        photos.storage().delete(row.path)

        with pytest.raises(QuestionError, match="no longer here"):
            similar.answer(Question(like=(Example(photo=token),)))


class TestLike:
    def test_a_paintings_look_alikes_by_each_feature(self) -> None:
        painting = make_painting("Painting", vectors={"common512": unit(1, 512), "palette": unit(2, 199)})
        make_painting("Form", vectors={"common512": nudged(unit(1, 512), 0.1)})
        make_painting("Colours", vectors={"palette": nudged(unit(2, 199), 0.1)})

        assert shown(similar.like(painting)) == ["Form", "Colours"]
        assert shown(similar.like(painting, feature="palette")) == ["Colours", "Form"]
        assert shown(similar.like(painting, limit=1)) == ["Form"]
        assert shown(similar.like(painting, filters=Filters(styles=("none",)))) == []
        with pytest.raises(QuestionError, match="There is no feature “taste”"):
            similar.like(painting, feature="taste")

    def test_a_draft_may_ask_but_is_not_found(self) -> None:
        public = make_painting("Public")
        draft = make_painting("Draft", state=Painting.State.DRAFT)

        assert shown(similar.like(draft)) == ["Public"]
        assert shown(similar.like(public)) == []

    def test_a_painting_without_vectors_has_none(self) -> None:
        make_painting("Public")
        assert similar.like(make_painting("Not ready", live=False)) == ()

    def test_the_features_are_those_of_the_active_model(self) -> None:
        card = EncoderModel.current().card
        assert similar.features() == card.likenesses
        assert similar.all_features() == card.features
        assert [feature.name for feature in similar.features()] == [
            feature.name for feature in card.features if feature.role == "likeness"
        ]


class TestWords:
    def test_the_best_match_comes_first_and_says_what_a_misspelled_word_stood_for(self) -> None:
        make_painting("Sea", artist="Anna")
        make_painting("A harbour by the sea", collection="Harbour museum")
        make_painting("Ship", collection="Harbour museum", first_year=1900)

        found = similar.answer(Question(words="harbuor"), facets=True)

        assert [match.painting.title for match in found.matches] == ["A harbour by the sea", "Ship"]
        assert (found.total, found.worded, dict(found.corrections)) == (2, 2, {"harbuor": ("harbour",)})
        assert [(each.first, each.last, each.count) for each in found.histogram] == [(1900, 1900, 1)]

    def test_beside_an_example_words_bring_forward_and_leave_nothing_out(self) -> None:
        vector = unit(1, 512)
        example = make_painting("Example", vectors={"common512": vector})
        make_painting("Alike", vectors={"common512": nudged(vector, 0.1)})
        make_painting("A harbour", vectors={"common512": nudged(vector, 0.5)})
        asked = Question(like=(Example(painting=example.pk),), words="harbour")

        found = similar.answer(asked)

        assert [match.painting.title for match in found.matches] == ["A harbour", "Alike"]
        assert (found.total, found.reach, found.worded) == (2, 2, 1)
        narrowed = similar.answer(asked.replace(sort=Sort.SIMILARITY))
        assert [match.painting.title for match in narrowed.matches] == ["A harbour"]


class TestDuplicates:
    def test_drafts_are_compared_too_and_paintings_of_the_same_file_left_out(self) -> None:
        vector = unit(1, 512)
        painting = make_painting("Painting", vectors={"common512": vector})
        same = make_painting("The same file", image=painting.image, state=Painting.State.DRAFT, live=False)
        make_painting("Another scan", state=Painting.State.DRAFT, vectors={"common512": nudged(vector, 0.01)})
        make_painting("Something else")

        found = similar.duplicates_of(painting.image)

        assert shown(found) == ["Another scan", "Something else"]
        assert found[0].similarity > 0.98
        assert shown(similar.duplicates_of(same.image, limit=1)) == ["Another scan"]

    def test_an_image_without_vectors_has_none(self) -> None:
        make_painting("Painting")
        assert similar.duplicates_of(make_image(number=99)) == ()

    def test_a_new_image_counts_before_it_is_live(self) -> None:
        vector = unit(1, 512)
        painting = make_painting("Painting", vectors={"common512": vector})
        other = make_painting("Replaced")
        other.image = originals.add(BytesIO(picture_bytes(50)), "new.png")
        other.save()
        give_vectors(other.image, common512=vector)
        other.save()

        assert similar.duplicates_of(painting.image)[0].similarity == 1.0
        assert similar.like(painting)[0].similarity < 0.6


def test_vectors_of_a_picture_that_is_not_kept_can_ask() -> None:
    painting = make_painting("Painting")
    packed = bytes(Vectors.objects.get(image=painting.image).data)

    (match,) = similar.like_vectors(packed)

    assert (match.painting, match.similarity) == (painting, 1.0)


def nudged(vector: np.ndarray, amount: float) -> np.ndarray:
    """A unit vector at about this distance."""
    moved = vector + amount * unit(99, len(vector))
    return (moved / np.linalg.norm(moved)).astype(np.float32)
