"""Two rankings made one."""

from search.indexes.base import Hit
from search.indexes.fusing import fused, in_turn


def hits(*ids: int) -> list[Hit]:
    """The lower the id, the more alike."""
    return [Hit(id=id_, similarity=1 / id_) for id_ in ids]


def ids(found: list[Hit]) -> list[int]:
    return [hit.id for hit in found]


def test_what_both_rankings_have_comes_before_what_one_has() -> None:
    assert ids(fused(hits(1, 2, 3, 4), hits(4, 9))) == [4, 1, 2, 9, 3]


def test_one_ranking_alone_stays_as_it_is() -> None:
    assert ids(fused(hits(3, 1, 2), [])) == ids(fused([], hits(3, 1, 2))) == [3, 1, 2]


def test_equals_stand_by_similarity_and_then_by_id() -> None:
    assert ids(fused(hits(2, 5), hits(1, 6))) == [1, 2, 5, 6]
    same = [Hit(id=id_, similarity=0.5) for id_ in (8, 7)]
    assert ids(fused(same[:1], same[1:])) == [7, 8]


def test_rankings_in_turn_stop_where_there_are_enough() -> None:
    made = []

    def ranking(number: int) -> list[Hit]:
        made.append(number)
        return hits(number, number + 1)

    assert ids(in_turn((ranking(number) for number in (1, 3, 5)), 3)) == [1, 2, 3]
    assert made == [1, 3]
    assert in_turn([], 3) == []
