"""Pictures on a page: `<picture>` with every rendition that exists, and the classes that give it its shape.

No `style=` anywhere (the Content-Security-Policy forbids it): static/css/ratios.css has a class a ratio.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gallery.models import Image, Painting

register = template.Library()

SHA_LETTERS = 16  # of the sha256, in a rendition's address
NARROWEST, WIDEST = 54, 260  # hundredths: what is narrower or wider hangs on a mat of this ratio
ROW_REMS = 13  # the height of a row of the wall, as in wall.css
ENLARGED = 1.6  # times its own width, at most
STRETCH = 1.25  # how much wider than its basis a picture in the wall usually becomes


def address(painting: Painting, image: Image, width: int, extension: str) -> str:
    """Where a rendition is; who may see it is the view's to say."""
    return f"{folder(painting, image)}{width}.{extension}"


def folder(painting: Painting, image: Image) -> str:
    """How the addresses of all renditions of an image begin; `<width>.<extension>` follows."""
    return reverse("rendition", args=[painting.pk, image.sha256[:SHA_LETTERS], 0, "jpg"]).removesuffix("0.jpg")


@register.filter
def ratio(image: Image) -> int:
    """Width to height in hundredths, as the wall hangs it."""
    return min(WIDEST, max(NARROWEST, round(100 * image.width / image.height)))


@register.filter
def matted(image: Image) -> bool:
    """Whether the picture is too narrow or too wide for the wall and hangs on a mat."""
    return not NARROWEST <= round(100 * image.width / image.height) <= WIDEST


@register.filter
def description(painting: Painting) -> str:
    """The alternative text: the curator's words, or the title and the artist."""
    return painting.alt_text or described(painting.title, painting.artist_line)


def described(title: str, artists: str) -> str:
    """A painting in a few words, where its picture can't be seen."""
    return _("%(title)s by %(artists)s") % {"title": title, "artists": artists} if artists else title


@register.simple_tag
def rendition_url(painting: Painting, image: Image, width: int, extension: str = "jpg") -> str:
    """The address of the rendition nearest to a width."""
    return address(painting, image, _at_least(image.widths, width), extension)


@register.simple_tag
def info_url(painting: Painting, image: Image) -> str:
    """The address of info.json; empty where there are no tiles, and it would tell nothing that the page doesn't."""
    return reverse("image-info", args=[painting.pk, image.sha256[:SHA_LETTERS]]) if image.tile_side else ""


@register.simple_tag
def wall_sizes(image: Image) -> str:
    """How wide a picture is in the wall, for `sizes`."""
    wide = ROW_REMS * ratio(image) / 100 * STRETCH
    return f"(max-width: 40rem) {min(92, round(wide * 4.5))}vw, {wide:.0f}rem"


@register.simple_tag
def large_sizes(image: Image) -> str:
    """How wide a picture is on its own page: nothing is enlarged beyond ENLARGED, or hung higher than the window."""
    widest, high = round(image.width * ENLARGED), round(82 * image.width / image.height)
    return f"(min-width: 64rem) min(64vw, {high}vh, {widest}px), min(100vw, {high}vh, {widest}px)"


@register.inclusion_tag("gallery/picture.html")
def picture(
    painting: Painting,
    image: Image,
    *,
    sizes: str = "100vw",
    loading: str = "lazy",
    blurred: bool = True,
    priority: bool = False,
    large: bool = False,
) -> dict[str, Any]:
    """`<picture>` with all renditions of `image` in every format; a plain mat where there are none yet.

    Its width and height, for who lays out the page before the picture comes, are those of the original, or, if it is
    `large`, as far as it may be enlarged.
    """
    times = ENLARGED if large else 1
    start, widths = folder(painting, image), sorted(image.widths)
    return {
        "painting": painting,
        "image": image,
        "sizes": sizes,
        "loading": loading,
        "priority": priority,
        "width": round(image.width * times),
        "height": round(image.height * times),
        "placeholder": image.placeholder if blurred else "",
        "avif": _srcset(start, widths, "avif") if image.avif else "",
        "webp": _srcset(start, widths, "webp"),
        "jpg": _srcset(start, widths, "jpg"),
        "src": f"{start}{_at_least(widths, 640)}.jpg" if widths else "",
    }


def _srcset(start: str, widths: Iterable[int], extension: str) -> SafeString:
    return SafeString(", ".join(f"{start}{width}.{extension} {width}w" for width in widths))


def _at_least(widths: Iterable[int], width: int) -> int:
    """The narrowest of at least this width, the widest where there is none, 0 where there is nothing yet."""
    ascending = sorted(widths)
    return next((each for each in ascending if each >= width), ascending[-1] if ascending else 0)
