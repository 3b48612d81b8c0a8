"""Questions read from addresses and written into them."""

import string
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.filters import Filters
from search.query import Question, QuestionError, Sort

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
        first_year=first,
        last_year=last,
    )


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
questions = st.builds(
    Question,
    paintings=st.lists(st.integers(1, 2**63 - 1), max_size=20).map(tuple),
    photo=st.none() | st.text("0123456789abcdef", min_size=32, max_size=32),
    words=texts,
    filters=filters(),
    weights=st.dictionaries(
        st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12),
        st.floats(0.001, 1000) | st.integers(1, 1000).map(float),
        max_size=3,
    ).map(lambda weights: tuple(weights.items())),
    sort=st.none() | st.sampled_from(Sort),
    page=st.integers(1, 1_000_000),
    page_size=st.integers(1, 200),
)


@patient
@given(questions)
def test_a_question_is_read_from_its_address_without_loss(question: Question) -> None:
    assert Question.from_params(QueryDict(question.to_params())) == question


@patient
@given(questions)
def test_equal_questions_have_equal_addresses(question: Question) -> None:
    again = Question.from_params(QueryDict(question.to_params()))
    assert again.to_params() == question.to_params()


def test_the_question_without_any_wish_has_no_parameters() -> None:
    assert Question().to_params() == ""
    assert Question.from_params(QueryDict("page=1&size=60&sort=newest&q=+&style=&from=")) == Question()


def test_an_address_says_only_what_differs_from_the_default() -> None:
    question = Question(
        paintings=(3, 1, 3),
        words="  hay   stack ",
        filters=Filters(styles=("cubism", "fauvism"), first_year=1900),
        weights=(("palette", 2.0), ("common512", 0.5)),
        sort=Sort.TITLE,
        page=2,
    )
    assert question.to_params() == (
        "like=3&like=1&q=hay+stack&style=cubism&style=fauvism&from=1900"
        "&weight.palette=2&weight.common512=0.5&sort=title&page=2"
    )


def test_the_order_is_by_likeness_where_there_are_examples_and_else_the_newest_first() -> None:
    assert Question().order is Sort.NEWEST
    assert Question(paintings=(1,)).order is Sort.SIMILARITY
    assert Question(photo="0" * 32).order is Sort.SIMILARITY
    assert Question(sort=Sort.SIMILARITY).order is Sort.NEWEST
    assert Question(paintings=(1,), sort=Sort.NEWEST).order is Sort.NEWEST
    assert Question(paintings=(1,), sort=Sort.SIMILARITY) == Question(paintings=(1,))


def test_other_parameters_are_left_alone() -> None:
    assert Question.from_params({"utm_source": "mail", "weight.": "1", "q": "hay"}) == Question(words="hay")


def test_plain_mappings_may_hold_numbers_and_lists() -> None:
    assert Question.from_params({"like": [1, "2"], "page": 3}) == Question(paintings=(1, 2), page=3)


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
        ("&".join(f"like={n}" for n in range(1, 22)), "like", "At most 20 can be given at once; these are 21."),
        ("&".join(f"style=s{n}" for n in range(51)), "style", "At most 50"),
        ("style=" + "s" * 201, "style", "too long: 201 characters, and at most 200"),
        ("q=" + "s" * 201, "q", "too long: 201 characters, and at most 200"),
        ("q=a%00b", "q", "NUL"),
        ("collection=%00", "collection", "NUL"),
        ("photo=../../etc/passwd", "photo", "no longer here"),
        ("photo=" + "A" * 32, "photo", "no longer here"),
        ("sort=random", "sort", "“random” is no order. There are: similarity, newest"),
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
    question = Question(paintings=(1,), filters=Filters(styles=("cubism", "icon"), first_year=1900), page=3)

    assert question.without("style", "cubism").filters.styles == ("icon",)
    assert question.without("style").filters.styles == ()
    assert question.without("from").without("like", 1) == Question(filters=Filters(styles=("cubism", "icon")))
    assert question.without("q") == question.replace()


def test_filters_are_true_when_they_narrow_anything_down() -> None:
    assert not Filters()
    assert not Filters(styles=("",))
    assert Filters(genres=("portrait",))
    assert Filters(last_year=0)
