"""The colours of a question: those asked for, those to choose from, and those of its examples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from search import example_vectors
from search.colour_words import named
from search.details import free
from search.query import Example, Question
from search.subjects import COLOURS_AT_ONCE, FULL_SHARE, Colours
from search.wall.addresses import address
from search.wall.likeness import palette_name
from vectorizer.features import Colour, colours_of_palette
from vectorizer.models import EncoderModel

PALETTES = 3  # of so many examples the colours are offered
REMEMBERED = 512
PIGMENTS = {
    gettext_noop("Lead white"): "f1ece0",
    gettext_noop("Naples yellow"): "f2d98c",
    gettext_noop("Lead-tin yellow"): "e8bf3a",
    gettext_noop("Yellow ochre"): "c5913c",
    gettext_noop("Orange"): "d9772b",
    gettext_noop("Vermilion"): "cf3f26",
    gettext_noop("Crimson"): "8f1d2f",
    gettext_noop("Rose"): "d98f92",
    gettext_noop("Violet"): "6d4a86",
    gettext_noop("Ultramarine"): "24388c",
    gettext_noop("Cerulean"): "4c86b8",
    gettext_noop("Sky"): "a9c8dd",
    gettext_noop("Viridian"): "2f7a66",
    gettext_noop("Sap green"): "5f7a34",
    gettext_noop("Olive"): "6f6a3a",
    gettext_noop("Raw sienna"): "9c6a3a",
    gettext_noop("Burnt umber"): "5a3a26",
    gettext_noop("Grey"): "8f8b86",
    gettext_noop("Charcoal"): "3a3836",
    gettext_noop("Ivory black"): "171513",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour that is asked for. `more` and `less` lead to the question with more or less of it, "" at the ends."""

    colour: str
    share: int
    name: str
    x: float
    width: float
    without: str
    more: str = ""
    less: str = ""

    @property
    def percent(self) -> int:
        """Of all that is asked for."""
        return round(self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A colour that can be asked for, too."""

    colour: str
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of an example; at `url` the question asks for these."""

    title: str
    swatches: tuple[Swatch, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paintbox:
    """All that has to do with colours. Swatches lie side by side in a drawing 100 units wide."""

    chosen: tuple[Swatch, ...]
    offers: tuple[Offer, ...]
    palettes: tuple[Palette, ...]
    has_room: bool


def of(question: Question, model: EncoderModel, titles: Mapping[Example, str]) -> Paintbox | None:
    """None where the model doesn't compare colours. `titles`: what the question's examples are called."""
    if palette_name(model.card) is None:
        return None
    has_room = len(question.colours) < COLOURS_AT_ONCE
    return Paintbox(
        chosen=chosen(question),
        offers=_offers(question) if has_room else (),
        palettes=tuple(_palettes(question, model, titles)),
        has_room=has_room,
    )


def chosen(question: Question) -> tuple[Swatch, ...]:
    """The question's colours, each with the addresses of the question without it, with more and with less of it."""
    return tuple(
        replace(swatch, more=_shared(question, place, 2.0), less=_shared(question, place, 0.5))
        for place, swatch in enumerate(_swatches(question, question.colours))
    )


def of_vector(vector: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Colours:
    """The main colours of a palette, as a question asks for them."""
    found: dict[str, int] = {}
    for colour, share in _main_colours(vector.tobytes()):
        found.setdefault(bytes(colour).hex(), max(1, round(FULL_SHARE * share)))
    return tuple(found.items())


def asked(colours: Colours, question: Question | None = None) -> Question:
    """The question, or one without any other wish, for these colours."""
    return (question or Question()).replace(colours=colours)


def band(colours: Colours) -> tuple[Swatch, ...]:
    """Colours side by side."""
    return _swatches(None, colours)


def _swatches(question: Question | None, colours: Colours) -> tuple[Swatch, ...]:
    total = sum(share for _, share in colours) or 1
    found, x = [], 0.0
    for colour, share in colours:
        width = 100 * share / total
        rest = tuple(pair for pair in colours if pair[0] != colour)
        without = address(question.replace(colours=rest)) if question else ""
        found.append(
            Swatch(
                colour=colour, share=share, name=_name(colour), x=round(x, 2), width=round(width, 2), without=without
            )
        )
        x += width
    return tuple(found)


def _shared(question: Question, place: int, factor: float) -> str:
    """The address of the question with so many times as much of one of its colours; "" where that is no change."""
    shares = [share for _, share in question.colours]
    shares[place] = min(FULL_SHARE, max(1, round(shares[place] * factor)))
    colours = tuple((colour, share) for (colour, _), share in zip(question.colours, shares, strict=True))
    return "" if colours == question.colours else address(question.replace(colours=colours))


def _offers(question: Question) -> tuple[Offer, ...]:
    taken = {colour for colour, _ in question.colours}
    share = question.colours[-1][1] if question.colours else FULL_SHARE
    return tuple(
        Offer(colour=colour, name=_(name), url=address(question.replace(colours=(*question.colours, (colour, share)))))
        for name, colour in PIGMENTS.items()
        if colour not in taken
    )


def _palettes(question: Question, model: EncoderModel, titles: Mapping[Example, str]) -> Iterable[Palette]:
    wholes = dict.fromkeys(replace(example, part=None) for example in question.like)
    shown: Sequence[Example] = tuple(wholes)[:PALETTES]
    if not shown:
        return
    palette = palette_name(model.card) or ""
    for example, features in example_vectors.of(Question(like=tuple(shown)), model, free).items():
        colours = of_vector(features[palette])[:COLOURS_AT_ONCE]
        if colours:
            yield Palette(title=titles.get(example, ""), swatches=band(colours), url=address(asked(colours, question)))


@lru_cache(maxsize=REMEMBERED)
def _main_colours(palette: bytes) -> tuple[tuple[Colour, float], ...]:
    """It takes some milliseconds, and pages show the same paintings again and again."""
    return colours_of_palette(np.frombuffer(palette, np.float32))


def _name(colour: str) -> str:
    """A pigment's name, or what the colour looks like."""
    known = next((name for name, pigment in PIGMENTS.items() if pigment == colour), None)
    return _(known) if known else capfirst(_(_looks(colour)))


@lru_cache(maxsize=REMEMBERED)
def _looks(colour: str) -> str:
    """In English."""
    red, green, blue = bytes.fromhex(colour)
    return named((red, green, blue))
