"""The painting's form, in a curator's words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gallery.admin.pictures import PictureField
from gallery.models import Image, Painting

ACCEPTED = ".jpg,.jpeg,.png,.webp,.avif,.tif,.tiff,.gif"
_ROWS = {"rows": 3, "class": "vLargeTextField"}


class PaintingForm(forms.ModelForm):  # type: ignore[type-arg]
    """All that a curator says of a painting. The picture is a file; its row follows from it."""

    picture = PictureField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG, WebP, AVIF, TIFF or GIF. "
            "It is kept unaltered; a new one replaces it on the pages when it is ready."
        ),
    )

    class Meta:
        model = Painting
        fields = (
            *("title", "display_date", "first_year", "last_year", "medium", "dimensions", "style", "genre", "alt_text"),
            *("object_number", "collection", "credit_line", "rights", "authority_uris", "notes"),
        )
        widgets = {name: forms.Textarea(attrs=_ROWS) for name in ("alt_text", "authority_uris", "notes")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].widget.attrs["accept"] = ACCEPTED
        if image := _present_picture(self.instance):
            self.fields["picture"].initial = image
            self.fields["picture"].label = _("Replace the picture")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("picture"):
            self.instance.image = cleaned["picture"]
        if "display_date" in self.changed_data and not {"first_year", "last_year"} & set(self.changed_data):
            cleaned["first_year"] = cleaned["last_year"] = None  # they follow from the new date
        return cleaned


def _present_picture(painting: Painting) -> Image | None:
    """Its image; where that is gone, which an old version may name, the one that the painting has now."""
    image = Image.objects.filter(pk=painting.image_id).first()
    return image or Image.objects.filter(paintings=painting.pk).first()
