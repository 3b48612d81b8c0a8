"""Questions read from addresses and written into them."""

import string
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.filters import Filters
from search.parts import WHOLE, Part
from search.query import Example, Nearness, Question, QuestionError, Sort

TOKEN = "0123456789abcdef" * 2
EXAMPLES = [("like", Example(painting=1)), ("unlike", Example(photo=TOKEN)), ("colours", ("000000", 1))]


def like(painting: int) -> Example:
    return Example(painting=painting)


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)
values = st.lists(texts, max_size=3).map(tuple)
years = st.none() | st.integers(-10_000, 9_999)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    first, last = draw(years), draw(years)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    return Filters(
        styles=draw(values),
        genres=draw(values),
        artists=draw(values),
        collections=draw(values),
        mediums=draw(values),
        orientations=draw(values),
        rights=draw(values),
        first_year=first,
        last_year=last,
    )


def corners(draw: st.DrawFn) -> Part:
    """Eight numbers of which `parse` accepts nearly all: a corner near each of the picture's, or an upright part."""
    left, top, right, bottom = (draw(st.integers(low, low + 300)) for low in (0, 0, 600, 600))
    if draw(st.booleans()):
        return (left, top), (right, top), (right, bottom), (left, bottom)
    tilted = draw(st.integers(1, 90))
    return (left + tilted, top), (right, top + tilted), (right - tilted, bottom), (left, bottom - tilted)


numbers = st.integers(1, 2**63 - 1)
tokens = st.integers(0, 2**128 - 1).map("{:032x}".format)
colours = st.integers(0, 2**24 - 1).map("{:06x}".format)
features = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
weights = st.floats(0.001, 1000) | st.integers(1, 1000).map(float)
somewhere = st.none() | st.composite(corners)()
example = st.builds(Example, painting=numbers, part=somewhere) | st.builds(Example, photo=tokens, part=somewhere)
examples = st.lists(example, max_size=4).map(tuple)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
thoroughly = settings(patient, max_examples=500)  # of twenty questions each
fields = {
    "like": examples,
    "unlike": examples,
    "colours": st.lists(st.tuples(colours, st.integers(1, 100)), max_size=5).map(tuple),
    "words": texts,
    "filters": filters(),
    "weights": st.dictionaries(features, weights, max_size=3).map(lambda found: tuple(found.items())),
    "nearness": st.sampled_from(Nearness),
    "per_artist": st.integers(1, 20),
    "once": st.booleans(),
    "sort": st.sampled_from(Sort),
    "page": st.integers(1, 1_000_000),
    "page_size": st.integers(1, 200),
}


@st.composite
def twenty_questions(draw: st.DrawFn) -> list[Question]:
    """Two questions, and mixtures of their fields, for which nothing more has to be drawn."""
    one, other = (draw(st.fixed_dictionaries({}, optional=fields)) for _ in range(2))
    crossed = draw(st.lists(st.integers(0, 2 ** len(fields) - 1), min_size=18, max_size=18))
    mixtures = [
        {name: value for place, name in enumerate(fields) for value in _value(name, one, other, bits >> place & 1)}
        for bits in crossed
    ]
    return [Question(**chosen) for chosen in (one, other, *mixtures)]


def _value(name: str, one: dict[str, Any], other: dict[str, Any], second: int) -> list[Any]:
    chosen = other if second else one
    return [chosen[name]] if name in chosen else []


@thoroughly
@given(twenty_questions())
def test_ten_thousand_questions_are_read_from_their_addresses_without_loss(twenty: list[Question]) -> None:
    for question in twenty:
        address = question.to_params()
        again = Question.from_params(QueryDict(address))
        assert again == question
        assert again.to_params() == address


def test_the_question_without_any_wish_has_no_parameters() -> None:
    assert Question().to_params() == ""
    assert Question.from_params(QueryDict("page=1&size=48&sort=newest&q=+&style=&from=")) == Question()


def test_an_address_says_only_what_differs_from_the_default() -> None:
    question = Question(
        like=(like(3), Example(photo=TOKEN, part=((0, 0), (500, 0), (500, 500), (0, 500))), like(1), like(3)),
        unlike=(like(3), Example(painting=2, part=((10, 0), (500, 20), (480, 500), (0, 490)))),
        colours=(("8c2f1b", 30), ("ffffff", 100)),
        words="  hay   stack ",
        filters=Filters(styles=("cubism", "fauvism"), first_year=1900),
        weights=(("palette", 2.0), ("common512", 0.5)),
        per_artist=3,
        once=True,
        sort=Sort.TITLE,
        page=2,
    )
    assert question.to_params() == (
        f"like=3&like=1&photo={TOKEN}~0,0,500,500&unlike=2~10,0,500,20,480,500,0,490&colour=8c2f1b:30&colour=ffffff"
        "&q=hay+stack&style=cubism&style=fauvism&from=1900"
        "&weight.palette=2&weight.common512=0.5&per_artist=3&once=1&sort=title&page=2"
    )
    assert Question(like=(like(3),), nearness=Nearness.VERY_CLOSE).to_params() == "like=3&nearness=very_close"


