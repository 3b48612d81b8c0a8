"""One batch of new paintings, written in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from simple_history.utils import bulk_create_with_history

from gallery import journal, publishing
from gallery.importing.candidates import Candidate
from gallery.importing.terms import Terms, attributed
from gallery.models import Artist, Attribution, Genre, Image, Painting, Style
from gallery.sentences import gettext_noop

IMPORTED = gettext_noop("Imported")  # as the history keeps it
#: A painting's source and its id there.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A painting and its image, which is stored already."""

    candidate: Candidate
    image: Image

    @property
    def key(self) -> Key:
        return self.candidate.painting.source, self.candidate.painting.source_id


def known(keys: Iterable[Key]) -> set[Key]:
    """Those of the keys that the catalogue has."""
    by_source = defaultdict(list)
    for source, source_id in keys:
        by_source[source].append(source_id)
    # Without the exclusion SQLite does not see that the partial index has the answer, and reads the whole table.
    numbered = Painting.objects.exclude(source_id="").order_by()
    return {
        (source, source_id)
        for source, ids in by_source.items()
        for source_id in numbered.filter(source=source, source_id__in=ids).values_list("source_id", flat=True)
    }


class Writer:
    """Remembers styles, genres and artists from batch to batch."""

    def __init__(self, *, publish: bool, by: User | None) -> None:
        self._publish = publish
        self._by = by
        self._styles = Terms(Style)
        self._genres = Terms(Genre)
        self._artists = Terms(Artist)

    def write(self, entries: Sequence[Entry]) -> int:
        """Write those that no one has written meanwhile; returns how many."""
        with journal.writing(by=self._by):
            there = known(entry.key for entry in entries)
            new = [entry for entry in entries if entry.key not in there]
            paintings = [self._painting(entry) for entry in new]
            self._create(Painting, paintings)
            self._create(Attribution, [row for entry in new for row in self._attributions(entry)])
            if self._publish:
                publishing.publish(paintings, by=self._by)
        return len(new)

    def _painting(self, entry: Entry) -> Painting:
        painting, row = entry.candidate.painting, entry.candidate.row
        painting.image = entry.image
        painting.style_id = self._styles.find_or_make(row.style) if row.style else None
        painting.genre_id = self._genres.find_or_make(row.genre) if row.genre else None
        return painting

    def _attributions(self, entry: Entry) -> list[Attribution]:
        found: dict[int, Attribution] = {}
        for order, name in enumerate(entry.candidate.row.artists):
            qualifier, artist = attributed(name)
            pk = self._artists.find_or_make(artist)
            attribution = Attribution(painting=entry.candidate.painting, artist_id=pk, qualifier=qualifier, order=order)
            found.setdefault(pk, attribution)
        return list(found.values())

    def _create(self, model: type[Painting | Attribution], rows: Sequence[Painting | Attribution]) -> None:
        bulk_create_with_history(
            rows,
            model,
            batch_size=journal.ROWS_AT_ONCE,
            default_user=self._by,
            default_change_reason=IMPORTED,
        )
