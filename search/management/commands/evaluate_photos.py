"""`manage.py evaluate_photos`: how many photos of paintings find their painting, and how many are told a wrong one."""

import json
import multiprocessing
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import CommandError
from tqdm import tqdm

from gallery.management.examples import CommandWithExamples
from search.management import photo_report, photo_trials
from search.management.photo_trials import KINDS, Answer, Fold, Gallery, Trial
from vectorizer.encoder import ArtifactError

EXAMPLES = """examples:
  manage.py evaluate_photos folds/                          500 photos of each kind, 2,000 of other paintings
  manage.py evaluate_photos folds/ --photos 50 --strangers 100 --kind combined --kind hard
  manage.py evaluate_photos folds/ --report var/photos      photos.json and photos.md, too"""

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
AT_ONCE = 8  # pictures or photos that a process is given
STRANGE_KINDS = ("combined", "hard")

Doubles = Mapping[int, tuple[int, ...]]


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Photograph paintings that the fold's artifact was not trained on, in many ways, and look for them among all "
        "the paintings, as the photo search does. Needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folds", type=Path, help="the folder of `vectorizer.training train … --fold-artifacts`")
        parser.add_argument("--gallery", type=Path, metavar="DIR", help="more paintings to search among")
        parser.add_argument("--photos", type=int, default=500, metavar="N", help="of each kind (500)")
        parser.add_argument("--strangers", type=int, default=2000, metavar="N", help="of paintings taken out (2000)")
        parser.add_argument("--kind", action="append", choices=list(KINDS), help="only these (all)")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--processes", type=int, metavar="N", help="how many at once (default: one a core)")
        parser.add_argument("--report", type=Path, metavar="DIR", help="write photos.json and photos.md there")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ("photos", "strangers"):
            if options[name] < 0:
                raise CommandError(f"--{name} must be 0 or more, and is {options[name]}.")
        try:
            folds = photo_trials.read_folds(options["folds"])
            paths = _paths(folds, options["gallery"])
            with tempfile.TemporaryDirectory() as scratch, _processes(options["processes"]) as pool:
                run = _Run(pool, Path(scratch), quiet=options["verbosity"] == 0)
                answers, doubles = run.everything(folds, paths, options)
        except (ValueError, OSError, ArtifactError) as problem:
            raise CommandError(str(problem)) from problem
        rows = photo_report.rows_of(answers)
        about = {
            "paintings": len(paths),
            "seed": options["seed"],
            "doubles": [[paths[one].name, paths[other].name, inliers] for one, other, inliers in doubles],
        }
        self.stdout.write(photo_report.table(rows))
        self.stdout.write(f"{len(paths):,} paintings, {len(doubles):,} pairs of which are scans of one painting.")
        if options["report"]:
            _write(options["report"], rows, answers, paths, about)


class _Run:
    def __init__(self, pool: ProcessPoolExecutor, scratch: Path, *, quiet: bool) -> None:
        self._pool, self._scratch, self._quiet = pool, scratch, quiet

    def everything(
        self, folds: Sequence[Fold], paths: tuple[Path, ...], options: Mapping[str, Any]
    ) -> tuple[list[Answer], list[tuple[int, int, int]]]:
        """All trials' answers, and the pairs of doubles."""
        keypoints = self._scratch / "keypoints"
        keypoints.write_bytes(photo_trials.join(self._each("Local features", photo_trials.describe_files, paths)))
        answers, doubles = list[Answer](), list[tuple[int, int, int]]()
        for number, fold in enumerate(folds):
            gallery = self._gallery(fold, paths, keypoints)
            if number == 0:
                doubles = self._each("Doubles", photo_trials.doubles_of, range(len(paths)), gallery)
            trials = _trials(folds, number, paths, _by_row(doubles), options)
            answers += self._each(f"Photos, {fold.artifact.name}", photo_trials.attempt, trials, gallery)
        return answers, doubles

    def _gallery(self, fold: Fold, paths: tuple[Path, ...], keypoints: Path) -> Gallery:
        vectors = self._scratch / f"{fold.artifact.name}.npy"
        encode = self._each(f"Vectors, {fold.artifact.name}", _encode_files, paths, fold.artifact)
        np.save(vectors, np.stack(encode))
        return Gallery(artifact=fold.artifact, paths=paths, vectors=vectors, keypoints=keypoints)

    def _each(self, what: str, work: Callable[..., Sequence[Any]], items: Sequence[Any], *arguments: Any) -> list[Any]:
        """`work(some of the items, *arguments)` for all of them, in their order."""
        parts = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]
        jobs = [self._pool.submit(work, part, *arguments) for part in parts]
        try:
            done = tqdm(jobs, desc=what, disable=self._quiet)
            return [result for job in done for result in job.result()]
        except BaseException:
            self._pool.shutdown(cancel_futures=True)
            raise


def _encode_files(paths: Sequence[Path], artifact: Path) -> list[Any]:
    return list(photo_trials.encode_files(artifact, paths))


def _processes(count: int | None) -> ProcessPoolExecutor:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when a process first imports NumPy
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count or os.cpu_count() or 1, mp_context=context, initializer=_start)


def _start() -> None:
    import cv2

    cv2.setNumThreads(1)  # the processes share the cores among themselves


def _paths(folds: Sequence[Fold], more: Path | None) -> tuple[Path, ...]:
    """All the folds' pictures, and those of the folder. Raises ValueError where there are none."""
    held = {path for fold in folds for path in fold.held_out}
    others = {path.resolve() for path in more.rglob("*") if path.suffix.lower() in SUFFIXES} if more else set()
    if not held:
        raise ValueError("The folds hold out no pictures.")
    return tuple(sorted(held | others))


def _trials(
    folds: Sequence[Fold], number: int, paths: Sequence[Path], doubles: Doubles, options: Mapping[str, Any]
) -> list[Trial]:
    """The trials of one fold: its share of the photos, drawn from what it held out."""
    places = {path: row for row, path in enumerate(paths)}
    held = np.array([places[path] for path in folds[number].held_out])
    random = np.random.default_rng([options["seed"], number])
    trials = [
        Trial(kind=kind, row=int(row), absent=False, seed=options["seed"])
        for kind in options["kind"] or KINDS
        for row in random.permutation(held)[: _share(options["photos"], number, len(folds))]
    ]
    strangers = random.permutation(held)[: _share(options["strangers"], number, len(folds))]
    trials += [
        Trial(kind=STRANGE_KINDS[turn % len(STRANGE_KINDS)], row=int(row), absent=True, seed=options["seed"])
        for turn, row in enumerate(strangers)
    ]
    return [replace(trial, doubles=doubles.get(trial.row, ())) for trial in trials]


def _share(total: int, number: int, folds: int) -> int:
    """How many of the total fall to this fold."""
    return total * (number + 1) // folds - total * number // folds


def _by_row(doubles: Iterable[tuple[int, int, int]]) -> Doubles:
    """Row → the rows of the other scans of it, those of its doubles included."""
    groups: dict[int, set[int]] = {}
    for one, other, _inliers in doubles:
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(group, group)
    return {row: tuple(sorted(group - {row})) for row, group in groups.items()}


def _write(
    folder: Path, rows: Sequence[photo_report.Row], answers: Sequence[Answer], paths: Sequence[Path], about: Any
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    found = photo_report.as_json(rows, answers, about | {"files": [path.name for path in paths]})
    (folder / "photos.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    (folder / "photos.md").write_text(photo_report.table(rows) + "\n", encoding="utf-8")
