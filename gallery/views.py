"""A painting's page, and the files that show it: nothing is opened before it is known that it may be seen."""

import logging
import re
from pathlib import PurePath
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.storage import Storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from gallery import originals, rendering, tiles
from gallery.models import Image, Painting, sees_drafts

MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
SHA_IN_ADDRESS = re.compile(r"[0-9a-f]{16}")
FRESH, CHECKED, NO_STORE = "private, max-age=3600", "private, no-cache", "private, no-store"

Response = TypeVar("Response", bound=HttpResponseBase)

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
    if extension not in MEDIA_TYPES:
        raise Http404
    image, caching = _visible_image(request, pk, sha)
    if width not in image.widths or (extension == "avif" and not image.avif):
        raise Http404
    return shown_file(request, image.rendition_path(width, extension), MEDIA_TYPES[extension], caching)


@require_safe
def image_info(request: HttpRequest, pk: int, sha: str) -> HttpResponse:
    """IIIF's info.json: which sizes and tiles there are of an image, to whoever may see it."""
    image, caching = _visible_image(request, pk, sha)
    if not image.widths:
        raise Http404
    address = request.build_absolute_uri(request.path.removesuffix("/info.json"))
    info = tiles.Info(
        address=address, width=image.width, height=image.height, widths=image.widths, side=image.tile_side
    )
    response = JsonResponse(info.document(), content_type=tiles.MEDIA_TYPE)
    response["Cache-Control"] = caching
    return _for_all_sites(response, caching)


@require_safe
def image_part(request: HttpRequest, pk: int, sha: str, region: str, size: str) -> HttpResponseBase:
    """A tile, or the whole picture in one of its sizes, by IIIF's addresses; to whoever may see this image."""
    image, caching = _visible_image(request, pk, sha)
    path = _part_path(image, region, size)
    if path is None:
        raise Http404
    return _for_all_sites(shown_file(request, path, MEDIA_TYPES["jpg"], caching), caching)


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
    if not SHA_IN_ADDRESS.fullmatch(sha):
        raise Http404
    named = Image.objects.filter(sha256__startswith=sha)
    if image := named.filter(live_paintings__in=Painting.objects.public().filter(pk=pk)).first():
        return image, FRESH
    if sees_drafts(request.user):
        return get_object_or_404(named.filter(Q(paintings__pk=pk) | Q(live_paintings__pk=pk)).distinct()), CHECKED
    raise Http404


def _part_path(image: Image, region: str, size: str) -> str | None:
    if region == "full":
        width = tiles.find_whole(image.width, image.height, image.widths, size)
        return image.rendition_path(width, "jpg") if width else None
    tile = tiles.find(image.width, image.height, image.tile_side, region, size)
    return image.tile_path(tile.name) if tile else None


def shown_file(request: HttpRequest, path: str, media_type: str, caching: str) -> HttpResponseBase:
    """A file of the storage `renditions`, unless the browser has it; its name says what is in it, for ever."""
    etag = f'"{path}"'
    response = get_conditional_response(request, etag=etag) or _rendition_file(path, media_type)
    response["ETag"] = etag
    response["Cache-Control"] = caching
    return response


def _for_all_sites(response: Response, caching: str) -> Response:
    """Let the IIIF viewers of other sites read what is public; browsers send them nobody's cookies."""
    if caching == FRESH:
        response["Access-Control-Allow-Origin"] = "*"
    return response


def _rendition_file(path: str, media_type: str) -> HttpResponseBase:
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
