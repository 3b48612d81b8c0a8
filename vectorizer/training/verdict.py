"""Whether one vector finds styles better than another, as far as these paintings can tell."""

import numpy as np

from vectorizer.evaluation import ask_each
from vectorizer.intervals import difference_interval
from vectorizer.training.held_out import HeldOut
from vectorizer.training.measuring import TASKS, names_of

JUDGED = ("style", "style_other_artists")


def verdict(held_out: HeldOut, new: str, old: str) -> list[str]:
    """A sentence for each way to count: better, worse, or no difference beyond the 95 % interval by artist."""
    sentences = []
    for task in (task for task in TASKS if task.name in JUDGED):
        labels = names_of(held_out, task.kind)
        groups = held_out.hands if task.other_artists else None
        try:
            answers, others = (
                ask_each(held_out.vectors[name], labels, groups=groups, folds=held_out.folds) for name in (new, old)
            )
            artists = np.array(held_out.hands)[answers.rows]
            gain = difference_interval(answers.average_precision, others.average_precision, artists)
        except ValueError as problem:  # nothing to ask, or nobody asks but one artist
            sentences.append(f"{task.title}: {problem}")
            continue
        word = "better than" if gain.low > 0 else "worse than" if gain.high < 0 else "not told apart from"
        sentences.append(f"{task.title}: {new} is {word} {old}; mAP@10 differs by {gain}.")
    return sentences
