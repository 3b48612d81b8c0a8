"""Pictures of figures: confusion matrices, reliability curves, and what training gained, style by style."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from vectorizer.training.calibration import Codes, Logits, Reliability
from vectorizer.training.measuring import OfLabel

DOTS_PER_INCH = 110
INCHES_A_LABEL = 0.32


def confusion(logits: Logits, codes: Codes) -> NDArray[np.intp]:
    """How many pictures of each label (row) were taken for which (column): (labels, labels).

    Logits are (n, labels), codes (n,) with -1 where unknown; such pictures don't count.
    """
    known = codes >= 0
    labels = logits.shape[1]
    pairs = codes[known] * labels + logits[known].argmax(axis=1)
    return np.bincount(pairs, minlength=labels**2).reshape(labels, labels)


def draw_confusion(counts: NDArray[np.intp], names: tuple[str, ...], kind: str, path: Path) -> None:
    """Shares of each row, written out where they are 5 % or more; the number of pictures stands with the name."""
    sizes = counts.sum(axis=1)
    shares = counts / np.maximum(sizes, 1)[:, None]
    side = 3 + INCHES_A_LABEL * len(names)
    figure, axes = _figure(side + 0.5, side)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    plain = [_plain(name) for name in names]
    axes.set_xticks(range(len(names)), plain, rotation=90)
    axes.set_yticks(range(len(names)), [f"{name} ({size})" for name, size in zip(plain, sizes, strict=True)])
    for row, column in np.argwhere(shares >= 0.05):
        share = shares[row, column]
        axes.text(column, row, f"{share:.0%}"[:-1], ha="center", va="center", size=7, color=_ink(share))
    axes.set_xlabel(f"taken for this {kind}")
    axes.set_ylabel(f"{kind} (pictures)")
    axes.set_title(f"What unseen artists' works are taken for, in % of each {kind}")
    figure.savefig(path)


def draw_reliability(corrected: Reliability, uncorrected: Reliability, kind: str, path: Path) -> None:
    """How often the first suggestion is right, by how sure it was, before and after the temperature."""
    figure, axes = _figure(6, 5.5)
    axes.plot([0, 1], [0, 1], color="0.6", linestyle="--", label="as sure as it should be")
    for curve, name, colour in (
        (uncorrected, "softmax alone", "tab:orange"),
        (corrected, "with the other folds' temperature", "tab:blue"),
    ):
        there = curve.counts > 0
        size = 8 + 250 * curve.counts[there] / curve.counts.sum()
        axes.plot(curve.confidence[there], curve.accuracy[there], color=colour)
        label = f"{name}: error {curve.error:.3f}"
        axes.scatter(curve.confidence[there], curve.accuracy[there], size, color=colour, label=label)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence of the first suggestion", ylabel="share that is right")
    axes.set_title(f"Confidence in {kind}, unseen artists (dots: pictures)")
    axes.legend(loc="upper left")
    figure.savefig(path)


def draw_by_label(figures: Mapping[str, Mapping[str, OfLabel]], title: str, path: Path) -> None:
    """Vector name → label → mean average precision, as bars side by side."""
    names = list(next(iter(figures.values())))
    figure, axes = _figure(7.5, 1.5 + 0.14 * len(names) * (len(figures) + 1))
    height = 0.8 / len(figures)
    for place, (vector, of_labels) in enumerate(figures.items()):
        values = [of_labels[name].mean_average_precision for name in names]
        axes.barh(np.arange(len(names)) + place * height, values, height, label=vector)
    axes.set_yticks(np.arange(len(names)) + 0.4 - height / 2, [_plain(name) for name in names])
    axes.margins(y=0.01)
    axes.invert_yaxis()
    axes.set_xlabel("mean average precision")
    axes.set_title(title)
    axes.legend(loc="lower right")
    figure.savefig(path)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)  # no window, whatever the machine has
    return figure, figure.add_subplot()


def _plain(name: str) -> str:
    """Matplotlib takes what is between dollars for a formula."""
    return name.replace("$", r"\$")


def _ink(share: float) -> str:
    return "white" if share > 0.55 else "black"
