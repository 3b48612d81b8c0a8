"""What results are to be like, or not to be like: examples and colours, as they stand in an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search import parts
from search.parameters import Pairs, Reader
from search.parts import Part

EXAMPLES_AT_ONCE = 20
COLOURS_AT_ONCE = 5
LARGEST_ID = 2**63 - 1
TOKEN = re.compile(r"[0-9a-f]{32}")
COLOUR = re.compile(r"#?([0-9a-fA-F]{6})(?::([0-9]{1,3}))?")
FULL_SHARE = 100
EXPIRED_PHOTO = gettext_lazy("This photo is no longer here: photos are deleted after a while. Please choose it again.")
PHOTOS = {"like": "photo", "unlike": "unlike_photo"}
"""By the name of a parameter for paintings that of the one for photos."""
OF_PART = "~"
"""Stands between a picture and the part of it that is meant."""
_LENGTH = 200

Colours = tuple[tuple[str, int], ...]
"""Each as six hexadecimal digits in lower case, with its share from 1 to 100: what counts is how they compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A painting (its id) or a visitor's photo (its token), never both; all of it, or this part of it.

    All of a photo in which a painting was recognised is that painting's part of it. Raises ValueError for neither or
    both.
    """

    painting: int | None = None
    photo: str | None = None
    part: Part | None = None

    def __post_init__(self) -> None:
        if (self.painting is None) == (self.photo is None):
            raise ValueError("An example is a painting or a photo.")
        if self.painting is not None and self.part == parts.WHOLE:
            object.__setattr__(self, "part", None)

    @property
    def written(self) -> str:
        """As it stands in an address: “12”, or “12~100,50,600,900” for a part."""
        name = str(self.painting or self.photo)
        return name + (OF_PART + parts.written(self.part) if self.part else "")


def read_example(reader: Reader, name: str) -> Example | None:
    """One, of either kind, as `written` in this parameter; None where there is none, or it is refused."""
    text = reader.text(name, length=_LENGTH)
    is_photo = TOKEN.fullmatch(text.partition(OF_PART)[0])
    found = (_photos if is_photo else _paintings)(reader, name)
    return next(iter(found), None)


def in_order(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """Each once, the paintings first: an address doesn't say which of them stood before which photo."""
    return tuple(sorted(dict.fromkeys(examples), key=lambda example: example.photo is not None))


def read_examples(reader: Reader, name: str) -> tuple[Example, ...]:
    """The paintings of `like=` and the photos of `photo=`, or those of `unlike=` and `unlike_photo=`."""
    return (*_paintings(reader, name), *_photos(reader, PHOTOS[name]))


def example_pairs(name: str, examples: tuple[Example, ...]) -> Pairs:
    """As parameters that `read_examples` reads."""
    return [(PHOTOS[name] if example.photo else name, example.written) for example in examples]


def each_once(colours: Colours) -> Colours:
    """Each colour once, with its first share."""
    found: dict[str, int] = {}
    for colour, share in colours:
        found.setdefault(colour, share)
    return tuple(found.items())


def read_colours(reader: Reader) -> Colours:
    """From `colour=8c2f1b` or `colour=8c2f1b:30`, as often as there are colours. A share that isn't given is 100."""
    found = []
    for text in filter(str.strip, reader.texts("colour", length=_LENGTH, at_most=COLOURS_AT_ONCE)):
        match = COLOUR.fullmatch(text.strip())
        share = int(match[2] or FULL_SHARE) if match else 0
        if match and 1 <= share <= FULL_SHARE:
            found.append((match[1].lower(), share))
        else:
            sentence = _("“%(text)s” is no colour: write six hexadecimal digits and, if you like, a share, 8c2f1b:30.")
            reader.refuse("colour", sentence % {"text": text})
    return each_once(tuple(found))


def colour_pairs(colours: Colours) -> Pairs:
    """As parameters that `read_colours` reads."""
    return [("colour", colour if share == FULL_SHARE else f"{colour}:{share}") for colour, share in colours]


def read_part(reader: Reader, name: str, text: str) -> Part | None:
    """A part of a picture that the parameter of this name tells; None where it is refused."""
    try:
        return parts.parse(text)
    except ValueError as problem:
        reader.refuse(name, str(problem))
        return None


def _paintings(reader: Reader, name: str) -> Iterator[Example]:
    for text in filter(str.strip, reader.texts(name, length=_LENGTH, at_most=EXAMPLES_AT_ONCE)):
        number, is_part, part = text.strip().partition(OF_PART)
        id_ = reader.as_whole(name, number, low=1, high=LARGEST_ID)
        corners = read_part(reader, name, part) if is_part else None
        if id_ is not None:
            yield Example(painting=id_, part=corners)


def _photos(reader: Reader, name: str) -> Iterator[Example]:
    for text in filter(str.strip, reader.texts(name, length=_LENGTH, at_most=EXAMPLES_AT_ONCE)):
        token, is_part, part = text.strip().partition(OF_PART)
        corners = read_part(reader, name, part) if is_part else None
        if TOKEN.fullmatch(token):
            yield Example(photo=token, part=corners)
        else:
            reader.refuse(name, str(EXPIRED_PHOTO))
