"""The one way to an answer, for pages, the API, commands and the admin: questions in, paintings out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import ngettext

from gallery.models import Image, Painting, PaintingQuerySet
from search import examples, indexes, nearness, photos, shaping
from search.details import Features, Permit, free
from search.filters import Filters
from search.indexes.base import Count, Found, Hit, Index, Query, Target, YearBin
from search.nearness import Nearness
from search.photos import Recognised
from search.query import Question, QuestionError, Sort
from search.words import parse
from vectorizer.features import Feature
from vectorizer.models import EncoderModel

LIMIT = 16
Judge = Callable[[Hit], Nearness | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A painting in an answer, with all that a tile shows. `shares`: by feature its part of d², which add up to 1.

    Without examples there is nothing to be like: similarity and distance are None, and shares are empty. `nearness` is
    None, too, where how near is near was never measured: by some features, by colours, and with examples against.
    """

    painting: Painting
    similarity: float | None = None
    distance: float | None = None
    shares: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    nearness: Nearness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A value of a filter: how many paintings there would be, were it chosen instead of what is."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of an answer. `total` counts all that match, `reach` those of them that can be paged: among look-alikes,
    and where anything is left out for what else there is (near-duplicates, many of one artist), no more than
    `settings.SEARCH_DEPTH` are looked at.

    `weak_from` is the place in `matches` of the first that is distant: from there on nothing is really alike, if the
    most alike come first. `facets` has the keys of `filters.FACETS` where they were asked for, and so has `histogram`
    its bins; `years` is the span of the whole collection. `worded` counts those that match the words, which with
    examples may be fewer than there are; `corrections`: a misspelled word → those that stood for it. `recognised` is
    what the question's first photo shows, whatever words and filters say.
    """

    question: Question
    matches: tuple[Match, ...]
    total: int
    pages: int
    facets: Mapping[str, tuple[Facet, ...]]
    years: tuple[int, int] | None
    reach: int = 0
    weak_from: int | None = None
    histogram: tuple[YearBin, ...] = ()
    worded: int | None = None
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    recognised: Recognised | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What is nearest by one feature, of `total` paintings; `judge` says how near a hit is."""

    feature: Feature
    hits: tuple[Hit, ...]
    total: int
    judge: Judge


