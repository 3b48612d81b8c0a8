"""What the beginning of a question may become: paintings, artists, styles and genres by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gallery.models import Painting
from search import indexes
from search.filters import FIELDS, Filters
from search.indexes.base import Count, Found, Query
from search.query import Sort
from search.words import Words, parse
from vectorizer.models import EncoderModel

PAINTINGS, ARTISTS, TERMS = 5, 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A value of a filter: how many public paintings that match what was typed have it, and how they are asked for."""

    kind: str
    slug: str
    label: str
    count: int

    @property
    def filters(self) -> Filters:
        """The paintings that have it."""
        chosen: dict[str, Any] = {FIELDS[self.kind]: (self.slug,)}
        return Filters(**chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What is public alone. `corrections`: a misspelled word → those that stood for it."""

    paintings: tuple[Painting, ...] = ()
    artists: tuple[Name, ...] = ()
    styles: tuple[Name, ...] = ()
    genres: tuple[Name, ...] = ()
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.paintings or self.artists or self.styles or self.genres)


def suggest(text: str) -> Suggestions:
    """At most five paintings, four artists, and three styles and genres together, whose names have all that was typed.

    Of names, those with most paintings come first. One question to the index and two queries beside its own, however
    much there is. Raises IndexUnavailable.
    """
    words = parse(text)
    if not words:
        return Suggestions()
    query = Query(model=EncoderModel.current(), words=words, order=Sort.RELEVANCE, stop=PAINTINGS, facets=True)
    found = indexes.index().find(query)
    asked = words.corrected(found.corrections)
    styles, genres = _names(found, "style", asked), _names(found, "genre", asked)
    chosen = sorted((*styles, *genres), key=lambda name: (-name.count, name.label))[:TERMS]
    return Suggestions(
        paintings=_paintings(found, asked),
        artists=_names(found, "artist", asked)[:ARTISTS],
        styles=tuple(name for name in chosen if name.kind == "style"),
        genres=tuple(name for name in chosen if name.kind == "genre"),
        corrections=found.corrections,
    )


def _names(found: Found, kind: str, words: Words) -> tuple[Name, ...]:
    """The values of this facet whose names have all words; those most frequent first, as the index has them."""
    return tuple(_named(kind, count) for count in found.facets[kind] if words.are_in(count.label))


def _named(kind: str, count: Count) -> Name:
    return Name(kind=kind, slug=count.value, label=count.label, count=count.count)


def _paintings(found: Found, words: Words) -> tuple[Painting, ...]:
    """Those found whose titles and artists have all words: the best matches come first, so that these are the first."""
    ids = [hit.id for hit in found.hits]
    public = {painting.pk: painting for painting in Painting.objects.public().with_details().filter(pk__in=ids)}
    return tuple(public[id_] for id_ in ids if id_ in public and words.are_in(" ".join(_spoken(public[id_]))))


def _spoken(painting: Painting) -> Iterator[str]:
    yield painting.title
    yield from (attribution.artist.name for attribution in painting.attributions.all())
