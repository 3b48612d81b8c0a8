"""Pairs of paintings of which it is known why they are alike."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from gallery import rendering
from gallery.models import Image, Painting
from tests.factories import give_vectors, make_image, make_painting, unit
from tests.search.gallery_wall import eye_of, saved
from vectorizer import encoder
from vectorizer.features import Colour, palette_of_colours
from vectorizer.models import EncoderModel, Vectors

SIDE = 240
SPOT = slice(24, 96)  # of both sides: in the top left


def near(vector: NDArray[np.float32], cosine: float, seed: int = 99) -> NDArray[np.float32]:
    """A unit vector at this cosine from another."""
    other = unit(seed, len(vector))
    across = other - (other @ vector) * vector
    found: NDArray[np.float32] = cosine * vector + np.sqrt(1 - cosine**2) * across / np.linalg.norm(across)
    return found.astype(np.float32)


def alike(
    cosines: Mapping[str, float],
    *,
    colours: tuple[list[tuple[Colour, float]], list[tuple[Colour, float]]] | None = None,
) -> tuple[Painting, Painting]:
    """Two public paintings with these cosines by feature; their palettes are of these colours."""
    start = {feature.name: unit(7, feature.dimensions) for feature in EncoderModel.current().card.features}
    vectors = start, {name: near(start[name], cosine) for name, cosine in cosines.items()}
    palettes = [{"palette": palette_of_colours(each)} for each in colours] if colours else [{}, {}]
    first, second = (
        make_painting(title, artist="Anna Berg", vectors={**each, **own})
        for title, each, own in zip(("Harbour", "Evening"), vectors, palettes, strict=True)
    )
    return first, second


def guessed(painting: Painting, **labels: Mapping[str, float]) -> None:
    """Let the network see these styles and genres in it, with these probabilities; the others share what is left."""
    model = EncoderModel.current()
    probabilities = {}
    for kind, names in model.card.labels.items():
        told = labels.get(kind, {})
        rest = (1 - sum(told.values())) / (len(names) - len(told))
        probabilities[kind] = np.array([told.get(name, rest) for name in names], np.float32)
    packed = encoder.pack_probabilities(probabilities, model.card)
    Vectors.objects.filter(image=painting.live_image).update(probabilities=packed)


def with_a_spot_in_common() -> tuple[Painting, Painting]:
    """Two paintings of noise with the same bright spot in the top left of both, seen by the small eye (`eye`)."""
    first, second = (_hung(number, title) for number, title in ((1, "Spot"), (2, "Another spot")))
    return first, second


def even(title: str = "Even", grey: int = 90) -> Painting:
    """A painting without anything in it but a slow gradient."""
    ramp = np.linspace(grey, grey + 60, SIDE).astype(np.uint8)
    return _painting(np.repeat(np.tile(ramp, (SIDE, 1))[..., None], 3, axis=2), title)


def _hung(seed: int, title: str) -> Painting:
    noise = np.random.default_rng(seed).integers(60, 120, (12, 12, 3)).astype(np.uint8)
    pixels = np.asarray(Pillow.fromarray(noise).resize((SIDE, SIDE), Pillow.Resampling.BICUBIC)).copy()
    pixels[SPOT, SPOT] = (250, 240, 60)
    return _painting(pixels, title)


def _painting(pixels: NDArray[np.uint8], title: str) -> Painting:
    image = make_image(saved(pixels), name=f"{title}.png")
    painting = make_painting(title, image=image)
    give_vectors(image, **eye_of(EncoderModel.current()).see(pixels))
    rendered(image, pixels)
    painting.refresh_from_db()
    return painting


def rendered(image: Image, pixels: NDArray[np.uint8]) -> None:
    """Its renditions, in the store."""
    rendering.render(image, Pillow.fromarray(pixels), image.widths or [image.width])
    Image.objects.filter(pk=image.pk).update(widths=[image.width])
