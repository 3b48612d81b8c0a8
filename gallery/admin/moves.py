"""Submit, publish, withdraw and return, as the admin offers them: as actions of the list and as buttons of the form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gallery import publishing
from gallery.models import Painting, PaintingQuerySet
from gallery.permissions import changeable, may_change

PAINTINGS_AT_ONCE = 500
CHANGE = "gallery.change_painting"
State = Painting.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One way from state to state. `done` completes “3 paintings were …”."""

    name: str
    to: State
    run: Callable[..., int]
    button: str
    done: str
    permission: str = CHANGE

    def allowed(self, user: Any, painting: Painting) -> bool:
        """Whether this user may make this move with this painting now."""
        may = may_change(user, painting) if self.permission == CHANGE else user.has_perm(self.permission)
        return may and painting.state in publishing.FROM[self.to]

    def make(self, paintings: PaintingQuerySet, user: Any) -> tuple[int, str]:
        """Move those that can be moved. Returns how many did, and a sentence about all of them."""
        rows = list(paintings.order_by().values_list("pk", "state"))
        ids = list(self._changeable(user, paintings).order_by().values_list("pk", flat=True))
        moved = sum(self.run(part, by=user) for part in _parts(ids))
        already = sum(state == self.to for _, state in rows)
        return moved, self._sentence(moved, already, len(rows) - moved - already)

    def _sentence(self, moved: int, already: int, left: int) -> str:
        parts = [f"{moved} {self.done}"] if moved or not (already or left) else []
        if already:
            parts.append(f"{already} {_was(already)} already {self.to.label}")
        if left:
            parts.append(f"{left} {_was(left)} left as {'it is' if left == 1 else 'they are'}")
        return ", ".join(parts) + "."

    def _changeable(self, user: Any, paintings: PaintingQuerySet) -> PaintingQuerySet:
        return changeable(user, paintings) if self.permission == CHANGE else paintings


SUBMIT = Move(
    name="submit",
    to=State.REVIEW,
    run=publishing.submit,
    button="Save and submit for review",
    done="submitted for review",
)
PUBLISH = Move(
    name="publish",
    to=State.PUBLISHED,
    run=publishing.publish,
    button="Save and publish",
    done="published",
    permission="gallery.publish_painting",
)
WITHDRAW = Move(
    name="withdraw",
    to=State.WITHDRAWN,
    run=publishing.withdraw,
    button="Save and withdraw",
    done="withdrawn",
    permission="gallery.withdraw_painting",
)
RETURN = Move(
    name="return",
    to=State.DRAFT,
    run=publishing.return_to_draft,
    button="Save and return to draft",
    done="returned to draft",
)
MOVES = (PUBLISH, SUBMIT, RETURN, WITHDRAW)


def _parts(ids: list[int]) -> Iterable[PaintingQuerySet]:
    for start in range(0, len(ids), PAINTINGS_AT_ONCE):
        yield Painting.objects.filter(pk__in=ids[start : start + PAINTINGS_AT_ONCE]).only("pk")


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
