"""The report as Markdown."""

from collections.abc import Iterable, Mapping, Sequence

from vectorizer.intervals import Interval
from vectorizer.training.measuring import TASKS, Evaluation, Figures, OfLabel, Task
from vectorizer.training.sureness import RIGHT
from vectorizer.training.thresholds import STRANGERS

HOW = """\
Every picture is described by a network that was fitted without any work of its artist: the artists are dealt into
{folds} folds, and for each fold everything (projection, layers, temperature, words) is fitted to the other folds.
Pictures ask among those of their own fold, and all answers are pooled.

Figures in brackets are 95 % bootstrap intervals in which whole artists are drawn again, with all of their questions,
since works of one hand are found or missed together; “by question” draws single questions and is narrower. The
pictures that are searched stay the same. Average precision at {k} is `Σ (precision at rank i where rank i matches) /
min({k}, matches there are)`; recall at k is the share of questions with a match among the first k. Ratios are to
`{baseline}`, question by question the same.
"""
SURE = """\
First guesses of at least some confidence: how many, and the share that is right, with Wilson's interval of 95 %. The
sure level is the least confidence, in whole hundredths, with an interval from {right:g} up; a kind without one is never
to be called sure. In the last line each fold is counted from the level on that the other folds choose.
"""
WORDS = """\
Least similarity, `1 / (1 + l2 distance)`, for a word. *Strangers* are pairs by different artists: the share of them
that gets the word or a nearer one. *Copies* are the same pictures scanned anew (edges cut by up to 4 %, turned by up to
1°, another size, tone and compression). *Pairs*: how many held-out pairs, by any artists, get it. The last columns tell
how often pairs so near share style and artist, and strangers so near their style; in brackets, how often any two do.
Each fold is counted by the similarities of the other folds; those that are shown are fitted to all.
"""


def as_markdown(evaluation: Evaluation, about: Mapping[str, str], pictures: Sequence[str]) -> str:
    """The whole report; `pictures` are names of files beside it."""
    parts = [
        "# Evaluation on artists not trained on\n",
        f"{evaluation.pictures:,} pictures by {evaluation.artists:,} artists, {evaluation.folds} folds by artist.\n",
        _list(f"**{name}**: {value}" for name, value in about.items()),
        HOW.format(folds=evaluation.folds, k=evaluation.k, baseline=evaluation.baseline),
        *(_task(task, evaluation) for task in TASKS if task.name in evaluation.retrieval),
        _suggestions(evaluation),
        _sureness(evaluation),
        _thresholds(evaluation),
        *(_label_by_label(task, evaluation) for task in TASKS if task.name in evaluation.retrieval),
        _section("Left out", _list(evaluation.left_out)),
        _section("Pictures", "\n".join(f"![{name}]({name})\n" for name in pictures)),
    ]
    return "\n".join(part for part in parts if part)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    ruler = ["---", *["--:"] * (len(head) - 1)]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in (head, ruler, *rows)
    )


def _task(task: Task, evaluation: Evaluation) -> str:
    found = evaluation.retrieval[task.name]
    questions = next(iter(found.values())).questions
    ranks = [rank for rank in next(iter(found.values())).recall if rank > 1]
    head = ["vector", f"mAP@{evaluation.k}", "P@1", *(f"recall@{rank}" for rank in ranks), "mean over labels", "folds"]
    head += ["ratio", "ratio by question"]
    rows = [
        [
            f"`{name}`",
            _interval(figures.mean_average_precision),
            _interval(figures.precision_at_1),
            *(_short(figures.recall[rank]) for rank in ranks),
            _short(figures.mean_over_labels),
            _range(figures),
            _interval(figures.ratio, digits=2),
            _interval(figures.ratio_by_question, digits=2),
        ]
        for name, figures in found.items()
    ]
    return _section(f"Retrieval: {task.title}", f"{questions:,} questions.\n\n{table(head, rows)}")


