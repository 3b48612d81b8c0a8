"""How well a vector finds the look-alikes of a painting, by labels that people gave."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vectorizer.ranking import Metric, Space, make_space, nearest

ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What each question got: q paintings asked, those that had anything to find, in the order of the list."""

    rows: NDArray[np.intp]  # (q,): which painting asked
    average_precision: NDArray[np.float64]  # (q,), at k
    first_hit: NDArray[np.intp]  # (q,): the rank of the first match, from 1; 0 where none is among the first k
    k: int

    @property
    def precision_at_1(self) -> NDArray[np.float64]:
        """(q,), 1 or 0."""
        return self.recall(1)

    def recall(self, rank: int) -> NDArray[np.float64]:
        """(q,), 1 where a match is among the first `rank`, else 0: the recall of metric learning (Jégou et al., 2011),
        not the share of all matches. Raises ValueError beyond k."""
        if not 1 <= rank <= self.k:
            raise ValueError(f"Only the first {self.k} were looked at, so nothing is known of recall at {rank}.")
        return ((self.first_hit >= 1) & (self.first_hit <= rank)).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Figures from 0 to 1, averaged over the paintings that had anything to find (`queries` of them)."""

    mean_average_precision: float
    precision_at_1: float
    recall_at_k: float
    queries: int
    k: int


def ask_each(
    vectors: NDArray[np.float32],
    labels: ArrayLike,
    *,
    k: int = 10,
    groups: ArrayLike | None = None,
    folds: ArrayLike | None = None,
    metric: Metric = "l2",
) -> Answers:
    """Leave-one-out retrieval: each painting asks, all the others are ranked by the metric, nearest first.

    Average precision at k of one question is `Σ (precision at rank i, where rank i has the same label) / min(k, how
    many there are)` (Manning, Raghavan & Schütze, "Introduction to Information Retrieval", 2008, section 8.4).
    With `groups` (say, the artist), paintings of the question's own group are removed from its ranking, so that only
    matches by *another* artist count; those without a group are one group, as any two of them may be by one hand.
    With `folds`, a painting asks among those of its own fold only. Questions whose label nobody else has are left out;
    empty labels neither ask nor match. Vectors are (n, dimensions); labels, groups and folds have n entries. Ties go to
    the first in the list. Raises ValueError where lengths differ or nothing can be asked.
    """
    codes, asked = _codes(labels, len(vectors))
    group_codes = np.arange(len(vectors)) if groups is None else _codes(groups, len(vectors))[0]
    fold_codes = np.zeros(len(vectors), np.intp) if folds is None else _codes(folds, len(vectors))[0]
    parts = []
    for fold in range(int(fold_codes.max(initial=-1)) + 1):
        members = np.flatnonzero(fold_codes == fold)
        space = make_space(vectors[members], metric)
        parts.extend(_ask(space, codes[members], asked[members], group_codes[members], members, k))
    answers = _joined(parts, k)
    if not len(answers.rows):
        raise ValueError("Nothing can be measured: no two paintings share a label (by different groups, where given).")
    return answers


def averaged(answers: Answers) -> Retrieval:
    """The means over all questions."""
    return Retrieval(
        mean_average_precision=float(answers.average_precision.mean()),
        precision_at_1=float(answers.precision_at_1.mean()),
        recall_at_k=float(answers.recall(answers.k).mean()),
        queries=len(answers.rows),
        k=answers.k,
    )


def _codes(labels: ArrayLike, expected: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """A number for each distinct label, and which entries have one at all."""
    names = np.array(["" if label is None else str(label) for label in np.asarray(labels, object)])
    if len(names) != expected:
        raise ValueError(f"{expected} vectors need as many labels; given were {len(names)}.")
    return np.unique(names, return_inverse=True)[1], names != ""


def _ask(
    space: Space,
    codes: NDArray[np.intp],
    asked: NDArray[np.bool_],
    groups: NDArray[np.intp],
    members: NDArray[np.intp],
    k: int,
) -> list[Answers]:
    """The answers within one space; `members` are its paintings' places in the whole list."""
    parts = []
    for start in range(0, len(codes), ROWS_AT_ONCE):
        rows = np.flatnonzero(asked[start : start + ROWS_AT_ONCE]) + start
        allowed = groups[rows, None] != groups
        allowed[np.arange(len(rows)), rows] = False
        relevant = (codes[rows, None] == codes) & asked & allowed
        scores = space.scores(rows)
        scores[~allowed] = -np.inf
        answerable = relevant.any(axis=1)
        hits = np.take_along_axis(relevant, nearest(scores, k), axis=1)[answerable]
        parts.append(
            Answers(
                rows=members[rows[answerable]],
                average_precision=_average_precision(hits, relevant.sum(axis=1)[answerable], k),
                first_hit=np.where(hits.any(axis=1), hits.argmax(axis=1) + 1, 0),
                k=k,
            )
        )
    return parts


def _joined(parts: Sequence[Answers], k: int) -> Answers:
    nothing = Answers(rows=np.empty(0, np.intp), average_precision=np.empty(0), first_hit=np.empty(0, np.intp), k=k)
    parts = [nothing, *parts]
    order = np.argsort(rows := np.concatenate([part.rows for part in parts]), kind="stable")
    return Answers(
        rows=rows[order],
        average_precision=np.concatenate([part.average_precision for part in parts])[order],
        first_hit=np.concatenate([part.first_hit for part in parts])[order],
        k=k,
    )


def _average_precision(hits: NDArray[np.bool_], relevant: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """Hits (questions, ranks) and how many there were to find (questions,) → (questions,)."""
    precision_at_rank = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    precision: NDArray[np.float64] = (precision_at_rank * hits).sum(axis=1) / np.minimum(relevant, k)
    return precision
