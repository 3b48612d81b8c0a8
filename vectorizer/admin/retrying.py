"""Having pictures tried again: who may, and what they are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

RETRY = "vectorizer.change_attempt"


def tell(model_admin: Any, request: HttpRequest, number: int) -> None:
    """How many pictures will be tried again."""
    if number:
        sentence = ngettext(
            "%(number)s picture will be tried again in a moment.",
            "%(number)s pictures will be tried again in a moment.",
            number,
        )
        model_admin.message_user(request, sentence % {"number": number}, messages.SUCCESS)
    else:
        sentence = _("None of these has failed; there is nothing to try again.")
        model_admin.message_user(request, sentence, messages.WARNING)