def test_the_order_is_the_best_match_for_words_then_by_likeness_to_examples_and_else_the_newest_first() -> None:
    liked, against, coloured = (Question(**{name: (value,)}) for name, value in EXAMPLES)
    assert Question().order is Sort.NEWEST
    assert [question.order for question in (liked, against, coloured)] == [Sort.SIMILARITY] * 3
    assert Question(words="hay").order is Sort.RELEVANCE
    assert liked.replace(words="hay").order is Sort.RELEVANCE
    assert liked.replace(sort=Sort.NEWEST).order is Sort.NEWEST


def test_an_order_that_has_nothing_to_go_by_is_the_usual_one() -> None:
    assert Question(sort=Sort.SIMILARITY) == Question()
    assert Question(sort=Sort.RELEVANCE) == Question()
    assert Question(words="hay", sort=Sort.SIMILARITY) == Question(words="hay")
    both = Question(words="hay", like=(like(1),), sort=Sort.SIMILARITY)
    assert both.order is Sort.SIMILARITY
    assert both.without("q") == Question(like=(like(1),))


def test_how_near_is_near_is_asked_for_likeness_to_pictures_alone() -> None:
    near = Question(like=(like(1),), nearness=Nearness.RELATED)
    assert near.nearness is Nearness.RELATED
    for other in (
        near.replace(unlike=(like(2),)),
        near.replace(colours=(("000000", 1),)),
        near.replace(like=()),
        near.replace(nearness=Nearness.DISTANT),
    ):
        assert other.nearness is None


def test_an_example_is_a_painting_or_a_photo_and_all_of_a_painting_is_no_part_of_it() -> None:
    with pytest.raises(ValueError, match="a painting or a photo"):
        Example()
    with pytest.raises(ValueError, match="a painting or a photo"):
        Example(painting=1, photo=TOKEN)
    assert Example(painting=1, part=WHOLE) == like(1)
    assert Example(photo=TOKEN, part=WHOLE) != Example(photo=TOKEN)  # the wall around the painting, too


def test_what_is_liked_and_disliked_can_be_asked_of_a_question() -> None:
    part = ((0, 0), (500, 0), (500, 500), (0, 500))
    question = Question.from_params(
        QueryDict(
            f"like=1&like=1~0,0,500,500&like=2&photo={TOKEN}&unlike=3&unlike_photo={TOKEN[::-1]}&colour=%238C2F1B"
        )
    )
    assert question.paintings == (1, 2)
    assert question.photos == (TOKEN,)
    assert question.like == (like(1), Example(painting=1, part=part), like(2), Example(photo=TOKEN))
    assert question.unlike == (like(3), Example(photo=TOKEN[::-1]))
    assert question.examples == question.like + question.unlike
    assert question.colours == (("8c2f1b", 100),)
    assert question.has_photos
    assert not Question(like=(like(1),)).has_photos
    assert question.has_room
    assert not Question(like=tuple(like(number) for number in range(1, 21))).has_room


def test_an_example_changes_sides() -> None:
    question = Question(like=(like(1), like(2)), page=3)
    against = question.disliking(like(1))
    assert (against.like, against.unlike, against.page) == ((like(2),), (like(1),), 1)
    assert against.liking(like(1)) == Question(like=(like(2), like(1)))
    assert against.without_example(like(1)) == Question(like=(like(2),))


def test_other_parameters_are_left_alone() -> None:
    assert Question.from_params({"utm_source": "mail", "weight.": "1", "q": "hay"}) == Question(words="hay")


def test_plain_mappings_may_hold_numbers_and_lists() -> None:
    assert Question.from_params({"like": [1, "2"], "page": 3}) == Question(like=(like(1), like(2)), page=3)


def test_the_last_of_several_values_counts_where_there_can_be_only_one() -> None:
    assert Question.from_params(QueryDict("page=2&page=3&sort=x&sort=title")) == Question(page=3, sort=Sort.TITLE)


def test_numbers_may_be_written_in_every_usual_way() -> None:
    params = QueryDict("weight.a=.5&weight.b=2.&weight.c=1e2&weight.d=%2B3&from=-50&to=%2B9")
    question = Question.from_params(params)
    assert question.weights == (("a", 0.5), ("b", 2.0), ("c", 100.0), ("d", 3.0))
    assert question.filters == Filters(first_year=-50, last_year=9)


def test_the_same_complaint_is_made_once() -> None:
    with pytest.raises(QuestionError) as refused:
        Question.from_params(QueryDict("like=0&like=00"))
    assert len(refused.value.errors["like"]) == 1


def test_a_weight_of_nothing_leaves_the_feature_out() -> None:
    assert Question.from_params(QueryDict("weight.palette=0&weight.common512=0.0")) == Question()


