"""How many paintings of which style are of which years, by the index's own counts, so that the wall shows as many."""

import time
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from search import indexes
from search.filters import FIRST_YEAR, Filters
from search.indexes import tail
from search.indexes.base import Found, Query, YearBin
from search.indexes.state import Stamp
from search.query import Question
from search.words import parse
from vectorizer.models import EncoderModel

MOST_STYLES = 8
KEPT_SECONDS = 60
"""No longer than this, since an index on a server comes to know of a change later than the journal does."""
QUESTIONS_KEPT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleYears:
    """A style's paintings in each bin; of all other styles, and of paintings without one, where `slug` is ""."""

    slug: str
    label: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of those that are dated."""
        return sum(self.counts)

    @property
    def middle(self) -> int:
        """The bin in which half of its paintings are passed."""
        passed = accumulate(self.counts)
        return next((place for place, number in enumerate(passed) if 2 * number >= self.total), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Bins of equal, round width over the span of the whole collection; () where nothing is dated.

    A painting counts in the middle of its span. `styles` are those with most dated paintings and those that are asked
    for, in the order of their times, then what is left over (slug ""), if anything is. `undated` are in no bin.
    """

    bins: tuple[YearBin, ...] = ()
    styles: tuple[StyleYears, ...] = ()
    undated: int = 0

    @property
    def total(self) -> int:
        """Of those that are dated."""
        return sum(each.count for each in self.bins)


def of(question: Question) -> Timeline:
    """Of all that match the question's words and filters, but for its years and styles, which are left aside.

    It is kept until something changes. One query while it is.
    """
    filters = replace(question.filters, first_year=None, last_year=None)
    plain = Question(words=question.words, filters=filters)
    return _kept(plain, EncoderModel.current(), tail.last(), int(time.monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=QUESTIONS_KEPT)
def _kept(question: Question, model: EncoderModel, stamp: Stamp | None, period: int) -> Timeline:
    """`stamp` and `period` say until when."""
    every = replace(question.filters, styles=())
    # Any year will do for what is dated: so the commonest styles are those that there is something to draw of.
    dated, all_of_them = _asked(question, model, replace(every, first_year=FIRST_YEAR), every)
    commonest = [count.value for count in dated.facets["style"] if count.count]
    slugs = tuple(dict.fromkeys((*question.filters.styles, *commonest)))
    slugs = slugs[: max(MOST_STYLES, len(question.filters.styles))]
    each = _asked(question, model, *(replace(every, styles=(slug,)) for slug in slugs))
    styles = [_style(slug, found) for slug, found in zip(slugs, each, strict=True)]
    styles.sort(key=lambda style: (style.middle, style.label))
    bins = dated.histogram
    rest = _rest(bins, styles)
    return Timeline(
        bins=bins,
        styles=(*styles, rest) if rest.total else tuple(styles),
        undated=all_of_them.total - sum(each.count for each in bins),
    )


def _asked(question: Question, model: EncoderModel, *filters: Filters) -> list[Found]:
    words = parse(question.words)
    queries = [Query(model=model, words=words, filters=each, stop=1, facets=True) for each in filters]
    return indexes.index().find_each(queries)


def _style(slug: str, found: Found) -> StyleYears:
    labels = {count.value: count.label for count in found.facets["style"]}
    counts = tuple(each.count for each in found.histogram)
    return StyleYears(slug=slug, label=labels.get(slug, slug), counts=counts)


def _rest(bins: tuple[YearBin, ...], styles: list[StyleYears]) -> StyleYears:
    told = (sum(style.counts[place] for style in styles) for place in range(len(bins)))
    return StyleYears(
        slug="", label="", counts=tuple(each.count - number for each, number in zip(bins, told, strict=True))
    )
