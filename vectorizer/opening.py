"""The one way in which a picture is opened to be encoded, so that a file always has the same vectors."""

from typing import BinaryIO

from PIL.Image import Image as Picture

from gallery import images
from gallery.images import Limits

SHORT_SIDE = 320  # pixels; what the networks and the thumbnail need of a picture, whatever its proportions


def open_picture(file: BinaryIO, name: str, limits: Limits) -> Picture:
    """The picture as sRGB, upright; a JPEG's short side may be less than the file's, but no less than `SHORT_SIDE`.

    Uploads, visitors' photos, bulk runs and training all come through here: a JPEG that is decoded to another size
    gives vectors that are near, but not equal. Raises `images.ImageRefused`.
    """
    return images.open_rgb(file, name, limits, shortest=SHORT_SIDE)
