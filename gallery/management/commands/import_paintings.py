"""Import a collection: manage.py import_paintings PATH."""

from __future__ import annotations

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.importing import columns, sources
from gallery.importing.importer import Report, import_rows
from gallery.importing.rows import Problem, Row, SourceRefused
from gallery.management.examples import CommandWithExamples

LISTED_PROBLEMS = 20
INTERRUPTED = 130
EXAMPLES = """\
examples:
  manage.py import_paintings ../painter-by-numbers --dry-run
  manage.py import_paintings ../painter-by-numbers --publish
  manage.py import_paintings ../styles                     (one folder a style, artist_title.jpg in it)
  manage.py import_paintings list.csv --map title=Titel --map image=Datei
  manage.py import_paintings --template > list.csv         (a table to fill in; it needs no --map)

A painting that is there already (same source, same id in it) is left as it is. docs/import.md tells more.
"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = "Import paintings: a Painter by Numbers folder, one folder a style, or a table (CSV) with its images."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="the folder or table")
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--publish", action="store_true", help="publish them; otherwise they are drafts")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"the column of a field; may be repeated. Fields: {', '.join(columns.FIELDS)}",
        )
        parser.add_argument(
            "--source", metavar="NAME", help="what the source is called, instead of what it says itself"
        )
        parser.add_argument("--encoding", help="the table's encoding, if it is not found out rightly")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write all problems and warnings there")
        parser.add_argument("--template", action="store_true", help="print a table to fill in, and stop")
        parser.add_argument("--no-progress", action="store_true", help="no progress bar")

    def handle(self, *, path: Path | None, template: bool, **options: Any) -> None:
        if template:
            columns.template(self.stdout)  # type: ignore[arg-type]
            return
        if path is None:
            raise CommandError("Name the folder or the table to import (or --template for an empty table).")
        try:
            _check_folder(options["report"])
            report = self._import(path, options)
        except (SourceRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        except KeyboardInterrupt:
            sentence = "Interrupted. What was imported before stays; run the command again to go on."
            raise CommandError(sentence, returncode=INTERRUPTED) from None
        self._tell(report, options)

    def _import(self, path: Path, options: dict[str, Any]) -> Report:
        source = sources.find(path, _mapping(options["map"]), options["encoding"])
        self.stderr.write(f"{path}: {source.about}", self.style.NOTICE)
        rows = source.rows if options["source"] is None else _of_source(source.rows, options["source"])
        quiet = options["no_progress"] or not sys.stderr.isatty()
        with tqdm(total=source.expected, unit="painting", disable=quiet, file=sys.stderr) as bar:
            return import_rows(
                rows,
                source=options["source"] or source.name,
                publish=options["publish"],
                dry_run=options["dry_run"],
                progress=bar.update,
            )

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        self._list("Left out", report.problems)
        self._list("Imported, but", report.warnings)
        if options["report"] is not None:
            _write(options["report"], report)
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{report.added:,} {would}added, {report.unchanged:,} there already, {len(report.problems):,} left out, "
            f"{len(report.warnings):,} with a warning." + (" Nothing was written." if options["dry_run"] else "")
        )
        if report.problems and not report.added and not report.unchanged:
            raise CommandError("Nothing could be imported.")

    def _list(self, heading: str, problems: Sequence[Problem]) -> None:
        if not problems:
            return
        self.stderr.write(f"{heading}:")
        for problem in problems[:LISTED_PROBLEMS]:
            self.stderr.write(f"  {problem}")
        if len(problems) > LISTED_PROBLEMS:
            self.stderr.write(f"  … and {len(problems) - LISTED_PROBLEMS:,} more (--report FILE.csv lists all).")


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not (field and equals and column):
            raise SourceRefused(f"--map {pair} is not of the form FIELD=COLUMN, such as --map title=Titel.")
        mapping[field] = column
    return mapping


def _check_folder(report: Path | None) -> None:
    """Better now than after an hour."""
    if report is not None and not report.parent.is_dir():
        raise SourceRefused(f"There is no folder {report.parent} to write the report to.")


def _of_source(rows: Iterator[Row | Problem], name: str) -> Iterator[Row | Problem]:
    for row in rows:
        yield replace(row, source=name) if isinstance(row, Row) else row


def _write(path: Path, report: Report) -> None:
    # The mark is for Excel; names of files may hold bytes that are no UTF-8.
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("line", "file", "imported", "reason"))
        for imported, problems in (("no", report.problems), ("yes", report.warnings)):
            writer.writerows(
                (problem.line or "", _plain(problem.where), imported, _plain(problem.reason)) for problem in problems
            )


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
