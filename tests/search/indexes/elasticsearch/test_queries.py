"""The requests that are sent."""

from typing import Any

import numpy as np
import orjson
import pytest

from search.filters import Filters
from search.indexes.base import Query, Target
from search.indexes.elasticsearch import queries
from search.indexes.elasticsearch.wording import Body
from search.query import Sort
from search.words import Tier, parse
from vectorizer.models import EncoderModel

COMMON, PALETTE = np.array([0.6, 0.8], np.float32), np.array([1.0, 0.0], np.float32)
ONE = Target(vectors={"common512": COMMON}, weights={"common512": 2.0})
TWO = Target(vectors={"common512": COMMON, "palette": PALETTE}, weights={"common512": 1.0, "palette": 3.0})


def asked(**fields: Any) -> Query:
    return Query(**({"model": EncoderModel(name="eye"), "stop": 60} | fields))


def filters_of(body: Body) -> list[Any]:
    found: list[Any] = body["bool"]["filter"]
    return found


def test_without_words_and_filters_everything_matches() -> None:
    assert queries.matching(asked()) == {"match_all": {}}


def test_filters_and_words_must_all_match_and_examples_are_left_out() -> None:
    chosen = Filters(styles=("cubism", "icon"), artists=("anna",), collections=("North Wing",), genres=("portrait",))
    found = queries.matching(asked(filters=chosen, words=parse("whea go"), excluded=frozenset({9, 3})))

    assert filters_of(found) == [
        {"terms": {"style.slug": ["cubism", "icon"]}},
        {"terms": {"genre.slug": ["portrait"]}},
        {"terms": {"artists.slug": ["anna"]}},
        {"terms": {"collection": ["North Wing"]}},
        {"prefix": {"words": "whea"}},
        {"prefix": {"words": "go"}},
    ]
    assert found["bool"]["must_not"] == [{"terms": {"id": [3, 9]}}]


def test_a_phrase_asks_for_its_pairs_and_a_misspelled_word_for_what_is_meant() -> None:
    words = parse('"the starry ni" mnoet').corrected({"mnoet": ("monet",)})
    assert filters_of(queries.matching(asked(words=words))) == [
        {"term": {"pairs": "the starry"}},
        {"prefix": {"pairs": "starry ni"}},
        {"terms": {"words": ["monet"]}},
    ]


def test_the_best_match_is_ordered_by_a_score_a_tier() -> None:
    body = queries.sorted_by(asked(words=parse("sea"), order=Sort.RELEVANCE), 0, 60)

    named, whole = (each["constant_score"] for each in body["query"]["bool"]["should"])
    assert (named["filter"], named["boost"]) == ({"bool": {"filter": [{"prefix": {"names": "sea"}}]}}, 2)
    assert (whole["filter"], whole["boost"]) == ({"bool": {"filter": [{"term": {"words": "sea"}}]}}, 1)
    assert body["sort"] == [{"_score": {"order": "desc"}}, {"id": {"order": "desc", "missing": "_last"}}]


def test_some_tiers_are_alternatives_and_all_of_them_are_no_condition() -> None:
    both = frozenset({Tier.NAME, Tier.NAME_BEGINNING})
    (word, within) = filters_of(queries.matching(asked(words=parse("sea"), tiers=both)))
    assert word == {"prefix": {"words": "sea"}}
    assert len(within["bool"]["should"]) == 2
    assert len(filters_of(queries.matching(asked(words=parse("sea"))))) == 1


def test_what_is_fused_is_counted_without_its_words() -> None:
    fused = asked(words=parse("sea"), target=ONE, order=Sort.RELEVANCE)
    assert queries.matching(fused.counted) == {"match_all": {}}
    assert set(queries.tiers(fused)["aggs"]["tiers"]["filters"]["filters"]) == {tier.name for tier in Tier}
    narrowed = asked(words=parse("sea"), target=ONE, order=Sort.SIMILARITY)
    assert narrowed.counted is narrowed


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (1500, None, [{"range": {"last_year": {"gte": 1500}}}]),
        (None, -50, [{"range": {"first_year": {"lte": -50}}}]),
        (1500, 1600, [{"range": {"last_year": {"gte": 1500}}}, {"range": {"first_year": {"lte": 1600}}}]),
    ],
)
def test_years_ask_for_spans_that_overlap(first: int | None, last: int | None, expected: list[Any]) -> None:
    assert filters_of(queries.matching(asked(filters=Filters(first_year=first, last_year=last)))) == expected


