"""Taking a suggestion into the catalogue: only where nothing stands yet, and in the name of whoever accepts it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from gallery import journal
from gallery.models import Genre, Painting, PaintingQuerySet, Style
from gallery.permissions import may_change
from gallery.sentences import Sentence, gettext_noop, unbroken
from gallery.term import Term
from gallery.text import fold
from vectorizer import suggestions
from vectorizer.models import EncoderModel
from vectorizer.suggestions import KINDS, Kind, Suggestion

TERMS: Mapping[Kind, type[Term]] = {"style": Style, "genre": Genre}
PAINTINGS_AT_ONCE = 500
REASON_LENGTH = 100  # of a reason in the history
#: What the history keeps, in English, by the kinds that were accepted; `gallery.sentences.retold` says it.
REASONS: Mapping[tuple[str, ...], str] = {
    ("style",): gettext_noop("accepted the suggestion of %(name)s: style %(style)s"),
    ("genre",): gettext_noop("accepted the suggestion of %(name)s: genre %(genre)s"),
    ("style", "genre"): gettext_noop("accepted the suggestion of %(name)s: style %(style)s, genre %(genre)s"),
}


class NotAccepted(Exception):
    """A suggestion was not accepted, and nothing changed; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What accepting would give of one kind: paintings by label, the labels that the catalogue lacks, and how many
    of the guesses will be wrong by the model's own reckoning. `level` is the least confidence that is sure; a kind of
    which the model is never sure has none, and nothing is given."""

    kind: Kind
    level: float | None
    given: Mapping[str, int]
    new: frozenset[str]
    wrong: float

    @property
    def percent(self) -> str:
        """The level as a reader writes it."""
        return "" if self.level is None else unbroken(f"{number_format(f'{100 * self.level:g}')} %")

    @property
    def number(self) -> int:
        """Of paintings."""
        return sum(self.given.values())


class Terms:
    """The catalogue's styles and genres by their folded names, as they are now."""

    def __init__(self) -> None:
        self._known: dict[Kind, dict[str, Term]] = {}

    def find(self, kind: Kind, label: str) -> Term | None:
        """The term of this name, whatever its case, accents and punctuation."""
        return self._of(kind).get(fold(label))

    def may_use(self, user: Any, kind: Kind, label: str) -> bool:
        """Whether the term is there, or this user may add it."""
        model = TERMS[kind]._meta
        return self.find(kind, label) is not None or bool(user.has_perm(f"gallery.add_{model.model_name}"))

    def get_or_add(self, kind: Kind, label: str, *, by: User | None) -> Term:
        """The term of this name, added where the catalogue lacks it. Only inside `journal.writing()`."""
        found = self.find(kind, label)
        if found is None:
            found = TERMS[kind](name=label)
            found._history_user = by  # type: ignore[attr-defined]
            found.save()
            self._of(kind)[fold(label)] = found
        return found

    def _of(self, kind: Kind) -> dict[str, Term]:
        if kind not in self._known:
            rows = TERMS[kind]._default_manager.order_by("-pk")  # of two names that fold alike, the older one
            self._known[kind] = {fold(term.name): term for term in rows}
        return self._known[kind]


def accept(painting: Painting, kind: Kind, label: str, *, by: User) -> Suggestion:
    """Make a suggestion the painting's style or genre. Returns what was accepted; raises NotAccepted."""
    terms = Terms()
    with journal.writing(by=by):
        present = Painting.objects.select_for_update().get(pk=painting.pk)
        if not may_change(by, present):
            raise NotAccepted(_("You may not change this painting."))
        if (named := getattr(present, kind)) is not None:
            raise NotAccepted(_set_already(kind, named))
        model = EncoderModel.current()
        offered = suggestions.of(present.image, model).get(kind, ())
        chosen = next((suggestion for suggestion in offered if suggestion.label == label), None)
        if chosen is None:
            raise NotAccepted(_not_suggested(kind, label))
        if not terms.may_use(by, kind, label):
            raise NotAccepted(_not_to_be_added(kind, label))
        _write([(present, chosen)], terms, model, by)
    return chosen


