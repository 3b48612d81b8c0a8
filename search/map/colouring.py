"""One colour that stands for a picture until it is there, and where it would be a dot."""

import base64
import binascii
from io import BytesIO

import numpy as np
from PIL import Image

UNKNOWN = 0x8A847B  # a quiet grey, between the light page's ground and the dark one's


def mean_colour(placeholder: str) -> int:
    """The mean of the tiny picture in a `data:` address, as 0xRRGGBB; grey where there is none."""
    try:
        data = base64.b64decode(placeholder.partition(",")[2], validate=True)
        with Image.open(BytesIO(data)) as picture:
            pixels = np.asarray(picture.convert("RGB"))
    except (binascii.Error, ValueError, OSError):
        return UNKNOWN
    red, green, blue = (round(float(value)) for value in pixels.reshape(-1, 3).mean(axis=0))
    return red << 16 | green << 8 | blue