@pytest.mark.parametrize(
    ("params", "field", "sentence"),
    [
        ("page=0", "page", "0 is not between 1 and 1000000."),
        ("page=-1", "page", "-1 is not between"),
        ("page=1.5", "page", "“1.5” is no whole number."),
        ("page=%D9%A1", "page", "“١” is no whole number."),
        ("page=" + "9" * 60, "page", "too long"),
        ("size=201", "size", "201 is not between 1 and 200."),
        ("size=0", "size", "0 is not between"),
        ("from=abc", "from", "“abc” is no whole number."),
        ("from=-10001", "from", "-10001 is not between -10000 and 9999."),
        ("to=40000", "to", "40000 is not between"),
        ("from=1900&to=1800", "from", "The first year (1900) is after the last (1800)."),
        ("like=0", "like", "0 is not between 1 and"),
        ("like=x", "like", "“x” is no whole number."),
        ("like=9223372036854775808", "like", "9223372036854775808 is not between"),
        ("like=12~1,2,3", "like", "“1,2,3” is no part of a picture"),
        ("like=12~", "like", "“” is no part of a picture"),
        ("unlike=12~500,0,400,900", "unlike", "clockwise"),
        ("&".join(f"like={n}" for n in range(1, 22)), "like", "At most 20 can be given at once; these are 21."),
        ("&".join(f"like={n}&unlike={n + 50}" for n in range(1, 12)), "like", "At most 20 examples"),
        ("unlike=0", "unlike", "0 is not between 1 and"),
        (f"photo={TOKEN}~0,0,10,10", "photo", "too small"),
        ("unlike_photo=x", "unlike_photo", "no longer here"),
        ("colour=red", "colour", "“red” is no colour: write six hexadecimal digits"),
        ("colour=8c2f1b:0", "colour", "is no colour"),
        ("colour=8c2f1b:101", "colour", "is no colour"),
        ("&".join(f"colour=00000{n}" for n in range(6)), "colour", "At most 5"),
        ("nearness=distant", "nearness", "“distant” is no nearness. There are: copy, very_close, related."),
        ("per_artist=0", "per_artist", "0 is not between 1 and 20."),
        ("per_artist=21", "per_artist", "21 is not between"),
        ("once=2", "once", "2 is not between 0 and 1."),
        ("once=yes", "once", "“yes” is no whole number."),
        ("&".join(f"style=s{n}" for n in range(51)), "style", "At most 50"),
        ("style=" + "s" * 201, "style", "too long: 201 characters, and at most 200"),
        ("q=" + "s" * 201, "q", "too long: 201 characters, and at most 200"),
        ("q=a%00b", "q", "NUL"),
        ("collection=%00", "collection", "NUL"),
        ("photo=../../etc/passwd", "photo", "no longer here"),
        ("photo=" + "A" * 32, "photo", "no longer here"),
        ("sort=random", "sort", "“random” is no order. There are: similarity, relevance, newest"),
        ("weight.palette=-1", "weight.palette", "“-1” is no number from 0.001 to 1000, or 0."),
        ("weight.palette=nan", "weight.palette", "“nan” is no number"),
        ("weight.palette=inf", "weight.palette", "“inf” is no number"),
        ("weight.palette=1e999", "weight.palette", "“1e999” is no number"),
        ("weight.palette=.", "weight.palette", "“.” is no number"),
        ("weight.palette=E5", "weight.palette", "“E5” is no number"),
        ("weight.palette=e5", "weight.palette", "“e5” is no number"),
        ("weight.palette=1001", "weight.palette", "“1001” is no number"),
        ("weight.palette=%00", "weight.palette", "NUL"),
        ("weight.palette=1e-9", "weight.palette", "“1e-9” is no number"),
    ],
)
def test_what_is_wrong_is_said_of_its_parameter(params: str, field: str, sentence: str) -> None:
    with pytest.raises(QuestionError) as refused:
        Question.from_params(QueryDict(params))

    assert list(refused.value.errors) == [field]
    assert sentence in refused.value.errors[field][0]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(QuestionError, match="half a character"):
        Question.from_params({"q": "\ud800"})


@pytest.mark.parametrize("value", [True, {"a": 1}, [[1]], [None]])
def test_values_of_other_types_are_refused(value: Any) -> None:
    with pytest.raises(QuestionError, match="must be text or a number"):
        Question.from_params({"like": value})


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(QuestionError) as refused:
        Question.from_params(QueryDict("page=0&from=abc&sort=x"))

    assert set(refused.value.errors) == {"page", "from", "sort"}
    assert "“abc” is no whole number." in str(refused.value)


def test_a_changed_question_begins_on_its_first_page() -> None:
    question = Question(words="hay", page=7)
    assert question.replace(words="sea") == Question(words="sea")
    assert question.replace(page=8) == Question(words="hay", page=8)


def test_parts_are_taken_away_by_their_names() -> None:
    question = Question(like=(like(1),), filters=Filters(styles=("cubism", "icon"), first_year=1900), page=3)

    assert question.without("style", "cubism").filters.styles == ("icon",)
    assert question.without("style").filters.styles == ()
    assert question.without("from").without("like", 1) == Question(filters=Filters(styles=("cubism", "icon")))
    assert question.without("q") == question.replace()


def test_filters_are_true_when_they_narrow_anything_down() -> None:
    assert not Filters()
    assert not Filters(styles=("",))
    assert Filters(genres=("portrait",))
    assert Filters(last_year=0)
