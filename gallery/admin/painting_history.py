"""Who changed what of a painting, and how an old version comes back."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gallery.admin.journaled import JournaledAdmin, number
from gallery.models import Artist, Attribution, Painting

State = Painting.State


class PaintingHistoryAdmin(JournaledAdmin):
    """The history of paintings, with that of their attributions beside it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rows = Attribution.history.filter(painting_id=number(object_id)).select_related("history_user")
        attributions = _with_names(rows[: self.history_list_per_page])
        context = {**(extra_context or {}), "attribution_history": attributions}
        return super().history_view(request, object_id, context)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, **kwargs: Any) -> None:
        """Adds the state, which simple_history leaves out because no form edits it."""
        super().set_history_delta_changes(request, historical_records, **kwargs)
        records = list(historical_records)
        for newer, older in pairwise(records):
            if newer.state != older.state:
                change = {"field": _("State"), "old": State(older.state).label, "new": State(newer.state).label}
                newer.history_delta_changes.append(change)

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.brings_back = True  # type: ignore[attr-defined]
        return super().history_form_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Painting, form: Any, change: bool) -> None:
        if getattr(request, "brings_back", False):
            _fit_into_the_present(obj)
        elif change and not form.changed_data:
            return  # a button was pressed that does something else; there is no new version
        super().save_model(request, obj, form, change)


def _with_names(records: Iterable[Any]) -> list[Any]:
    """The records, each with `artist_name`: the present one, or the last one of an artist that was deleted."""
    rows = list(records)
    ids = {row.artist_id for row in rows}
    past = Artist.history.filter(id__in=ids).order_by("history_id").values_list("id", "name")
    names = dict(past) | {artist.pk: artist.name for artist in Artist.objects.filter(pk__in=ids)}
    for row in rows:
        row.artist_name = names.get(row.artist_id, "")
    return rows


def _fit_into_the_present(painting: Painting) -> None:
    """An old version does not bring back its state; what was deleted becomes a draft."""
    present = Painting.objects.filter(pk=painting.pk).first()
    if present is None:
        painting.state, painting.published_at, painting.live_image = State.DRAFT, None, None
        painting._state.adding = True
        return
    painting.state, painting.published_at = present.state, present.published_at
    painting.live_image = present.live_image
