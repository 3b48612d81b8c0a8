"""Labels as numbers, and which of them are too rare to be trained on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.examples import Example

Kind = Literal["style", "genre", "artist"]
KINDS: tuple[Kind, ...] = get_args(Kind)
UNKNOWN = -1
NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """`names` in alphabetical order; `codes` (n,) are places in them, UNKNOWN (−1) where an example has no label."""

    kind: Kind
    names: tuple[str, ...]
    codes: NDArray[np.intp]

    @property
    def each(self) -> NDArray[np.str_]:
        """The label of each example (n,), "" where it has none."""
        return np.array([*self.names, ""])[self.codes]


def labels_of(examples: Sequence[Example], kind: Kind, at_least: int = 2) -> tuple[Labels, tuple[str, ...]]:
    """The labels of one kind, without those that fewer than `at_least` examples have, and sentences about these.

    An example whose label is left out stays, without it. `names` is empty where nothing is left.
    """
    counts = Counter(label for example in examples if (label := getattr(example, kind)))
    names = tuple(sorted(name for name, count in counts.items() if count >= at_least))
    places = {name: place for place, name in enumerate(names)}
    codes = np.array([places.get(getattr(example, kind), UNKNOWN) for example in examples], np.intp)
    rare = sorted(set(counts) - set(names))
    sentences = (_about_rare(rare, kind, len(counts), at_least),) if rare else ()
    return Labels(kind=kind, names=names, codes=codes), sentences


def choose(labels: Mapping[str, Labels], rows: NDArray[np.bool_]) -> dict[str, Labels]:
    """The labels of some examples (a mask). All names stay, though no example may be left that has one."""
    return {kind: replace(one, codes=one.codes[rows]) for kind, one in labels.items()}


def _about_rare(rare: Sequence[str], kind: Kind, all_of_them: int, at_least: int) -> str:
    shown = ", ".join(rare[:NAMED_AT_MOST])
    more = f" and {len(rare) - NAMED_AT_MOST:,} more" if len(rare) > NAMED_AT_MOST else ""
    return (
        f"Of {all_of_them:,} {kind}s, {len(rare):,} with fewer than {at_least} pictures are not trained on: "
        f"{shown}{more}. Their pictures stay for their other labels."
    )
