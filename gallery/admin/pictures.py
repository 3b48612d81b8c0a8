"""Pictures in the admin: what a form receives, and what is shown of them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gallery import originals
from gallery.images import ImageRefused
from gallery.models import Image, Painting
from gallery.templatetags.pictures import rendition_url

THUMBNAIL_WIDTH = 160
SALT = "picture of a form that was sent back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came of an uploaded file: an original in the store, or the sentence that says why not."""

    name: str
    image: Image | None = None
    refusal: str = ""
    code: str = ""


def receive(file: "UploadedFile[Any]") -> Received:
    """Inspect and store an upload. Call it before `journal.writing()`: it takes time."""
    name = file.name or ""
    try:
        return Received(name=name, image=originals.add(file, name))  # type: ignore[arg-type]
    except ImageRefused as refused:
        return Received(name=name, refusal=refused.said(), code=refused.code)


def receive_picture(request: HttpRequest, field: str = "picture") -> None:
    """Put what came of the file of a form in the file's place, where `PictureField` finds it."""
    if isinstance(file := request.FILES.get(field), UploadedFile):
        request.FILES[field] = receive(file)  # type: ignore[assignment]


class PictureInput(forms.FileInput):
    """A file chooser that remembers the file across a form that is sent back with errors."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or _kept(data.get(f"{name}-kept", ""))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chooser = super().render(name, value, attrs, renderer)
        image = value.image if isinstance(value, Received) else None
        if image is None:
            return chooser
        token = signing.dumps(image.pk, salt=SALT)
        return format_html(
            '{}<input type="hidden" name="{}-kept" value="{}"><span class="kept">{}</span>',
            chooser,
            name,
            token,
            _("“%(name)s” was received and is kept.") % {"name": image.name},
        )


class PictureField(forms.FileField):
    """The picture of a painting. Its cleaned value is an `Image`: the new one, or the present one (`initial`)."""

    widget = PictureInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial

    def to_python(self, data: Any) -> Any:
        if data is None:
            return None
        received: Received = data if isinstance(data, Received) else receive(data)
        if received.image is None:
            raise forms.ValidationError(received.refusal, code=received.code)
        return received.image


def thumbnail(painting: Painting, image: Image | None = None) -> SafeString:
    """A small picture; an empty mat where there is none yet. Never the original: it may be huge."""
    image = image or painting.image
    if not image.widths:
        return format_html('<span class="mat" role="img" aria-label="{}"></span>', _("The picture is being prepared"))
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" loading="lazy" alt="">',
        rendition_url(painting, image, THUMBNAIL_WIDTH),
        THUMBNAIL_WIDTH,
        max(1, round(THUMBNAIL_WIDTH * image.height / image.width)),
    )


def _kept(token: str) -> Received | None:
    if not token:
        return None
    try:
        image = Image.objects.filter(pk=signing.loads(token, salt=SALT, max_age=86_400)).first()
    except signing.BadSignature:
        return None
    return Received(name=image.name, image=image) if image else None