def answer(question: Question, *, facets: bool = False, permit: Permit = free) -> Results:
    """The page of the answer that the question asks for, in a constant number of database queries.

    Raises QuestionError where an example, the photo, a feature or the page does not exist, and `details.NotYet` where a
    part of a picture has to be encoded and the permit refuses.
    """
    model = EncoderModel.current()
    target = examples.target_of(question, model, permit=permit)
    start, stop = shaping.span(question)
    query = Query(
        model=model,
        words=parse(question.words),
        filters=question.filters,
        excluded=frozenset(example.painting for example in question.examples if example.painting is not None),
        target=target,
        order=shaping.ranked_by(question),
        start=start,
        stop=stop,
        facets=facets,
    )
    found = indexes.index().find(query)
    hits, total, reach = _page(found, question, target, model)
    pages = -(-reach // question.page_size)
    _check_page(question, pages)
    judge = _judge(model, target) if _is_judged(question) else _unjudged
    matches = shown(hits, paintings_of(hits, Painting.objects.public()), judge)
    return Results(
        question=question,
        matches=matches,
        total=total,
        reach=reach,
        pages=pages,
        weak_from=_weak_from(matches) if question.order is Sort.SIMILARITY else None,
        facets={name: _facets(counts, question.filters.values(name)) for name, counts in found.facets.items()},
        years=found.years,
        histogram=found.histogram,
        worded=found.worded,
        corrections=found.corrections,
        recognised=photos.recognised(question.photos[0]) if question.photos else None,
    )


def like(
    painting: Painting, *, feature: str | None = None, limit: int = LIMIT, filters: Filters | None = None
) -> tuple[Match, ...]:
    """The public paintings most like this one, without itself; none while it has no vectors.

    It may be a draft: whether the caller may see it is for the caller to know. QuestionError for an unknown feature.
    """
    model = EncoderModel.current()
    weights = examples.checked_weights({feature: 1.0} if feature else {}, model)
    vectors = examples.of_painting(painting, model)
    if vectors is None:
        return ()
    query = _nearest(model, vectors, weights, limit, filters=filters or Filters(), excluded=frozenset({painting.pk}))
    return _ask(indexes.index(), query, Painting.objects.public())


def by_each_feature(painting: Painting, *, limit: int = LIMIT) -> tuple[Ranking, ...]:
    """By every likeness of the active model what is nearest to a painting; () while it has no vectors.

    The model and the vectors are asked for once, and the index once a feature.
    """
    model = EncoderModel.current()
    vectors = examples.of_painting(painting, model)
    if vectors is None:
        return ()
    index, excluded = indexes.index(), frozenset({painting.pk})
    found = []
    for feature in model.card.likenesses:
        query = _nearest(model, vectors, {feature.name: 1.0}, limit, excluded=excluded)
        answered = index.find(query)
        judge = _judge(model, query.target)
        found.append(Ranking(feature=feature, hits=answered.hits, total=answered.total, judge=judge))
    return tuple(found)


def like_vectors(packed: bytes, *, feature: str | None = None, limit: int = LIMIT) -> tuple[Match, ...]:
    """The public paintings most like a picture that is not kept, by its vectors as `looking.look` gives them."""
    model = EncoderModel.current()
    weights = examples.checked_weights({feature: 1.0} if feature else {}, model)
    query = _nearest(model, examples.unpacked(packed, model), weights, limit)
    return _ask(indexes.index(), query, Painting.objects.public())


def duplicates_of(image: Image, *, limit: int = 8) -> tuple[Match, ...]:
    """For curators: of all paintings, drafts included, those with another image that comes nearest to this one.

    Each painting counts by its newest image. None while this image has no vectors.
    """
    model = EncoderModel.current()
    vectors = examples.of_image(image, model)
    if vectors is None:
        return ()
    same = frozenset(Painting.objects.filter(image=image).values_list("pk", flat=True))
    query = _nearest(model, vectors, examples.checked_weights({}, model), limit, excluded=same)
    return _ask(indexes.everything(), query, Painting.objects.all())


def features() -> tuple[Feature, ...]:
    """What paintings can be compared by: the active model's likenesses, the usual one first."""
    return EncoderModel.current().card.likenesses


def all_features() -> tuple[Feature, ...]:
    """What a question may name: the likenesses, and the identity that recognises photos, where the model has one."""
    return EncoderModel.current().card.features


def _nearest(
    model: EncoderModel,
    vectors: Features,
    weights: Mapping[str, float],
    limit: int,
    *,
    filters: Filters | None = None,
    excluded: frozenset[int] = frozenset(),
) -> Query:
    return Query(
        model=model,
        target=examples.target([vectors], weights),
        filters=filters or Filters(),
        excluded=excluded,
        order=Sort.SIMILARITY,
        stop=limit,
    )


def _ask(index: Index, query: Query, paintings: PaintingQuerySet) -> tuple[Match, ...]:
    hits = index.find(query).hits
    return shown(hits, paintings_of(hits, paintings), _judge(query.model, query.target))


def _page(
    found: Found, question: Question, target: Target | None, model: EncoderModel
) -> tuple[Sequence[Hit], int, int]:
    """The hits of the question's page; how many match; how many of these can be paged."""
    if shaping.is_needed(question):
        hits = shaping.shaped(found.hits, question, target, model)
        start = (question.page - 1) * question.page_size
        return hits[start : start + question.page_size], len(hits), len(hits)
    return found.hits, found.total, min(found.total, settings.SEARCH_DEPTH) if target else found.total


def paintings_of(hits: Sequence[Hit], paintings: PaintingQuerySet) -> Mapping[int, Painting]:
    """By their ids those of the hits that are among these paintings, with all that a tile shows."""
    return {painting.pk: painting for painting in paintings.with_details().filter(pk__in={hit.id for hit in hits})}


def shown(hits: Sequence[Hit], found: Mapping[int, Painting], judge: Judge) -> tuple[Match, ...]:
    """The hits as paintings. One that is not among those found, withdrawn a moment ago, is left out."""
    return tuple(
        Match(
            painting=found[hit.id],
            similarity=hit.similarity,
            distance=hit.distance,
            shares=hit.shares,
            nearness=judge(hit),
        )
        for hit in hits
        if hit.id in found
    )


def _is_judged(question: Question) -> bool:
    """Likeness to pictures alone has words that were calibrated."""
    return bool(question.like) and not question.unlike and not question.colours


def _judge(model: EncoderModel, target: Target | None) -> Judge:
    """Says how near a hit is to a target that is the likeness of pictures."""
    weights = target.weights if target else {}
    return lambda hit: None if hit.similarity is None else nearness.of(hit.similarity, weights, model.card)


def _unjudged(hit: Hit) -> None:
    return None


def _weak_from(matches: Sequence[Match]) -> int | None:
    return next((place for place, match in enumerate(matches) if match.nearness is Nearness.DISTANT), None)


def _facets(counts: Sequence[Count], chosen: Sequence[str]) -> tuple[Facet, ...]:
    return tuple(
        Facet(value=count.value, label=count.label, count=count.count, selected=count.value in chosen)
        for count in counts
    )


def _check_page(question: Question, pages: int) -> None:
    if question.page > max(pages, 1):
        sentence = ngettext(
            "There is only one page of results.", "There are only %(pages)d pages of results.", max(1, pages)
        )
        raise QuestionError({"page": [sentence % {"pages": pages}]})
