"""A report in a few lines, for the terminal."""

from collections.abc import Iterator, Sequence

from vectorizer.training.measuring import Evaluation
from vectorizer.training.sureness import Sureness

TASKS = ("style", "style_other_artists", "artist")
HEAD = ("on artists not trained on", "style mAP@10", "by other artists", "artist", "style P@1")
SENTENCES = 12


def summary(evaluation: Evaluation) -> str:
    """Every vector's figures, how good suggestions are, and what was left out."""
    return "\n".join([*_retrieval(evaluation), "", *_suggestions(evaluation), *left_out(evaluation.left_out)])


def left_out(sentences: Sequence[str]) -> Iterator[str]:
    """The first few, and how many more there are."""
    if sentences:
        yield ""
        yield "Left out:"
    yield from (f"  {sentence}" for sentence in sentences[:SENTENCES])
    if len(sentences) > SENTENCES:
        yield f"  … and {len(sentences) - SENTENCES:,} more, which the report names."


def _retrieval(evaluation: Evaluation) -> Iterator[str]:
    tasks = [evaluation.retrieval.get(name, {}) for name in TASKS]
    rows = [
        (
            name,
            *(str(task[name].mean_average_precision) if name in task else "–" for task in tasks),
            f"{tasks[0][name].precision_at_1.estimate:.3f}" if name in tasks[0] else "–",
        )
        for name in dict.fromkeys(name for task in tasks for name in task)
    ]
    widths = [max(len(row[column]) for row in [HEAD, *rows]) for column in range(len(HEAD))]
    for row in [HEAD, *rows]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _suggestions(evaluation: Evaluation) -> Iterator[str]:
    for kind, found in evaluation.suggestions.items():
        yield (
            f"Suggested {kind}: the right one first in {found.top_1.estimate:.2f}, among the first three in "
            f"{found.top_3.estimate:.2f} of {found.pictures:,}; confidence is off by {found.calibration_error:.3f}. "
            f"{_sureness(found.sureness)}"
        )


def _sureness(found: Sureness) -> str:
    if found.level is None or found.sure is None:
        return "It is never sure."
    return f"It is sure from {found.level:.2f} on: of {found.sure.number:,} such guesses, {found.sure.right} are right."
