"""The network's suggestions in the admin: beside the form's fields, as a filter of the list, and accepted."""

import logging
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gallery.admin.paintings import PaintingAdmin
from gallery.models import Painting
from vectorizer import accepting, suggestions
from vectorizer.accepting import Forecast, NotAccepted, Terms
from vectorizer.encoder import ArtifactError, Card
from vectorizer.models import EncoderModel
from vectorizer.suggestions import KINDS, Kind, Suggestion, Suggestions

ACCEPT = "_accept"  # the form's button; its value is “style:Impressionism”
CONFIRMED = "confirmed"

logger = logging.getLogger(__name__)


class SuggestionFilter(admin.SimpleListFilter):
    """Paintings without a style (or genre) of which the network is sure; no filter where it never is of any."""

    title = gettext_lazy("suggestions")
    parameter_name = "suggested"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        card = _active_card()
        words = {
            "style": _("style missing, the network is sure"),
            "genre": _("genre missing, the network is sure"),
        }
        return [(kind, words[kind]) for kind in KINDS if card and kind in card.sure]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        kind = next((kind for kind in KINDS if kind == self.value()), None)
        return queryset if kind is None else suggestions.lacking(queryset, kind, EncoderModel.current())


class SuggestingAdmin(PaintingAdmin):
    """The gallery's admin of paintings with the network's suggestions."""

    list_filter = (*PaintingAdmin.list_filter, SuggestionFilter)
    actions = (*PaintingAdmin.actions, "accept_sure")
    actions_in_parts = PaintingAdmin.actions_in_parts | {"accept_sure"}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        card = _active_card()
        known = card is not None and card.labels
        return actions if known else {name: each for name, each in actions.items() if name != "accept_sure"}

    @admin.action(description=gettext_lazy("Accept suggestions that are sure …"), permissions=["change"])
    def accept_sure(self, request: HttpRequest, paintings: QuerySet[Any]) -> HttpResponse | None:
        """First the page that says what would become of it, then the doing; and what is never done so."""
        never_sure = suggestions.never_sure(EncoderModel.current().card)
        if CONFIRMED in request.POST:
            given = accepting.accept_sure(paintings, by=request.user)  # type: ignore[arg-type]
            self.message_user(request, _accepted(given), messages.SUCCESS)
        else:
            forecasts = accepting.forecast(paintings, by=request.user)  # type: ignore[arg-type]
            if any(forecast.number for forecast in forecasts):
                return self._preview(request, paintings, forecasts, never_sure)
            sentence = _("There is no suggestion that is sure enough for what these lack.")
            self.message_user(request, sentence, messages.WARNING)
        if never_sure:
            self.message_user(request, never_sure, messages.WARNING)
        return None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if painting := kwargs.get("obj"):
            _suggest(request, context["adminform"].form, painting)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Painting, form: Any, change: bool) -> None:
        if change and ACCEPT in request.POST:
            _keep_what_was_set_meanwhile(obj)
        super().save_model(request, obj, form, change)

    def _pressed(self, request: HttpRequest, painting: Painting) -> HttpResponse | None:
        if ACCEPT not in request.POST:
            return super()._pressed(request, painting)
        name, _colon, label = request.POST[ACCEPT].partition(":")
        try:
            kind = next(kind for kind in KINDS if kind == name)
            accepted = accepting.accept(painting, kind, label, by=request.user)  # type: ignore[arg-type]
        except StopIteration:
            self.message_user(request, _("Nothing is suggested for “%(name)s”.") % {"name": name}, messages.WARNING)
        except NotAccepted as refused:
            self.message_user(request, str(refused), messages.WARNING)
        else:
            self.message_user(request, _saved(accepted), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:gallery_painting_change", args=[painting.pk]))

    def _preview(
        self, request: HttpRequest, paintings: QuerySet[Any], forecasts: tuple[Forecast, ...], never_sure: str
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Accept suggestions that are sure"),
            "forecasts": [forecast for forecast in forecasts if forecast.number],
            "selected": paintings.order_by().count(),
            "never_sure": never_sure,
            "sent": [
                (name, value) for name in ("_selected_action", "select_across") for value in request.POST.getlist(name)
            ],
            "confirmed": CONFIRMED,
        }
        return TemplateResponse(request, "admin/gallery/painting/accept_sure.html", context)


def _active_card() -> Card | None:
    """Of the active model; None where its artifact is out of order: the list must open all the same."""
    model = EncoderModel.objects.filter(active=True).first()
    try:
        return model.card if model else None
    except ArtifactError as problem:
        logger.error("No suggestions in the list of paintings: %s", problem)
        return None


def _accepted(given: Mapping[Kind, int]) -> str:
    styles, genres = given.get("style", 0), given.get("genre", 0)
    counted = {
        "styles": ngettext("%(number)s style", "%(number)s styles", styles) % {"number": styles},
        "genres": ngettext("%(number)s genre", "%(number)s genres", genres) % {"number": genres},
    }
    sentences: dict[tuple[Kind, ...], str] = {
        (): _("Accepted: nothing."),
        ("style",): _("Accepted: %(styles)s."),
        ("genre",): _("Accepted: %(genres)s."),
        ("style", "genre"): _("Accepted: %(styles)s and %(genres)s."),
    }
    return sentences[tuple(kind for kind in KINDS if kind in given)] % counted


def _saved(accepted: Suggestion) -> str:
    if accepted.kind == "style":
        sentence = _("Saved. The style is “%(label)s” now, as the network suggested (%(percent)s).")
    else:
        sentence = _("Saved. The genre is “%(label)s” now, as the network suggested (%(percent)s).")
    return sentence % {"label": accepted.label, "percent": accepted.percent}


def _suggest(request: HttpRequest, form: "ModelForm[Any]", painting: Painting) -> None:
    """Write the suggestions below the fields that they are for. Where nothing may be changed, there are no fields."""
    terms = Terms()
    for kind, offered in _of(painting).items():
        if kind not in form.fields:
            continue
        rows = [
            {
                "suggestion": each,
                "known": terms.find(kind, each.label) is not None,
                "usable": terms.may_use(request.user, kind, each.label),
            }
            for each in offered
        ]
        context = {"kind": kind, "is_style": kind == "style", "rows": rows, "button": ACCEPT}
        context["set"] = form.initial.get(kind) is not None
        context["never_sure"] = all(each.sure_from is None for each in offered)
        form[kind].help_text = render_to_string("admin/gallery/painting/suggestions.html", context)


def _of(painting: Painting) -> Suggestions:
    try:
        return suggestions.of(painting.image)
    except ArtifactError as problem:  # the form must open all the same
        logger.error("No suggestions beside painting %s: %s", painting.pk, problem)
        return {}


def _keep_what_was_set_meanwhile(painting: Painting) -> None:
    """An older form knows nothing of a style that a colleague has set since, and would empty it."""
    present = Painting.objects.filter(pk=painting.pk).values("style", "genre").first() or {}
    for kind in KINDS:
        if getattr(painting, f"{kind}_id") is None:
            setattr(painting, f"{kind}_id", present.get(kind))
