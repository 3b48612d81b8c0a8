"""Which models a command is about."""

from django.core.management.base import CommandError

from vectorizer.models import EncoderModel


def named_or_in_service(name: str | None) -> list[EncoderModel]:
    """The model of this name, or all that are in service, the active one first. Raises CommandError for no model."""
    if name is None:
        return sorted(EncoderModel.in_service(), key=lambda model: not model.active)
    found = EncoderModel.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(EncoderModel.objects.order_by("id").values_list("name", flat=True))
        raise CommandError(f"There is no model “{name}” in the database; there are: {known or 'none'}.")
    return [found]
