"""What each format of a rendition costs and shows: bytes, likeness to the picture, processor's time.

    python bench/renditions.py ../shared/paintings/images
    python bench/renditions.py PICTURES --pictures 100 --width 640

Every picture is made as wide as `--width` by the product’s own code, in every format (`gallery/renditions.py`), AVIF
at slower speeds as well, and opened again. Likeness is the mean SSIM of the brightness (Wang, Bovik, Sheikh &
Simoncelli 2004, windows of 7 × 7 pixels, 1 is the same) to the picture as it was before it was encoded; all numbers are
means a picture. The time is the processor's, of encoding alone, on one core.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import uniform_filter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gallery import renditions  # noqa: E402 (found by the line above)
from gallery.images import Limits, open_rgb  # noqa: E402

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif"}
LIMITS = Limits(max_bytes=100_000_000, max_pixels=200_000_000)
WINDOW = 7
STABILISERS = (0.01 * 255) ** 2, (0.03 * 255) ** 2

Encode = Callable[[Image.Image], bytes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="PICTURES")
    parser.add_argument("--pictures", type=int, default=40, metavar="N", help="so many of them, spread evenly (40)")
    parser.add_argument("--width", type=int, default=renditions.THUMBNAIL_WIDTH, metavar="PIXELS", help="(320)")
    options = parser.parse_args()
    paths = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    paths = paths[:: max(1, len(paths) // options.pictures)][: options.pictures]
    pictures = [made for path in paths if (made := _picture(path, options.width))]
    if not pictures:
        sys.exit(f"There are no pictures of {options.width} pixels or more under {options.folder}.")
    print(f"{len(pictures)} pictures, {options.width} pixels wide:        kB     SSIM       ms")
    for name, encode in _ways().items():
        size, likeness, seconds = np.mean([_measured(picture, encode) for picture in pictures], axis=0)
        print(f"  {name:<32}{size / 1000:8.1f} {likeness:8.4f} {seconds * 1000:8.1f}")


def _picture(path: Path, width: int) -> Image.Image | None:
    """The picture as it is before it is encoded; None where it is narrower."""
    with path.open("rb") as file:
        picture = open_rgb(file, path.name, LIMITS)
    height = max(1, round(width * picture.height / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS) if picture.width >= width else None


def _ways() -> Mapping[str, Encode]:
    """Every format as pages have it, then AVIF at slower speeds."""

    def made(format: renditions.Format) -> Encode:
        return lambda picture: next(renditions.make(picture, [picture.width], [format])).data

    return {name: made(name) for name in renditions.FORMATS} | {
        f"avif, speed {speed}": _avif(speed) for speed in (8, 6)
    }


def _avif(speed: int) -> Encode:
    def encode(picture: Image.Image) -> bytes:
        file = BytesIO()
        picture.save(file, "AVIF", quality=renditions.AVIF_QUALITY, speed=speed, max_threads=1)
        return file.getvalue()

    return encode


def _measured(picture: Image.Image, encode: Encode) -> tuple[float, float, float]:
    started = time.process_time()
    data = encode(picture)
    seconds = time.process_time() - started
    return len(data), ssim(_grey(picture), _grey(Image.open(BytesIO(data)))), seconds


def _grey(picture: Image.Image) -> NDArray[np.float64]:
    return np.asarray(picture.convert("L"), np.float64)


def ssim(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The mean structural similarity of two pictures of one size, 0 to 255."""
    small, large = STABILISERS
    mean, mean_other = uniform_filter(one, WINDOW), uniform_filter(other, WINDOW)
    variance = uniform_filter(one * one, WINDOW) - mean**2 + uniform_filter(other * other, WINDOW) - mean_other**2
    covariance = uniform_filter(one * other, WINDOW) - mean * mean_other
    same = (2 * mean * mean_other + small) * (2 * covariance + large)
    return float(np.mean(same / ((mean**2 + mean_other**2 + small) * (variance + large))))


if __name__ == "__main__":
    main()
