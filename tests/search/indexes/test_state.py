"""A snapshot and its tail, searched as one, against a search by hand: for any rows, filters and changes."""

import random
from collections.abc import Callable

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.orientations import Orientation
from search.filters import Filters
from search.indexes import building
from search.indexes.base import Query, Target
from search.indexes.nearest import nearest
from search.indexes.ordering import ordered
from search.indexes.selecting import Selection
from search.indexes.state import State, room
from search.indexes.wording import Wording
from search.query import Sort
from search.words import Words, meant, parse
from vectorizer.models import EncoderModel
from vectorizer.rows import Row

SIZES = {"form": 5, "colour": 3}
STYLES = ("cubism", "fauvism", "icon")
thorough = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
ARTISTS = ("anna", "bruno", "clara")


def unit(numbers: list[int]) -> np.ndarray:
    vector = np.array(numbers, np.float64) + 0.5  # never zero
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def some(chance: random.Random, *tokens: str) -> tuple[str, ...]:
    return tuple(token for token in tokens if chance.random() < 0.4)


def row(id_: int, seed: int) -> Row:
    """A row of few different values, so that many are equal or equally near."""
    chance = random.Random(seed)
    year = chance.choice([None, chance.randint(1400, 1420)])
    return Row(
        id=id_,
        version=1,
        title_key=chance.choice(["", "a", "a b", "ab", "été", "z"]),
        artist_key=chance.choice(["", "anna", "zoe"]),
        style=chance.choice([None, *((slug, slug.title()) for slug in STYLES)]),
        genre=None,
        collection=chance.choice(["", "North", "South"]),
        medium=chance.choice(["", "Oil"]),
        orientation=chance.choice(list(Orientation)),
        rights="",
        artists=tuple((slug, slug) for slug in ARTISTS if chance.random() < 0.4),
        first_year=year,
        last_year=None if year is None else year + chance.randint(0, 5),
        words=some(chance, "hay", "haystack", "sea", "seaside", "stack", "été"),
        pairs=some(chance, "hay sea", "hay seaside", "sea stack"),
        names=some(chance, "hay", "haystack", "sea"),
        vectors={name: unit([chance.randint(-2, 2) for _ in range(size)]) for name, size in SIZES.items()},
    )


@st.composite
def collections(draw: st.DrawFn) -> tuple[State, dict[int, Row]]:
    """A state after two waves of changes, and what it should hold."""
    seeds = st.integers(0, 10_000)
    rows = {id_: row(id_, seed) for id_, seed in draw(st.dictionaries(st.integers(1, 30), seeds, max_size=12)).items()}
    base = building.segment((rows[id_] for id_ in sorted(rows)), room(len(rows), SIZES))
    state = State.of("a", None, base)
    for _ in range(draw(st.integers(0, 2))):
        changed = draw(st.dictionaries(st.integers(1, 40), st.none() | seeds, min_size=1, max_size=6))
        there = {id_: row(id_, seed) for id_, seed in changed.items() if seed is not None}
        state = state.advanced(None, changed, there.values())
        rows = {id_: value for id_, value in rows.items() if id_ not in changed} | there
    return state, rows


questions = st.builds(
    dict,
    words=st.sampled_from(
        ["", "ha", "hays", "se ha", "e", "nothing", "seasied", "stakc", '"hay se', '"hay sea" sea']
    ).map(parse),
    filters=st.builds(
        Filters,
        styles=st.sets(st.sampled_from([*STYLES, "unknown"])).map(tuple),
        artists=st.sets(st.sampled_from(ARTISTS)).map(tuple),
        collections=st.sampled_from([(), ("North",)]),
        first_year=st.none() | st.integers(1395, 1430),
        last_year=st.none() | st.integers(1395, 1430),
    ),
    excluded=st.frozensets(st.integers(1, 50), max_size=3),
)


def stands_for(word: str, rows: dict[int, Row]) -> Callable[[str], bool]:
    """Which words of paintings are meant by one that was typed."""
    known = {there for row in rows.values() for there in row.words}
    if any(there.startswith(word) for there in known):
        return lambda there: there.startswith(word)
    return set(meant(word, known)).__contains__


def spoken(row: Row, rows: dict[int, Row], words: Words) -> bool:
    return all(
        any(stands_for(term.words[0], rows)(there) for there in row.words)
        if len(term.words) == 1
        else any(there.startswith(term.pairs[0]) for there in row.pairs)
        for term in words.terms
    )


def matching(rows: dict[int, Row], words: Words, filters: Filters, excluded: frozenset[int]) -> set[int]:
    def matches(row: Row) -> bool:
        years = (row.first_year, row.last_year)
        return (
            row.id not in excluded
            and spoken(row, rows, words)
            and (not filters.styles or (row.style is not None and row.style[0] in filters.styles))
            and (not filters.artists or bool({slug for slug, _ in row.artists} & set(filters.artists)))
            and (not filters.collections or row.collection in filters.collections)
            and (filters.first_year is None or (years[1] is not None and years[1] >= filters.first_year))
            and (filters.last_year is None or (years[0] is not None and years[0] <= filters.last_year))
        )

    return {id_ for id_, row in rows.items() if matches(row)}