def test_the_nearest_by_several_features_are_several_clauses_with_boosts_and_the_filters_within() -> None:
    query = asked(filters=Filters(styles=("cubism",)))

    body = queries.near(query, TWO, 300)

    common, palette = body["knn"]
    assert (common["field"], common["boost"]) == ("common512", 0.25)
    assert (palette["field"], palette["boost"]) == ("palette", 0.75)
    for clause in (common, palette):
        assert (clause["k"], clause["num_candidates"]) == (300, 600)
        assert filters_of(clause["filter"]) == [{"terms": {"style.slug": ["cubism"]}}]
    assert body["size"] == 600


def test_no_more_candidates_are_asked_for_than_elasticsearch_gives() -> None:
    (clause,) = queries.near_by(asked(), ONE, "common512", 10_000)["knn"]
    assert (clause["k"], clause["num_candidates"]) == (10_000, 10_000)
    assert "filter" not in clause
    assert queries.near(asked(), TWO, 8000)["size"] == 10_000


def test_hits_are_ids_alone() -> None:
    for body in (queries.near(asked(), ONE, 5), queries.scored(asked(), ONE, 5), queries.sorted_by(asked(), 0, 5)):
        assert (body["_source"], body["stored_fields"], body["docvalue_fields"]) == (False, "_none_", ["id"])


def test_the_script_of_one_feature_is_the_article_s_formula() -> None:
    query = asked(filters=Filters(genres=("portrait",)))

    sent = orjson.loads(orjson.dumps(queries.scored(query, ONE, 200), option=orjson.OPT_SERIALIZE_NUMPY))

    assert sent["query"]["script_score"] == {
        "query": {"bool": {"filter": [{"terms": {"genre.slug": ["portrait"]}}]}},
        "script": {
            "source": "1 / (l2norm(params.queryVector, 'common512') + 1)",
            "params": {"queryVector": [0.6, 0.8]},
        },
    }
    assert sent["size"] == 200


def test_the_script_of_several_features_orders_by_the_contract_s_distance() -> None:
    script = queries.scored(asked(), TWO, 200)["query"]["script_score"]["script"]

    assert script["source"] == (
        "1 / (Math.sqrt("
        "params.weight0 * Math.pow(l2norm(params.queryVector0, 'common512'), 2) + "
        "params.weight1 * Math.pow(l2norm(params.queryVector1, 'palette'), 2)) + 1)"
    )
    assert (script["params"]["weight0"], script["params"]["weight1"]) == (0.25, 0.75)
    assert script["params"]["queryVector1"] is PALETTE


@pytest.mark.parametrize("order", list(Sort))
def test_every_order_ends_with_the_id_and_what_is_missing_stands_last(order: Sort) -> None:
    fields = queries.sorted_by(asked(order=order), 0, 60)["sort"]

    assert list(fields[-1]) == ["id"]
    assert all(how["missing"] == "_last" for field in fields for how in field.values())


def test_a_page_begins_somewhere_or_behind_another() -> None:
    assert queries.sorted_by(asked(), 120, 180)["from"] == 120
    behind = queries.sorted_by(asked(), 0, 100, [1900, 7])
    assert (behind["search_after"], behind["size"]) == ([1900, 7], 100)
    assert "from" not in behind


def test_a_facet_is_counted_without_its_own_filter_and_with_what_is_chosen() -> None:
    chosen = Filters(styles=("cubism",), genres=("portrait",))

    sent = queries.count(asked(filters=chosen, facets=True))["aggs"]

    assert filters_of(sent["matching"]["filter"]) == [
        {"terms": {"style.slug": ["cubism"]}},
        {"terms": {"genre.slug": ["portrait"]}},
    ]
    assert filters_of(sent["style"]["filter"]) == [{"terms": {"genre.slug": ["portrait"]}}]
    assert sent["style"]["aggs"]["frequent"]["terms"]["size"] == 50
    assert sent["style"]["aggs"]["frequent"]["terms"]["order"] == [{"_count": "desc"}, {"_key": "asc"}]
    assert sent["style"]["aggs"]["chosen"]["terms"]["include"] == ["cubism"]
    assert "chosen" not in sent["artist"]["aggs"]
    assert set(sent["everything"]["aggs"]) == {"style", "genre"}


def test_without_facets_only_the_total_is_counted() -> None:
    assert queries.count(asked(words=parse("a"))) == {
        "query": {"bool": {"filter": [{"prefix": {"words": "a"}}]}},
        "size": 0,
        "track_total_hits": True,
    }
