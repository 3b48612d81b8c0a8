"""Every way a file can hold colour, brought to one: sRGB, 8 bit, opaque."""

from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

TIFF_BITS_PER_SAMPLE = 258
TIFF_PHOTOMETRIC = 262
TIFF_WHITE_IS_ZERO = 0

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}


def to_srgb(image: Image.Image) -> Image.Image:
    """
    The decoded picture as 8-bit sRGB: its profile applied, transparency on white. 16-bit grey is scaled, not clipped.

    A profile that is broken, or of another kind than the pixels, is ignored. 32-bit pixels have no fixed white: callers
    refuse them before. The result may be the image itself.
    """
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = _grey_of_16_bits(image)
    colour, alpha = _without_alpha(image)
    srgb = _converted(colour, profile)
    return srgb if alpha is None else _on_white(srgb, alpha)


def _grey_of_16_bits(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.uint16)
    transparent = image.info.get("transparency")
    bits = 16
    tags = getattr(image, "tag_v2", None)
    if tags is not None:
        bits = tags.get(TIFF_BITS_PER_SAMPLE, (16,))[0]
    white = 2**bits - 1
    grey = (values.astype(np.uint32) * 255 + white // 2) // white
    if tags is not None and tags.get(TIFF_PHOTOMETRIC) == TIFF_WHITE_IS_ZERO:
        grey = 255 - grey
    if isinstance(transparent, int):
        grey[values == transparent] = 255
    return Image.fromarray(grey.astype(np.uint8))


def _without_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The colours, in a mode that a profile can be applied to, and the opacity where there is any."""
    if not image.has_transparency_data:
        return (image.convert("RGB" if image.mode == "P" else "L") if image.mode in ("P", "1") else image), None
    rgba = image.convert("RGBA")
    grey = image.mode in ("L", "LA", "La", "1")
    return rgba.getchannel("R") if grey else rgba.convert("RGB"), rgba.getchannel("A")


def _on_white(colour: Image.Image, alpha: Image.Image) -> Image.Image:
    white = Image.new("RGB", colour.size, (255, 255, 255))
    white.paste(colour, mask=alpha)
    return white


def _converted(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            return _through(image, ImageCms.ImageCmsProfile(BytesIO(profile)))
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken or foreign profile says nothing about the colours: they are taken as they stand
    if image.mode == "LAB":
        return _through(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return image if image.mode == "RGB" else image.convert("RGB")


def _through(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    """The image in sRGB. ValueError where the profile is for another kind of pixels."""
    mode = _MODE_OF_SPACE.get(profile.profile.xcolor_space.strip())
    if mode == "RGB" and image.mode in ("L", "YCbCr", "RGBX"):
        image = image.convert("RGB")
    if mode != image.mode:
        raise ValueError(f"a profile for {mode} on {image.mode} pixels")
    if mode == "RGB" and "sRGB" in (profile.profile.profile_description or ""):
        return image
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    transform = ImageCms.buildTransform(profile, _srgb(), mode, "RGB", intent, flags)
    return transform.apply(image)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
