"""A selection as it stands in an address: read, refused with a sentence, and found."""

import pytest
from django.http import QueryDict

from gallery.models import Painting
from search import selection
from search.parameters import QuestionError
from search.subjects import LARGEST_ID
from tests.factories import make_painting


def read(query: str) -> tuple[int, ...]:
    return selection.read(QueryDict(query))


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ()),
        ("paintings=", ()),
        ("paintings=,,", ()),
        ("paintings=3,1,7", (3, 1, 7)),
        ("paintings=3%2C1%2C7", (3, 1, 7)),
        ("paintings=3, 1 ,7,", (3, 1, 7)),
        ("paintings=3,1&paintings=7,3", (3, 1, 7)),
        (f"paintings={LARGEST_ID}", (LARGEST_ID,)),
        ("other=x", ()),
    ],
)
def test_ids_are_read_each_once_in_their_order(query: str, ids: tuple[int, ...]) -> None:
    assert read(query) == ids


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("paintings=3,x", "“x” is no whole number."),
        ("paintings=1.5", "“1.5” is no whole number."),
        ("paintings=0", "0 is not between"),
        ("paintings=-4", "-4 is not between"),
        (f"paintings={LARGEST_ID + 1}", "is not between"),
        ("paintings=9" + "9" * 40, "is no whole number."),
        ("paintings=%00", "NUL"),
        ("paintings=" + ",".join(map(str, range(1, 202))), "at most 200 paintings; these are 201"),
        ("paintings=" + "1" * 5000, "too long"),
    ],
)
def test_what_is_no_selection_is_refused_with_a_sentence(query: str, sentence: str) -> None:
    with pytest.raises(QuestionError, match=sentence):
        read(query)


def test_two_hundred_of_the_longest_ids_are_read() -> None:
    ids = tuple(LARGEST_ID - number for number in range(selection.MOST))
    assert read("paintings=" + ",".join(map(str, ids))) == ids


@pytest.mark.django_db
class TestFound:
    def test_public_paintings_in_the_order_of_the_address_the_others_counted(self) -> None:
        one, two = make_painting("One"), make_painting("Two")
        draft = make_painting("Draft", state=Painting.State.DRAFT)
        gone = make_painting("Gone", state=Painting.State.WITHDRAWN)

        found = selection.find((two.pk, draft.pk, 999_999, one.pk, gone.pk))

        assert [painting.title for painting in found.paintings] == ["Two", "One"]
        assert found.missing == 3
        assert found.address == f"/selection/?paintings={two.pk},{draft.pk},999999,{one.pk},{gone.pk}"
        assert found.more_like_these == f"/search/?like={two.pk}&like={one.pk}"

    def test_a_walk_leads_from_the_first_to_the_last(self) -> None:
        one, two, three = (make_painting(f"Number {number}").pk for number in range(3))
        assert selection.find((three, one, two)).walk == f"/walk/{three}/{two}/"
        assert selection.find((three, 999_999)).walk == ""
        assert selection.find(()).walk == ""

    def test_as_many_of_them_are_examples_as_a_question_can_have(self) -> None:
        ids = [make_painting(f"Number {number}").pk for number in range(22)]
        found = selection.find(ids)
        assert found.more_like_these == "/search/?" + "&".join(f"like={id_}" for id_ in ids[:20])

    def test_however_many_there_are_it_takes_two_queries(self, django_assert_num_queries: object) -> None:
        ids = [make_painting(f"Number {number}", artist="Åsa", style="Cubism").pk for number in range(5)]
        with django_assert_num_queries(2):  # type: ignore[operator]
            found = selection.find(ids)
            assert [painting.artist_line for painting in found.paintings] == ["Åsa"] * 5
            assert str(found.paintings[0].style) == "Cubism"
