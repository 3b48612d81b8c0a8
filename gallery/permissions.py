"""Who may do what with one painting, beyond Django's permission for all of them."""

from typing import Any

from gallery.models import Painting, PaintingQuerySet

#: What is, or was, before the public is changed only by those who may publish.
OPEN_STATES = (Painting.State.DRAFT, Painting.State.REVIEW)


def may_change(user: Any, painting: Painting) -> bool:
    """Contributors work on drafts and on what is in review; who may publish, on everything."""
    if not user.has_perm("gallery.change_painting"):
        return False
    return painting.state in OPEN_STATES or user.has_perm("gallery.publish_painting")


def changeable(user: Any, paintings: PaintingQuerySet) -> PaintingQuerySet:
    """Those of `paintings` that `may_change` allows."""
    if not user.has_perm("gallery.change_painting"):
        return paintings.none()
    return paintings if user.has_perm("gallery.publish_painting") else paintings.filter(state__in=OPEN_STATES)
