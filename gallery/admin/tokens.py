"""Tokens for the API: made and revoked here, kept as hashes only, shown once."""

from typing import Any

import knox.admin  # noqa: F401  (registers the admin that ours replaces)
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken, get_digest_token
from knox.settings import CONSTANTS, knox_settings

SHOWN = 8  # letters by which a token is recognised

admin.site.unregister(AuthToken)
apps.get_app_config("knox").verbose_name = "API"
AuthToken._meta.verbose_name, AuthToken._meta.verbose_name_plural = _("API token"), _("API tokens")
# knox names a token by its whole digest, in the log of actions, too.
AuthToken.__str__ = lambda token: f"{token.token_key[:SHOWN]}… of {token.user}"


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose token, and until when."""

    token = ""

    class Meta:
        model = AuthToken
        fields = ("user", "expiry")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expiry"].initial = timezone.now() + knox_settings.TOKEN_TTL
        self.fields["expiry"].label = gettext("Expiry")
        self.fields["expiry"].help_text = gettext("The token stops working then. Empty: never.")
        names = (gettext("Expiry: Date"), gettext("Expiry: Time"))
        for part, name in zip(getattr(self.fields["expiry"].widget, "widgets", ()), names, strict=False):
            part.attrs["aria-label"] = name
        if "user" in self.fields:
            self.fields["user"].label = pgettext("of a token", "User")
            self.fields["user"].help_text = gettext(
                "Whoever holds the token may do over the API what this person may do here."
            )

    def clean_expiry(self) -> Any:
        expiry = self.cleaned_data["expiry"]
        if expiry and expiry <= timezone.now():
            raise forms.ValidationError(gettext("This time is past. Choose a later one."))
        return expiry

    def save(self, commit: bool = True) -> Any:
        self.instance.digest, self.token = get_digest_token()
        self.instance.token_key = self.token[: CONSTANTS.TOKEN_KEY_LENGTH]
        return super().save(commit)


@admin.register(AuthToken)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Everybody manages their own tokens; superusers, everybody's."""

    form = TokenForm
    list_display = ("beginning", "holder", "made", "ends")
    list_display_links = None
    list_select_related = ("user",)
    autocomplete_fields = ("user",)
    actions = ("revoke",)
    delete_confirmation_template = "admin/knox/authtoken/revoke.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tokens = super().get_queryset(request).order_by("-created")
        return tokens if _all(request) else tokens.filter(user=request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("user", "expiry") if _all(request) else ("expiry",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Revoke"), permissions=["delete"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[Any]) -> None:
        number, _ = tokens.delete()
        sentence = ngettext("%(number)s token was revoked.", "%(number)s tokens were revoked.", number)
        self.message_user(request, sentence % {"number": number})

    @admin.display(description=_("begins with"), ordering="token_key")
    def beginning(self, token: AuthToken) -> str:
        return f"{token.token_key[:SHOWN]}…"

    @admin.display(description=pgettext_lazy("of a token", "user"), ordering="user")
    def holder(self, token: AuthToken) -> Any:
        return token.user

    @admin.display(description=pgettext_lazy("of a token", "created"), ordering="created")
    def made(self, token: AuthToken) -> Any:
        return token.created

    @admin.display(description=_("expiry"), ordering="expiry")
    def ends(self, token: AuthToken) -> Any:
        return token.expiry

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not _all(request):
            obj.user = request.user
        super().save_model(request, obj, form, change)
        request.new_token = form.token  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The one page that ever shows the token: straight in the answer, stored nowhere."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The new token"),
            "opts": self.opts,
            "token": request.new_token,  # type: ignore[attr-defined]
            "owner": obj.user,
            "expiry": obj.expiry,
        }
        return TemplateResponse(
            request, "admin/knox/authtoken/made.html", context, headers={"Cache-Control": "no-store"}
        )

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        self.message_user(request, gettext("The token was revoked. Programs that use it are turned away from now on."))
        return HttpResponseRedirect(reverse("admin:knox_authtoken_changelist"))


def _all(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
