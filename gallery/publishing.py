"""Draft → review → published → withdrawn: who sees a painting, and when."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from gallery import journal
from gallery.journal import Kind
from gallery.models import Image, Painting

State = Painting.State

FROM: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.REVIEW, State.WITHDRAWN}),
    State.REVIEW: frozenset({State.DRAFT}),
    State.PUBLISHED: frozenset({State.DRAFT, State.REVIEW, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.PUBLISHED}),
}


def submit(paintings: Iterable[Painting], *, by: User | None) -> int:
    """Hand drafts in for review. Returns how many changed; those that can't change are left as they are."""
    return _move(paintings, State.REVIEW, by=by)


def publish(paintings: Iterable[Painting], *, by: User | None) -> int:
    """Publish. Visitors see a painting as soon as it is ready. Returns how many changed."""
    return _move(paintings, State.PUBLISHED, by=by)


def withdraw(paintings: Iterable[Painting], *, by: User | None) -> int:
    """Withdraw published paintings: they are gone everywhere at once. Returns how many changed."""
    return _move(paintings, State.WITHDRAWN, by=by)


def return_to_draft(paintings: Iterable[Painting], *, by: User | None) -> int:
    """Give reviewed or withdrawn paintings back for work. Returns how many changed."""
    return _move(paintings, State.DRAFT, by=by)


def go_live(images: Iterable[Image]) -> int:
    """Show these images, whose renditions and vectors are ready, for the paintings that wait for them.

    Called by whoever made them ready, inside the transaction that wrote them. Returns how many paintings changed.
    """
    with journal.writing():
        shown = Painting.objects.filter(image__in=images)
        ids = list(shown.values_list("pk", flat=True))
        shown.awaiting_image().update(live_image=F("image"))
        journal.record(ids, Kind.VECTORS)
    return len(ids)


def _move(paintings: Iterable[Painting], to: State, *, by: User | None) -> int:
    ids = [painting.pk for painting in paintings]
    with journal.writing(by=by):
        moved = list(Painting.objects.filter(pk__in=ids, state__in=FROM[to]).select_for_update())
        for painting in moved:
            painting.state = to
            if to is State.PUBLISHED:
                painting.published_at = timezone.now()
        fields = ["state", "published_at"]
        bulk_update_with_history(moved, Painting, fields, batch_size=journal.ROWS_AT_ONCE, default_user=by)
    return len(moved)
