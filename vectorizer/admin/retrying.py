"""Having pictures tried again: who may, and what they are told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

RETRY = "vectorizer.change_attempt"


def tell(model_admin: Any, request: HttpRequest, number: int) -> None:
    """How many pictures will be tried again."""
    if number:
        sentence = f"{number} {'picture' if number == 1 else 'pictures'} will be tried again in a moment."
        model_admin.message_user(request, sentence, messages.SUCCESS)
    else:
        model_admin.message_user(request, "None of these has failed; there is nothing to try again.", messages.WARNING)
