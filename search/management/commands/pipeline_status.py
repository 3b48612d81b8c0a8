"""`manage.py pipeline_status`: how far everything is between the catalogue and the visitor."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from gallery.management.examples import CommandWithExamples
from search import pipeline
from search.pipeline import ModelState, Pipeline, Published, Reason, Vectorized

FAILED, DOWN = 1, 2
SAID_NOTHING = "ended without a word of why"

EXAMPLES = """examples:
  manage.py pipeline_status
  manage.py pipeline_status --json | jq '.models[0].published.lag_seconds'"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Say how far the journal, vectors, publishing and indexes are, what failed and why, and what is down. Exit "
        "code 0: all is well, or on its way. 1: pictures or paintings have failed for good and wait for somebody. "
        "2: something is down."
    )
    requires_system_checks = ()  # it tells of what is wrong, and so it is not kept from telling

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        found = pipeline.status()
        self.stdout.write(_json(found) if options["json"] else "\n".join(_lines(found)))
        if found.down or found.has_failures:
            self.stdout.flush()
            sys.exit(DOWN if found.down else FAILED)


def _json(found: Pipeline) -> str:
    return json.dumps(asdict(found), indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)


def _lines(found: Pipeline) -> Iterator[str]:
    if found.position is not None:
        since = f", of {found.changed_at:%Y-%m-%d %H:%M:%S} UTC" if found.changed_at else ""
        yield f"journal      entry {found.position:,}{since}"
    for model in found.models:
        yield f"{model.name}{' (active)' if model.active else ''}"
        yield from _vectorized(model.vectorized)
        yield from _published(model.published) if model.published else ()
        yield from _sinks(model)
        indexed = "unknown" if model.indexed is None else f"{model.indexed:,}"
        yield f"  indexed    {indexed} of {model.public:,} public paintings"
    for part, problem in found.down.items():
        yield f"DOWN: {part}. {problem}"


def _vectorized(found: Vectorized) -> Iterator[str]:
    yield f"  vectors    {found.ready:,} ready, {found.waiting:,} waiting, {found.failed:,} failed"
    yield from _reasons(found.reasons)


def _published(found: Published) -> Iterator[str]:
    behind = f"{found.lag_changes:,} changes, {found.lag_seconds:,.1f} seconds behind" if found.lag_changes else "all"
    failed = f"; {found.failed:,} failed" if found.failed else ""
    yield f"  published  {behind}, up to entry {found.position:,}{failed}"
    yield from _reasons(found.reasons)


def _sinks(model: ModelState) -> Iterator[str]:
    for sink in model.sinks or ():
        yield f"  sink       {sink.lag:,} records behind ({sink.group})"
    if model.dead_letters and model.dead_letters.count:
        yield f"  dead       {model.dead_letters.count:,} letters; the last of them:"
        yield from (f"               {reason}" for reason in model.dead_letters.reasons)


def _reasons(reasons: Sequence[Reason]) -> Iterator[str]:
    yield from (f"               {each.count:,} × {each.reason or SAID_NOTHING}" for each in reasons)