def _suggestions(evaluation: Evaluation) -> str:
    head = [
        "kind",
        "pictures",
        "first",
        "among three",
        "calibration error",
        "without temperature",
        "temperature",
        "folds",
    ]
    rows = [
        [
            kind,
            f"{found.pictures:,}",
            _interval(found.top_1),
            _interval(found.top_3),
            _short(found.calibration_error),
            _short(found.calibration_error_uncorrected),
            f"{found.temperature:.2f}",
            f"{min(found.temperatures_by_fold.values()):.2f} to {max(found.temperatures_by_fold.values()):.2f}",
        ]
        for kind, found in evaluation.suggestions.items()
    ]
    return _section("Suggestions", table(head, rows) if rows else "")


def _sureness(evaluation: Evaluation) -> str:
    """Counted from some confidences on, and from the sure level, if there is one."""
    rows = []
    for kind, found in evaluation.suggestions.items():
        sureness = found.sureness
        named = {f"{step:.2f}": guesses for step, guesses in sureness.steps.items()}
        named |= {f"**{sureness.level:.2f}, the sure level**": sureness.sure} if sureness.sure else {}
        named |= {"the level that other folds choose": sureness.checked} if sureness.checked else {}
        rows += [[kind, name, f"{guesses.number:,}", _interval(guesses.right)] for name, guesses in named.items()]
    text = SURE.format(right=RIGHT)
    return _section("Sureness", f"{text}\n{table(['kind', 'from', 'guesses', 'right'], rows)}" if rows else "")


def _thresholds(evaluation: Evaluation) -> str:
    head = ["feature", "word", "similarity", "distance", "strangers", "copies", "pairs", "same style", "same artist"]
    head += ["same style, strangers"]
    rows = [
        [
            f"`{feature}`",
            word.replace("_", " "),
            f"{item.similarity:.4f}",
            f"{item.distance:.3f}",
            f"{item.strangers:.3%}",
            f"{item.copies:.1%}",
            f"{item.pairs:,}",
            _beside_chance(item.same_style, found.same_style_by_chance),
            _beside_chance(item.same_artist, found.same_artist_by_chance),
            _beside_chance(item.strangers_same_style, found.strangers_same_style_by_chance),
        ]
        for feature, found in evaluation.thresholds.items()
        for word, item in ((word, found.words[word]) for word in STRANGERS)
    ]
    return _section("Thresholds", f"{WORDS}\n{table(head, rows)}" if rows else "")


def _label_by_label(task: Task, evaluation: Evaluation) -> str:
    """Of the first vector, with its interval, and of the baseline; not of artists, who are too many."""
    if task.kind == "artist":
        return ""
    found = evaluation.retrieval[task.name]
    name, baseline = next(iter(found)), evaluation.baseline
    head = [task.kind, "questions", "artists", f"`{name}`", f"`{baseline}`"]
    rows = [
        [
            label,
            f"{item.questions:,}",
            f"{item.artists:,}",
            _of_label(item),
            _short(found[baseline].by_label[label].mean_average_precision),
        ]
        for label, item in found[name].by_label.items()
    ]
    return _section(f"mAP@{evaluation.k} label by label: {task.title}", table(head, rows))


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _list(lines: Iterable[str]) -> str:
    return "".join(f"* {line}\n" for line in lines)


def _interval(interval: Interval | None, digits: int = 3) -> str:
    if interval is None:
        return "–"
    low, high = _short(interval.low, digits), _short(interval.high, digits)
    return f"{_short(interval.estimate, digits)} ({low} to {high})"


def _of_label(item: OfLabel) -> str:
    if item.low is None or item.high is None:
        return _short(item.mean_average_precision)
    return f"{_short(item.mean_average_precision)} ({_short(item.low)} to {_short(item.high)})"


def _range(figures: Figures) -> str:
    return f"{_short(min(figures.by_fold.values()))} to {_short(max(figures.by_fold.values()))}"


def _beside_chance(share: float | None, chance: float | None) -> str:
    if share is None or chance is None:
        return "–"
    return f"{share:.1%} ({chance:.1%})"


def _short(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}"
