"""The report on held-out pictures, in a folder: report.json, report.md and its pictures."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vectorizer.training.figures import confusion, draw_by_label, draw_confusion, draw_reliability
from vectorizer.training.held_out import HeldOut
from vectorizer.training.measuring import BASELINE, TASKS, Evaluation, measure
from vectorizer.training.sheets import SHEETS, write_sheets
from vectorizer.training.tables import as_markdown

JSON_FILE, MARKDOWN_FILE = "report.json", "report.md"


def write_report(
    held_out: HeldOut,
    folder: Path,
    *,
    about: Mapping[str, str] | None = None,
    baseline: str = BASELINE,
    sheets: int = SHEETS,
) -> Evaluation:
    """Measures everything, writes it into `folder` and returns it.

    The first of the vectors is the one that is looked at closely: style by style and in neighbour sheets, beside the
    baseline. `about` stands at the head of the report: data, command, seed. `sheets` of 0 writes none. The sheets
    hold whole pictures, so the folder belongs where git looks away. Raises what `measure` raises.
    """
    evaluation = measure(held_out, baseline=baseline)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = _draw(held_out, evaluation, folder)
    for feature in dict.fromkeys([_closest_looked_at(held_out), baseline]) if sheets else ():
        pictures += write_sheets(held_out, feature, folder, sheets=sheets)
    about = about or {}
    (folder / JSON_FILE).write_text(as_json(evaluation, about), encoding="utf-8")
    names = [path.name for path in pictures]
    (folder / MARKDOWN_FILE).write_text(as_markdown(evaluation, about, names), encoding="utf-8")
    return evaluation


def as_json(evaluation: Evaluation, about: Mapping[str, str] | None = None) -> str:
    """All figures, unrounded."""
    data = {"about": dict(about or {}), **asdict(evaluation)}
    return json.dumps(data, indent=1, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} can't be written as JSON.")


def _draw(held_out: HeldOut, evaluation: Evaluation, folder: Path) -> list[Path]:
    """The curves and matrices."""
    written = []
    for kind, found in evaluation.suggestions.items():
        labels = held_out.labels[kind]
        written += [folder / f"confusion-{kind}.png", folder / f"reliability-{kind}.png"]
        draw_confusion(confusion(held_out.logits[kind], labels.codes), labels.names, kind, written[-2])
        draw_reliability(found.reliability, found.reliability_uncorrected, kind, written[-1])
    shown = dict.fromkeys([_closest_looked_at(held_out), evaluation.baseline])
    for task in TASKS:
        if task.kind != "artist" and task.name in evaluation.retrieval:  # artists are too many for bars
            written.append(folder / f"retrieval-{task.name}.png")
            figures = {name: evaluation.retrieval[task.name][name].by_label for name in shown}
            draw_by_label(figures, f"{task.title}: unseen artists", written[-1])
    return written


def _closest_looked_at(held_out: HeldOut) -> str:
    return next(iter(held_out.vectors))