def selection(state: State, question: dict) -> Selection:
    query = Query(model=EncoderModel(), stop=1, **question)
    return Selection(state, query, Wording(state, query.words).mask())


def selected(state: State, question: dict) -> np.ndarray:
    return np.flatnonzero(selection(state, question).mask)


@thorough
@given(collections(), questions)
def test_exactly_what_matches_is_selected(collection: tuple[State, dict[int, Row]], question: dict) -> None:
    state, rows = collection

    found = state.columns.ids[selected(state, question)].tolist()

    assert sorted(found) == sorted(matching(rows, **question))


@thorough
@given(
    collections(),
    questions,
    st.dictionaries(st.sampled_from(list(SIZES)), st.floats(0.001, 1000), min_size=1),
    st.lists(st.integers(-2, 2), min_size=5, max_size=5),
    st.integers(0, 10),
    st.integers(1, 10),
)
def test_the_nearest_of_them_are_exact_and_in_order(
    collection: tuple[State, dict[int, Row]],
    question: dict,
    weights: dict[str, float],
    numbers: list[int],
    start: int,
    count: int,
) -> None:
    state, rows = collection
    target = Target(vectors={name: unit(numbers[:size]) for name, size in SIZES.items()}, weights=weights)

    found = nearest(state, selected(state, question), target, start, start + count)

    expected = sorted((-_similarity(rows[id_], target), id_) for id_ in matching(rows, **question))
    assert [(hit.id, hit.similarity) for hit in found] == [(id_, -s) for s, id_ in expected][start : start + count]


@thorough
@given(
    collections(),
    st.sampled_from([sort for sort in Sort if sort not in (Sort.SIMILARITY, Sort.RELEVANCE)]),
    st.integers(0, 8),
)
def test_every_order_is_one_order_over_snapshot_and_tail(
    collection: tuple[State, dict[int, Row]], order: Sort, start: int
) -> None:
    state, rows = collection
    keys = {
        Sort.NEWEST: lambda row: -row.id,
        Sort.TITLE: lambda row: (row.title_key.encode(), row.id),
        Sort.ARTIST: lambda row: (row.artist_key == "", row.artist_key.encode(), row.title_key.encode(), row.id),
        Sort.OLDEST: lambda row: (row.first_year is None, row.first_year or 0, row.last_year or 0, row.id),
        Sort.LATEST: lambda row: (row.last_year is None, -(row.last_year or 0), -(row.first_year or 0), row.id),
    }

    found = ordered(state, np.flatnonzero(state.alive), order, start, start + 5)

    expected = [row.id for row in sorted(rows.values(), key=keys[order])]
    assert state.columns.ids[found].tolist() == expected[start : start + 5]


@thorough
@given(collections(), st.sampled_from(["hay", "ha", "hays", "se ha", '"hay sea"', "seasied"]).map(parse))
def test_the_best_match_is_by_tier_and_then_the_newest(collection: tuple[State, dict[int, Row]], words: Words) -> None:
    state, rows = collection

    def tier(row: Row) -> tuple[bool, bool]:
        named = whole = True
        for term in words.terms:
            corrected = not any(there.startswith(term.words[0]) for each in rows.values() for there in each.words)
            *first, last = term.words
            stand = stands_for(last, rows) if not first else lambda there, last=last: there.startswith(last)
            named &= set(first) <= set(row.names) and any(stand(there) for there in row.names)
            whole &= term.pairs[-1] in row.pairs if term.pairs else corrected or last in row.words
        return (not named, not whole)

    wording = Wording(state, words)
    matching_rows = np.flatnonzero(state.alive & wording.mask())
    found = ordered(state, matching_rows, Sort.RELEVANCE, 0, 100, wording.tiers())

    expected = sorted((row for row in rows.values() if spoken(row, rows, words)), key=lambda row: (tier(row), -row.id))
    assert state.columns.ids[found].tolist() == [row.id for row in expected]


@thorough
@given(collections(), questions)
def test_counts_are_those_of_what_matches_without_the_facets_own_filter(
    collection: tuple[State, dict[int, Row]], question: dict
) -> None:
    state, rows = collection
    counts = selection(state, question).counts()

    filters = question["filters"]
    without = {"words": question["words"], "excluded": question["excluded"]}
    others = Filters(
        artists=filters.artists,
        collections=filters.collections,
        first_year=filters.first_year,
        last_year=filters.last_year,
    )
    there = [rows[id_].style for id_ in matching(rows, filters=others, **without)]
    expected = {slug: n for slug in STYLES if (n := sum(style is not None and style[0] == slug for style in there))}
    assert {count.value: count.count for count in counts["style"] if count.count} == expected
    assert set(filters.styles) <= {count.value for count in counts["style"]}


def _similarity(row: Row, target: Target) -> float:
    squares = {
        name: float(np.sum((row.vectors[name].astype(float) - target.vectors[name].astype(float)) ** 2))
        for name in target.weights
    }
    total = sum(target.weights.values())
    distance = sum(weight / total * squares[name] for name, weight in target.weights.items()) ** 0.5
    return round(1 / (1 + distance), 6)
