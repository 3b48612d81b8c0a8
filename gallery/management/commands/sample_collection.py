"""`manage.py sample_collection`: a collection drawn by code, to see at once what Pendant does."""

import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from gallery import journal, sample
from gallery.importing.importer import import_rows
from gallery.importing.rows import Row
from gallery.models import Artist, Painting
from gallery.sample import SamplePainting
from gallery.sample.files import draw_all

SOURCE = "sample"


class Command(BaseCommand):
    help = (
        "Draw the sample collection and publish it. Every picture is drawn by code and every painter is invented. "
        "Running it again adds nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only where the collection has no painting yet")
        parser.add_argument("--limit", type=int, metavar="N", help="only N pictures, of all manners in turn")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Painting.objects.exists():
            self.stdout.write(f"The collection has {Painting.objects.count():,} paintings.")
            return
        works = _in_turn(sample.paintings())[: options["limit"]]
        there = set(Painting.objects.filter(source=SOURCE).values_list("source_id", flat=True))
        missing = [work for work in works if work.key not in there]
        with tempfile.TemporaryDirectory(prefix="pendant-sample-") as folder:
            _draw_all(missing, Path(folder), quiet=options["verbosity"] == 0)
            report = import_rows([_row(work, Path(folder)) for work in missing], source=SOURCE, publish=True)
        _name_painters(missing)
        self.stdout.write(f"{report.added:,} pictures drawn and published; {len(there):,} were there.")


def _in_turn(works: Sequence[SamplePainting]) -> list[SamplePainting]:
    """One of each manner after the other, so that the first few show them all."""
    seen: dict[str, int] = {}
    rank = {}
    for work in works:
        rank[work.key] = seen[work.manner] = seen.get(work.manner, -1) + 1
    return sorted(works, key=lambda work: rank[work.key])


def _draw_all(works: Sequence[SamplePainting], folder: Path, *, quiet: bool) -> None:
    drawn = draw_all([work.key for work in works], folder)
    for _ in tqdm(drawn, total=len(works), desc="Drawing", unit=" pictures", disable=quiet):
        pass


def _row(work: SamplePainting, folder: Path) -> Row:
    return Row(
        line=0,
        source_id=work.key,
        image_path=folder / f"{work.key}.jpg",
        title=work.title,
        artists=(work.artist,),
        style=work.style,
        genre=work.genre,
        display_date=work.display_date,
        medium=work.medium,
        dimensions=work.dimensions,
        collection="Drawn sample",
        credit_line="Drawn by Pendant’s code",
        rights="https://creativecommons.org/publicdomain/zero/1.0/",
        alt_text=work.alt_text,
    )


def _name_painters(works: Sequence[SamplePainting]) -> None:
    sort_names = {work.artist: work.artist_sort_name for work in works}
    with journal.writing():
        for artist in Artist.objects.filter(name__in=sort_names, sort_name=""):
            artist.sort_name = sort_names[artist.name]
            artist.save()
