"""What was typed, taken apart; and what a misspelled word may stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import MOST_CORRECTIONS, Term, Words, meant, parse, tolerance


def typed(text: str) -> list[tuple[str, ...]]:
    return [term.words for term in parse(text).terms]


def test_words_are_folded_and_each_is_a_term() -> None:
    assert typed("  L'Été à Düsseldorf ") == [("l",), ("ete",), ("a",), ("dusseldorf",)]
    assert typed("Van van VAN") == [("van",)]
    assert typed("") == typed("“”") == typed(" … ") == []
    assert not parse("—")


@pytest.mark.parametrize("text", ['"Starry night"', "“starry night”", "„Starry Night“", "«starry night»"])
def test_a_phrase_in_any_quotation_marks_is_one_term(text: str) -> None:
    assert typed(f"gogh {text} oil") == [("gogh",), ("starry", "night"), ("oil",)]


def test_a_phrase_that_is_still_being_typed_is_one_already() -> None:
    assert typed('gogh "starry ni') == [("gogh",), ("starry", "ni")]


def test_an_inch_mark_opens_no_phrase() -> None:
    assert typed('12" by 16" panel') == [("12",), ("by",), ("16",), ("panel",)]


def test_a_phrase_is_found_by_its_neighbouring_words() -> None:
    assert Term(("the", "starry", "night")).pairs == ("the starry", "starry night")
    assert Term(("night",)).pairs == ()


def test_short_words_numbers_and_phrases_are_taken_as_they_are() -> None:
    assert [tolerance(word) for word in ("sea", "rose", "painter", "sunflowers", "1889", "inv17b")] == [
        0,
        1,
        1,
        2,
        0,
        0,
    ]
    assert Term(("rose",)).can_be_misspelled
    assert not Term(("rose", "garden")).can_be_misspelled


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("rembrant", ("rembrandt",)),  # missing
        ("monett", ("monet",)),  # too many
        ("mobet", ("monet",)),  # wrong
        ("moent", ("monet",)),  # swapped
        ("sunflwoesr", ("sunflowers",)),  # two swapped
        ("nonet", ()),  # another first letter
        ("mnoet", ("monet",)),
        ("manot", ()),  # two errors in a short word
        ("mon", ()),
    ],
)
def test_what_a_misspelled_word_stands_for(word: str, expected: tuple[str, ...]) -> None:
    assert meant(word, ["monet", "rembrandt", "sunflowers", "money order"]) == expected


def test_the_likeliest_come_first_and_not_too_many() -> None:
    assert meant("sunflowrs", ["sunflower", "sunflowers", "sunflow"]) == ("sunflowers", "sunflow", "sunflower")
    many = [f"painter{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert meant("painters", many) == tuple(sorted(set(many) - {"painters"}))[:MOST_CORRECTIONS]


def test_corrections_are_of_single_words() -> None:
    words = parse('sunflwoers "sunflwoers vase"')
    found = words.corrected({"sunflwoers": ("sunflowers",)})
    assert [term.instead for term in found.terms] == [("sunflowers",), ()]
    assert words.corrected({}) == words


@given(st.text(max_size=60))
def test_whatever_is_typed_is_folded_words(text: str) -> None:
    words = parse(text)
    assert isinstance(words, Words)
    assert all(word and " " not in word for term in words.terms for word in term.words)