def forecast(paintings: PaintingQuerySet, *, by: User) -> tuple[Forecast, ...]:
    """What `accept_sure` would do with these paintings, for each kind. Changes nothing."""
    terms, model = Terms(), EncoderModel.current()
    given: dict[Kind, Counter[str]] = {kind: Counter() for kind in KINDS}
    wrong: Counter[Kind] = Counter()
    for rows in _parts(paintings, model):
        for _painting, suggestion in _sure(rows, by, terms, model):
            given[suggestion.kind][suggestion.label] += 1
            wrong[suggestion.kind] += 1 - suggestion.confidence  # type: ignore[assignment]
    return tuple(
        Forecast(
            kind=kind,
            level=model.card.sure.get(kind),
            given=dict(given[kind].most_common()),
            new=frozenset(label for label in given[kind] if terms.find(kind, label) is None),
            wrong=wrong[kind],
        )
        for kind in KINDS
    )


def accept_sure(paintings: PaintingQuerySet, *, by: User) -> dict[Kind, int]:
    """Accept the first suggestion of each kind that is missing, where it is sure by the card of the active model.

    In parts, each a change of its own, so that others can write meanwhile. Returns how many paintings got one, by kind;
    kinds of which the model is never sure are not among them.
    """
    terms, model = Terms(), EncoderModel.current()
    accepted: Counter[Kind] = Counter()
    for rows in _parts(paintings, model):
        with journal.writing(by=by):
            present = Painting.objects.select_for_update().filter(pk__in=[row.pk for row in rows])
            chosen = list(_sure(present, by, terms, model))
            _write(chosen, terms, model, by)
        accepted.update(suggestion.kind for _painting, suggestion in chosen)
    return {kind: accepted[kind] for kind in KINDS if kind in model.card.sure}


def _parts(paintings: PaintingQuerySet, model: EncoderModel) -> Iterator[Sequence[Painting]]:
    """The paintings that may get something, some hundreds at once."""
    found = (suggestions.lacking(paintings.order_by(), kind, model).values_list("pk", flat=True) for kind in KINDS)
    ids = sorted(set().union(*found))
    for start in range(0, len(ids), PAINTINGS_AT_ONCE):
        part = ids[start : start + PAINTINGS_AT_ONCE]
        yield list(Painting.objects.filter(pk__in=part).only("pk", "state", "image", "style", "genre"))


def _sure(
    paintings: Iterable[Painting], by: User, terms: Terms, model: EncoderModel
) -> Iterator[tuple[Painting, Suggestion]]:
    """Each painting that this user may change with each sure suggestion of a kind that it lacks."""
    rows = [painting for painting in paintings if may_change(by, painting)]
    found = suggestions.of_images({painting.image_id for painting in rows}, model, first=1)
    for painting in rows:
        for kind, (first, *_others) in found.get(painting.image_id, {}).items():
            missing = getattr(painting, f"{kind}_id") is None
            if missing and first.sure and terms.may_use(by, kind, first.label):
                yield painting, first


def _write(accepted: Sequence[tuple[Painting, Suggestion]], terms: Terms, model: EncoderModel, by: User) -> None:
    """Set the terms, with a line in each painting's history that says where they come from."""
    figures: dict[int, dict[str, Sentence]] = {}
    changed: dict[int, Painting] = {}
    for painting, suggestion in accepted:
        setattr(painting, suggestion.kind, terms.get_or_add(suggestion.kind, suggestion.label, by=by))
        figures.setdefault(painting.pk, {})[suggestion.kind] = suggestion.figure
        changed[painting.pk] = painting
    for painting in changed.values():
        reason = Sentence(REASONS[tuple(figures[painting.pk])], {"name": model.name, **figures[painting.pk]})
        painting._change_reason = str(reason)[:REASON_LENGTH]  # type: ignore[attr-defined]
    rows = list(changed.values())
    bulk_update_with_history(rows, Painting, list(KINDS), batch_size=journal.ROWS_AT_ONCE, default_user=by)


def _set_already(kind: Kind, named: Term) -> str:
    if kind == "style":
        sentence = _("The catalogue says “%(label)s”: a style that is set is not overwritten.")
    else:
        sentence = _("The catalogue says “%(label)s”: a genre that is set is not overwritten.")
    return sentence % {"label": named}


def _not_suggested(kind: Kind, label: str) -> str:
    if kind == "style":
        sentence = _("“%(label)s” is not among the suggestions for the style any more. Look at them again.")
    else:
        sentence = _("“%(label)s” is not among the suggestions for the genre any more. Look at them again.")
    return sentence % {"label": label}


def _not_to_be_added(kind: Kind, label: str) -> str:
    if kind == "style":
        sentence = _("The catalogue has no style “%(label)s” yet, and you may not add one. Ask a curator.")
    else:
        sentence = _("The catalogue has no genre “%(label)s” yet, and you may not add one. Ask a curator.")
    return sentence % {"label": label}
