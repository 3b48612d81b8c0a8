"""`manage.py find_similar`: the look-alikes of a painting or of a picture file, from a terminal."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from gallery import originals
from gallery.images import ImageRefused
from gallery.management.examples import CommandWithExamples
from gallery.models import Painting
from search import examples, looking, photos, similar
from search.photos import Recognised
from search.similar import Match
from search.subjects import LARGEST_ID
from vectorizer.models import EncoderModel

SHOWS = "This picture shows {name} (painting {id}): {inliers} points agree."
EXAMPLES = """examples:
  manage.py find_similar 42                          what looks like painting 42
  manage.py find_similar photo.jpg --limit 5         what looks like a picture that stays outside the collection
  manage.py find_similar 42 --feature palette        by its colours
  manage.py find_similar ./1889.jpg --json           for programs; the ./ makes it a file, not a number"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is like the example, and what the example shows if it is a file in which a painting was recognised."""

    matches: Sequence[Match]
    recognised: Recognised | None = None


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
        names = [known.name for known in similar.all_features()]
        if feature and feature not in names:
            raise CommandError(f"There is no feature “{feature}”. There are: {', '.join(names)}.")
        found = _found(options["example"], feature, limit)
        self.stdout.write(_json(found) if options["json"] else _table(found))


def _found(example: str, feature: str | None, limit: int) -> Found:
    if example.isascii() and example.isdigit():
        return Found(matches=similar.like(_painting(int(example)), feature=feature, limit=limit))
    try:
        with Path(example).open("rb") as file:
            looked = looking.look(looking.open_photo(file, example, originals.limits()), EncoderModel.current())
    except OSError as problem:
        raise CommandError(f"“{example}” can't be read: {problem.strerror or problem}.") from problem
    except ImageRefused as refused:
        raise CommandError(str(refused)) from refused
    matches = similar.like_vectors(looked.vectors, feature=feature, limit=limit)
    return Found(matches=matches, recognised=photos.public(looked.seen))


def _painting(painting_id: int) -> Painting:
    rows = Painting.objects.with_details().filter(pk=min(painting_id, LARGEST_ID))
    found: Painting | None = rows.first()
    if found is None:
        raise CommandError(f"There is no painting {painting_id}. If a file is meant: ./{painting_id}")
    if examples.of_painting(found, EncoderModel.current()) is None:
        raise CommandError(f"Painting {painting_id} has no vectors yet: run `manage.py vectorize --missing` first.")
    return found


def _json(found: Found) -> str:
    seen = found.recognised
    recognised = seen and {"painting": _facts(seen.painting), "inliers": seen.inliers, "quad": seen.quad}
    results = [
        {"painting": _facts(match.painting), "similarity": match.similarity, "distance": match.distance}
        for match in found.matches
    ]
    return json.dumps({"recognised": recognised, "results": results}, indent=2, ensure_ascii=False)


def _facts(painting: Painting) -> dict[str, Any]:
    return {
        "id": painting.pk,
        "title": painting.title,
        "artist": painting.artist_line,
        "date": painting.years,
        "style": painting.style.name if painting.style else None,
        "path": painting.get_absolute_url(),
    }


def _table(found: Found) -> str:
    seen = found.recognised
    shows = [SHOWS.format(name=_name(seen.painting), id=seen.painting.pk, inliers=seen.inliers), ""] if seen else []
    if not found.matches:
        return "\n".join([*shows, "There is no other public painting."])
    heading = f"{'similarity':>10}  {'distance':>8}  {'id':>7}  painting"
    rows = [
        f"{match.similarity:10.6f}  {match.distance:8.4f}  {match.painting.pk:>7}  {_name(match.painting)}"
        for match in found.matches
    ]
    return "\n".join([*shows, heading, *rows])


def _name(painting: Painting) -> str:
    return ", ".join(text for text in (painting.title, painting.artist_line, painting.years) if text)
