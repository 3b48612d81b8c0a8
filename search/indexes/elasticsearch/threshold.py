"""Exactly the nearest, from lists that are each ordered by one distance only: the threshold algorithm.

R. Fagin, A. Lotem, M. Naor: Optimal aggregation algorithms for middleware (PODS 2001). What stands in none of the
lists' beginnings is, by each feature, at least as far as the last that stands there; so once the paintings seen are
nearer than that, no other can come between them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from search.indexes.arrays import Doubles, Longs
from search.indexes.base import Hit
from search.indexes.measuring import ROUNDING

DECIMALS_ERROR = 5.1e-7  # of a document's numbers, which have 6 decimals
SINGLE_PRECISION = 2.0**-24


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The beginning of a list of all that match, by one distance: ids and squared distances, the nearest first.

    `share` is the weight of this distance in d², of 1 in all; `slack` how much the squares may be off; `whole` says
    that nothing comes after.
    """

    ids: Longs
    squares: Doubles
    share: float
    slack: float
    whole: bool


def slack(dimensions: int) -> float:
    """How much the square of a distance between unit vectors may be off, where the server has worked it out.

    A document's vector lies within √n·5.1e-7 of the true one, and d is at most 2, so d² moves by less than 4 times
    that; a sum of n squares in single precision is off by at most n·2⁻²⁴ of it (Higham, Accuracy and Stability of
    Numerical Algorithms, 2002, section 3.1), and the score by 2⁻²⁴ of its own.
    """
    return 4 * (math.sqrt(dimensions) * DECIMALS_ERROR + dimensions * SINGLE_PRECISION * 1.1) + 1e-6


def proves(rankings: Sequence[Ranking], nearest: Sequence[Hit], stop: int) -> bool:
    """Whether `nearest`, the measured paintings of these lists in their order, begins with the first `stop` of all."""
    if any(ranking.whole for ranking in rankings):
        return True
    if len(nearest) < stop:
        return False
    bound = sum(ranking.share * max(0.0, float(ranking.squares[-1]) - ranking.slack) for ranking in rankings)
    return (nearest[stop - 1].distance or 0.0) ** 2 + ROUNDING < bound
