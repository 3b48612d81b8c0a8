"""What misspelled words may stand for, as Elasticsearch knows the words of paintings."""

from collections.abc import Iterable, Mapping

from search.indexes.elasticsearch.asking import Answer, ask
from search.indexes.elasticsearch.wording import Body
from search.words import MOST_CORRECTIONS, Words, meant, tolerance
from vectorizer.models import EncoderModel

CANDIDATES = 5 * MOST_CORRECTIONS
_NOTHING: Body = {"size": 0, "track_total_hits": False}
_ANY: Body = {"size": 0, "track_total_hits": 1, "terminate_after": 1}


def corrections(words: Words, model: EncoderModel) -> Mapping[str, tuple[str, ...]]:
    """The words that begin no word of any painting → those that they may stand for: one request, or three with typos.

    Raises IndexUnavailable.
    """
    asked = [term.words[0] for term in words.terms if term.can_be_misspelled]
    unknown = [
        word for word, answer in zip(asked, _answers(model, map(_known, asked)), strict=True) if not _total(answer)
    ]
    answers = _answers(model, map(_suggested, unknown))
    found = {word: meant(word, _options(answer)) for word, answer in zip(unknown, answers, strict=True)}
    candidates = [word for some in found.values() for word in some]
    # The server's list of words keeps those of deleted documents for a while: they are no more to be told of.
    alive = {
        word
        for word, answer in zip(candidates, _answers(model, map(_there, candidates)), strict=True)
        if _total(answer)
    }
    left = {word: tuple(each for each in some if each in alive) for word, some in found.items()}
    return {word: some for word, some in left.items() if some}


def _known(word: str) -> Body:
    return {"query": {"prefix": {"words": word}}, **_ANY}


def _there(word: str) -> Body:
    return {"query": {"term": {"words": word}}, **_ANY}


def _suggested(word: str) -> Body:
    term = {
        "field": "words",
        "suggest_mode": "always",
        "max_edits": tolerance(word),
        "prefix_length": 1,
        "min_word_length": 1,
        "size": CANDIDATES,
        "shard_size": CANDIDATES,
        "string_distance": "damerau_levenshtein",
        "accuracy": 0.01,
        "max_term_freq": 2**30,
    }
    return {**_NOTHING, "suggest": {"words": {"text": word, "term": term}}}


def _answers(model: EncoderModel, bodies: Iterable[Body]) -> list[Answer]:
    asked = list(bodies)
    return ask(model, asked) if asked else []


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _options(answer: Answer) -> list[str]:
    return [option["text"] for found in answer["suggest"]["words"] for option in found["options"]]
