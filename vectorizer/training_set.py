"""The catalogue as something to train on: its public paintings, with the labels that curators gave."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gallery import originals
from gallery.models import Attribution, Painting
from vectorizer.training.examples import Example
from vectorizer.training.splits import SEPARATOR

PAINTINGS_AT_ONCE = 1_000
LEAST_PAINTINGS = 500
LEAST_STYLES = 3
LEAST_ARTISTS = 20


class TooSmall(ValueError):
    """There is not enough to learn from; a sentence that says what there is and how much is needed."""


def examples() -> Iterator[Example]:
    """The public paintings that have a style, a genre or an artist, with the files that the public sees them by.

    Artists count whatever the attribution's qualifier: a workshop's painting must not be measured with vectors that
    have seen the master's. Restorers and copyists don't count. Raises NotImplementedError where originals are no files
    of this machine.
    """
    store = originals.storage()
    paintings = Painting.objects.public().with_details().order_by("id")
    for painting in paintings.iterator(chunk_size=PAINTINGS_AT_ONCE):
        example = Example(
            path=Path(store.path((painting.live_image or painting.image).path)),
            style=str(painting.style or ""),
            genre=str(painting.genre or ""),
            artist=SEPARATOR.join(_artists(painting)),
        )
        if example.style or example.genre or example.artist:
            yield example


def check(found: Sequence[Example]) -> None:
    """Raise TooSmall unless there are enough paintings with a style, of enough styles and by enough artists."""
    styled = [example for example in found if example.style]
    styles, artists = {example.style for example in styled}, {example.artist for example in styled} - {""}
    if len(styled) < LEAST_PAINTINGS or len(styles) < LEAST_STYLES or len(artists) < LEAST_ARTISTS:
        raise TooSmall(
            f"The catalogue is too small to train on: at least {LEAST_PAINTINGS:,} public paintings with a style are "
            f"needed, of {LEAST_STYLES} styles and by {LEAST_ARTISTS} artists; it has {len(styled):,} of "
            f"{len(styles):,} styles by {len(artists):,} artists."
        )


def _artists(painting: Painting) -> list[str]:
    attributions = painting.attributions.all()
    return [one.artist.name for one in attributions if one.role == Attribution.Role.ARTIST]
