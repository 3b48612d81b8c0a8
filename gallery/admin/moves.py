"""Submit, publish, withdraw and return, as the admin offers them: as actions of the list and as buttons of the form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gallery import publishing
from gallery.models import Painting, PaintingQuerySet
from gallery.permissions import changeable, may_change

PAINTINGS_AT_ONCE = 500
CHANGE = "gallery.change_painting"
State = Painting.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One way from state to state. `done` and `already` say of how many paintings that is so: “3 published”."""

    name: str
    to: State
    run: Callable[..., int]
    button: str | Promise
    done: Callable[[int], str]
    already: Callable[[int], str]
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
        parts = [self.done(moved)] if moved or not (already or left) else []
        if already:
            parts.append(self.already(already))
        if left:
            parts.append(_left(left))
        return ", ".join(parts) + "."

    def _changeable(self, user: Any, paintings: PaintingQuerySet) -> PaintingQuerySet:
        return changeable(user, paintings) if self.permission == CHANGE else paintings


SUBMIT = Move(
    name="submit",
    to=State.REVIEW,
    run=publishing.submit,
    button=_("Save and submit for review"),
    done=lambda n: _counted(ngettext("%(n)s submitted for review", "%(n)s submitted for review", n), n),
    already=lambda n: _counted(ngettext("%(n)s was already in review", "%(n)s were already in review", n), n),
)
PUBLISH = Move(
    name="publish",
    to=State.PUBLISHED,
    run=publishing.publish,
    button=_("Save and publish"),
    done=lambda n: _counted(ngettext("%(n)s published", "%(n)s published", n), n),
    already=lambda n: _counted(ngettext("%(n)s was already published", "%(n)s were already published", n), n),
    permission="gallery.publish_painting",
)
WITHDRAW = Move(
    name="withdraw",
    to=State.WITHDRAWN,
    run=publishing.withdraw,
    button=_("Save and withdraw"),
    done=lambda n: _counted(ngettext("%(n)s withdrawn", "%(n)s withdrawn", n), n),
    already=lambda n: _counted(ngettext("%(n)s was already withdrawn", "%(n)s were already withdrawn", n), n),
    permission="gallery.withdraw_painting",
)
RETURN = Move(
    name="return",
    to=State.DRAFT,
    run=publishing.return_to_draft,
    button=_("Save and return to draft"),
    done=lambda n: _counted(ngettext("%(n)s returned to draft", "%(n)s returned to draft", n), n),
    already=lambda n: _counted(ngettext("%(n)s was already draft", "%(n)s were already draft", n), n),
)
MOVES = (PUBLISH, SUBMIT, RETURN, WITHDRAW)


def _parts(ids: list[int]) -> Iterable[PaintingQuerySet]:
    for start in range(0, len(ids), PAINTINGS_AT_ONCE):
        yield Painting.objects.filter(pk__in=ids[start : start + PAINTINGS_AT_ONCE]).only("pk")


def _left(n: int) -> str:
    return _counted(ngettext("%(n)s was left as it is", "%(n)s were left as they are", n), n)


def _counted(clause: str, n: int) -> str:
    return clause % {"n": n}
