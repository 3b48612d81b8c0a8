"""Words as Elasticsearch takes them."""

from collections.abc import Collection, Sequence
from typing import Any

from search.words import Term, Tier, Words

Body = dict[str, Any]

NAMED, WHOLE = 2, 1  # scores, of which the sum orders by tier


def matching(words: Words, tiers: Collection[Tier] = tuple(Tier)) -> list[Body]:
    """The clauses that must all hold of a painting for it to match these words, and as well as one of the tiers."""
    wanted = [clause for term in words.terms for clause in _matching(term)]
    return wanted if len(tiers) == len(Tier) else [*wanted, _within(words, tiers)]


def scored(words: Words) -> list[Body]:
    """Clauses that may hold: the sum of their scores falls from tier to tier."""
    weights = ((_named(words), NAMED), (_whole(words), WHOLE))
    return [{"constant_score": {"filter": _all(clauses), "boost": boost}} for clauses, boost in weights]


def _within(words: Words, tiers: Collection[Tier]) -> Body:
    named, whole = _all(_named(words)), _all(_whole(words))
    no_names, no_whole = ({"bool": {"must_not": [clause]}} for clause in (named, whole))
    each = {
        Tier.NAME: [named, whole],
        Tier.NAME_BEGINNING: [named, no_whole],
        Tier.WORD: [no_names, whole],
        Tier.BEGINNING: [no_names, no_whole],
    }
    return {"bool": {"should": [_all(each[tier]) for tier in sorted(tiers)], "minimum_should_match": 1}}


def _matching(term: Term) -> list[Body]:
    if term.instead:
        return [_any_of("words", term.instead)]
    return _in_a_row("pairs", term.pairs) if term.pairs else _in_a_row("words", term.words)


def _named(words: Words) -> list[Body]:
    """What holds of paintings that have all of them in their names."""
    return [
        clause
        for term in words.terms
        for clause in ([_any_of("names", term.instead)] if term.instead else _in_a_row("names", term.words))
    ]


def _whole(words: Words) -> list[Body]:
    """What holds of paintings that have all of them as whole words."""
    return [
        {"term": {"pairs": term.pairs[-1]} if term.pairs else {"words": term.words[0]}}
        for term in words.terms
        if not term.instead
    ]


def _in_a_row(field: str, tokens: Sequence[str]) -> list[Body]:
    """All of them; of the last, the beginning is enough."""
    return [*({"term": {field: token}} for token in tokens[:-1]), {"prefix": {field: tokens[-1]}}]


def _any_of(field: str, tokens: Sequence[str]) -> Body:
    return {"terms": {field: list(tokens)}}


def _all(clauses: Sequence[Body]) -> Body:
    return {"bool": {"filter": list(clauses)}} if clauses else {"match_all": {}}
