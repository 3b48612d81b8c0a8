"""`manage.py find_similar`: the look-alikes of a painting or of a picture file, from a terminal."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from gallery.images import ImageRefused
from gallery.management.examples import CommandWithExamples
from gallery.models import Painting
from search import examples, photos, similar
from search.query import LARGEST_ID
from search.similar import Match
from vectorizer.models import EncoderModel

EXAMPLES = """examples:
  manage.py find_similar 42                          what looks like painting 42
  manage.py find_similar photo.jpg --limit 5         what looks like a picture that stays outside the collection
  manage.py find_similar 42 --feature palette        by its colours
  manage.py find_similar ./1889.jpg --json           for programs; the ./ makes it a file, not a number"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = "Find the public paintings that look most like a painting (drafts may ask) or like a picture file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("example", metavar="FILE_OR_ID", help="a picture file, or a painting's id")
        parser.add_argument("--feature", help="what to compare by (default: the model's first feature)")
        parser.add_argument("--limit", type=int, default=similar.LIMIT, help=f"how many to list ({similar.LIMIT})")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        feature, limit = options["feature"], options["limit"]
        if not 1 <= limit <= settings.SEARCH_DEPTH:
            raise CommandError(f"--limit must be from 1 to {settings.SEARCH_DEPTH}, and is {limit}.")
        names = [known.name for known in similar.features()]
        if feature and feature not in names:
            raise CommandError(f"There is no feature “{feature}”. There are: {', '.join(names)}.")
        matches = _matches(options["example"], feature, limit)
        self.stdout.write(_json(matches) if options["json"] else _table(matches))


def _matches(example: str, feature: str | None, limit: int) -> Sequence[Match]:
    if example.isascii() and example.isdigit():
        return similar.like(_painting(int(example)), feature=feature, limit=limit)
    try:
        with Path(example).open("rb") as file:
            packed = photos.encode(file, example, EncoderModel.current())
    except OSError as problem:
        raise CommandError(f"“{example}” can't be read: {problem.strerror or problem}.") from problem
    except ImageRefused as refused:
        raise CommandError(str(refused)) from refused
    return similar.like_vectors(packed, feature=feature, limit=limit)


def _painting(painting_id: int) -> Painting:
    rows = Painting.objects.with_details().filter(pk=min(painting_id, LARGEST_ID))
    found: Painting | None = rows.first()
    if found is None:
        raise CommandError(f"There is no painting {painting_id}. If a file is meant: ./{painting_id}")
    if examples.of_painting(found, EncoderModel.current()) is None:
        raise CommandError(f"Painting {painting_id} has no vectors yet: run `manage.py vectorize --missing` first.")
    return found


def _json(matches: Sequence[Match]) -> str:
    found = [
        {
            "painting": {
                "id": match.painting.pk,
                "title": match.painting.title,
                "artist": match.painting.artist_line,
                "date": match.painting.years,
                "style": match.painting.style.name if match.painting.style else None,
                "path": match.painting.get_absolute_url(),
            },
            "similarity": match.similarity,
            "distance": match.distance,
        }
        for match in matches
    ]
    return json.dumps(found, indent=2, ensure_ascii=False)


def _table(matches: Sequence[Match]) -> str:
    if not matches:
        return "There is no other public painting."
    lines = [f"{'similarity':>10}  {'distance':>8}  {'id':>7}  painting"]
    for match in matches:
        painting = match.painting
        name = ", ".join(text for text in (painting.title, painting.artist_line, painting.years) if text)
        lines.append(f"{match.similarity:10.6f}  {match.distance:8.4f}  {painting.pk:>7}  {name}")
    return "\n".join(lines)
