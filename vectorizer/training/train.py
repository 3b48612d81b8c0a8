"""The run: read → look → a fit for each fold → measure → a fit to all → export → report.

Everything that takes time is kept in the cache by what it was made from (what the backbone sees, the fits), so a run
that was stopped goes on, and the next one on the same pictures begins where it differs.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder import Card
from vectorizer.training.backbones import Backbones, Rows
from vectorizer.training.baselines import baselines_of
from vectorizer.training.beside import vectors_beside
from vectorizer.training.export import export
from vectorizer.training.findings import LOOKED_AT, Findings, findings_of
from vectorizer.training.fine_tuning import Tuning
from vectorizer.training.folds import fit, fit_folds, with_palettes
from vectorizer.training.heads import DEFAULT_RECIPE, Eye, Recipe
from vectorizer.training.held_out import HeldOut
from vectorizer.training.lessons import Lessons, read_lessons
from vectorizer.training.measuring import Evaluation, measure
from vectorizer.training.pictures import read_picture
from vectorizer.training.report import write_report
from vectorizer.training.verdict import verdict

FOLDS_FILE = "folds.json"
COMPARED_PICTURES = 64
"""On so many of the pictures the exported file must give what Keras gives."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What is asked for; `command` is how, for card and report."""

    paths: tuple[Path, ...]
    cache: Path
    folds: int
    command: str
    seed: int = 0
    tuning: Tuning | None = None  # of the backbone; None leaves it as it is
    recipe: Recipe = DEFAULT_RECIPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The fits of the folds."""

    run: Run
    lessons: Lessons
    backbones: Backbones
    eyes: tuple[Eye, ...]
    held_out: HeldOut


def fit_all_folds(run: Run) -> Fitted:
    """Raises ValueError where there is too little to train on, OSError where a picture can no longer be read."""
    run.cache.mkdir(parents=True, exist_ok=True)
    lessons = read_lessons(run.paths, run.folds, run.seed)
    logger.info("Read %s", lessons.data)
    backbones = Backbones(
        lessons=lessons,
        folder=run.cache,
        seed=run.seed,
        tuning=run.tuning,
        variant=run.recipe.variant,
        size=run.recipe.input_size,
    )
    folds = fit_folds(lessons, backbones.sights, run.cache, recipe=run.recipe, seed=run.seed)
    held_out = with_palettes(folds.held_out, run.cache, seed=run.seed)
    return Fitted(run=run, lessons=lessons, backbones=backbones, eyes=folds.eyes, held_out=held_out)


def report(fitted: Fitted, folder: Path, beside: Path | None = None) -> tuple[Evaluation, list[str]]:
    """Measure the folds' fits beside the baselines, and beside an existing artifact, and write it into `folder`.

    The sentences say whether the new one is better than that artifact; none without it.
    """
    run, held_out = fitted.run, fitted.held_out
    others = vectors_beside(beside, held_out.paths, run.cache) if beside else {}
    baselines = baselines_of(held_out.paths, run.cache)
    everything = replace(held_out, vectors={**held_out.vectors, **baselines, **others})
    verdicts = verdict(everything, LOOKED_AT, next(iter(others))) if others else []
    logger.info("Measuring")
    about = {"Trained on": fitted.lessons.data, "Split": fitted.lessons.split, "Command": run.command}
    about |= {"Beside the other artifact": " ".join(verdicts)} if verdicts else {}
    return write_report(everything, folder, about=about), verdicts


def export_final(fitted: Fitted, out: Path, evaluation: Evaluation | None = None) -> Card:
    """Fit to all pictures and write the artifact, with what is known from the folds: temperatures, thresholds, figures.

    Raises `ExportError` where LiteRT doesn't give what Keras gives; then nothing is written.
    """
    everything = np.ones(len(fitted.lessons.folds), bool)
    logger.info("Fitting to all pictures")
    sights = fitted.backbones.sights(everything)
    run = fitted.run
    eye = fit(fitted.lessons, everything, sights, run.cache, recipe=run.recipe, seed=run.seed)
    findings = findings_of(evaluation or measure(fitted.held_out))
    return _export(fitted, eye, everything, out, findings)


def export_folds(fitted: Fitted, folder: Path, evaluation: Evaluation | None = None) -> None:
    """Write an artifact for each fold, `fold-0` and so on, and `folds.json`: the name of each and the pictures that it
    has not seen. What needs a whole encoder and unseen artists, such as the photo query, is measured by these."""
    evaluation = evaluation or measure(fitted.held_out)
    held: dict[str, list[str]] = {}
    for fold, eye in enumerate(fitted.eyes):
        name, rows = f"fold-{fold}", fitted.lessons.folds == fold
        logger.info("Exporting %s", name)
        _export(fitted, eye, ~rows, folder / name, findings_of(evaluation, fold=fold))
        held[name] = [str(fitted.lessons.paths[row].resolve()) for row in np.flatnonzero(rows)]
    (folder / FOLDS_FILE).write_text(json.dumps(held, indent=1, ensure_ascii=False), encoding="utf-8")


def _export(fitted: Fitted, eye: Eye, rows: Rows, out: Path, findings: Findings) -> Card:
    return export(
        eye,
        out,
        _sample(fitted.lessons.paths),
        network=fitted.backbones.network(rows),
        variant=fitted.backbones.variant,
        labels={kind: fitted.lessons.labels[kind].names for kind in eye.kinds},
        temperatures={kind: value for kind, value in findings.temperatures.items() if kind in eye.kinds},
        thresholds=findings.thresholds,
        sure=findings.sure,
        measured=findings.measured,
        data=fitted.lessons.data,
        split=fitted.lessons.split,
        command=fitted.run.command,
    )


def _sample(paths: Sequence[Path]) -> list[NDArray[np.uint8]]:
    """Pictures from all over the list."""
    chosen = np.linspace(0, len(paths) - 1, min(COMPARED_PICTURES, len(paths))).astype(int)
    return [read_picture(paths[index]) for index in chosen]
