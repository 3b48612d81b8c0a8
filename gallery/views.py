"""A painting's page, and the files that show it: nothing is opened before it is known that it may be seen."""

import logging
import re
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gallery import originals, rendering
from gallery.models import Image, Painting, sees_drafts

MEDIA_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
SHA_IN_ADDRESS = re.compile(r"[0-9a-f]{16}")
FRESH, CHECKED, NO_STORE = "private, max-age=3600", "private, no-cache", "private, no-store"

logger = logging.getLogger(__name__)


@require_safe
def painting(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    """The painting's page; an address with another title leads to the present one."""
    shown = get_object_or_404(Painting.objects.visible_to(request.user).with_details(), pk=pk)
    if slug != shown.slug:
        return redirect(shown)
    image = (shown.live_image if shown.is_public else None) or shown.image
    response = render(request, "gallery/painting.html", {"painting": shown, "image": image})
    if not shown.is_public:
        response["Cache-Control"] = NO_STORE
    return response


@require_safe
def rendition(request: HttpRequest, pk: int, sha: str, width: int, extension: str) -> HttpResponseBase:
    """A rendition, to whoever may see this image of this painting."""
    if extension not in MEDIA_TYPES or not SHA_IN_ADDRESS.fullmatch(sha):
        raise Http404
    image, caching = _visible_image(request, pk, sha)
    if width not in image.widths:
        raise Http404
    etag = f'"{image.sha256}-{width}-{extension}"'
    response = get_conditional_response(request, etag=etag) or _rendition_file(image, width, extension)
    response["ETag"] = etag
    response["Cache-Control"] = caching
    return response


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The unaltered upload, to those who work on the catalogue."""
    if not sees_drafts(request.user):
        raise Http404
    image = get_object_or_404(Image, paintings__pk=pk)
    name = PurePath(image.name).with_suffix(image.extension).name
    response = _sent(originals.storage(), image.path, image.media_type, as_attachment=True, filename=name)
    response["Cache-Control"] = NO_STORE
    return response


def _visible_image(request: HttpRequest, pk: int, sha: str) -> tuple[Image, str]:
    """The image and its Cache-Control. What is public takes one query and asks nobody who they are."""
    named = Image.objects.filter(sha256__startswith=sha)
    if image := named.filter(live_paintings__in=Painting.objects.public().filter(pk=pk)).first():
        return image, FRESH
    if sees_drafts(request.user):
        return get_object_or_404(named.filter(Q(paintings__pk=pk) | Q(live_paintings__pk=pk)).distinct()), CHECKED
    raise Http404


def _rendition_file(image: Image, width: int, extension: str) -> HttpResponseBase:
    path, media_type = image.rendition_path(width, extension), MEDIA_TYPES[extension]
    if settings.X_ACCEL_PREFIX:
        address = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{path}"
        return HttpResponse(content_type=media_type, headers={"X-Accel-Redirect": address})
    return _sent(rendering.storage(), path, media_type)


def _sent(storage: Storage, path: str, media_type: str, **options: Any) -> HttpResponseBase:
    """The file; 404, and a line in the log, where it is lost."""
    try:
        return FileResponse(storage.open(path, "rb"), content_type=media_type, **options)
    except FileNotFoundError as problem:
        logger.warning("The file %s is named in the database and is not in the store.", path)
        raise Http404 from problem
