"""Photos of paintings, sent to the photo search over HTTP: how many find their painting first, by kind of distortion.

    python bench/photos.py                            500 photos of paintings of ./run demo's collection
    python bench/photos.py --var PATH --photos 500    of another collection's

A photo is made of a painting's original by the generators of `vectorizer.training.photographs` (each distortion alone;
“combined” and “hard” have all of them at once), saved as a camera's JPEG, and sent to `POST /api/v1/search/`. The
painting is first where the answer says “this is …” of it, or where nothing is said and it heads the look-alikes. Shares
stand with their 95 % interval (Wilson 1927).

The artifact that is shipped was trained on pictures like these, possibly on these: docs/model.md has the same figures
for artifacts that have not seen the paintings that are photographed (`manage.py evaluate_photos`). This is the whole
way, upload and recognition and answer, of the application as it is installed.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import requests
from installation import ROOT, collection
from PIL import Image

if TYPE_CHECKING:
    from gallery.models import Painting

LONGEST_SIDE = 1600  # of the original that is photographed, in pixels
CAMERA_QUALITY = 90
GOAL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of a photo. `said`: the painting that the answer names, None for none."""

    kind: str
    painting: int
    said: int | None
    first: int | None

    @property
    def is_first(self) -> bool:
        return (self.said or self.first) == self.painting

    @property
    def is_wrong(self) -> bool:
        """Another painting was named."""
        return self.said not in (None, self.painting)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="the collection's folder (var)")
    parser.add_argument("--photos", type=int, default=500, metavar="N", help="how many, of all kinds in turn (500)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with collection(options.var) as application:
        trials = _trials(application.url, options.photos, np.random.default_rng(options.seed))
    _report(trials)


def _trials(address: str, count: int, rng: np.random.Generator) -> list[Trial]:
    from tqdm import tqdm

    from gallery.models import Painting
    from vectorizer.training.photographs import DISTORTIONS, hard_photo, plain_photo

    kinds = {**DISTORTIONS, "combined": plain_photo, "hard": hard_photo}
    paintings = Painting.objects.public().select_related("live_image")
    ids = sorted(paintings.values_list("pk", flat=True))
    if not ids:
        sys.exit("There are no public paintings here: run ./run demo first.")
    print(f"{count} photos of {len(ids):,} paintings", flush=True)
    chosen = rng.permutation(ids)
    trials = []
    for number in tqdm(range(count), mininterval=5):
        kind = list(kinds)[number % len(kinds)]
        painting = paintings.get(pk=chosen[number % len(ids)])
        said, first = _ask(address, _photo(painting, kinds[kind], rng))
        trials.append(Trial(kind=kind, painting=painting.pk, said=said, first=first))
    return trials


def _photo(painting: "Painting", distort: Callable[..., np.ndarray], rng: np.random.Generator) -> bytes:
    from gallery import originals

    assert painting.live_image is not None
    with originals.open_image(painting.live_image) as file:
        picture = Image.open(file).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    photo = BytesIO()
    Image.fromarray(distort(np.asarray(picture), rng)).save(photo, "JPEG", quality=CAMERA_QUALITY)
    return photo.getvalue()


def _ask(address: str, photo: bytes) -> tuple[int | None, int | None]:
    """The painting that the answer names, and the first of its look-alikes."""
    answer = requests.post(
        f"{address}/api/v1/search/", files={"image": ("photo.jpg", photo, "image/jpeg")}, data={"limit": 1}, timeout=60
    )
    if answer.status_code != requests.codes.ok:
        sys.exit(f"The photo was not accepted: {answer.status_code}, {answer.text}")
    found = answer.json()
    said, results = found["recognised"], found["results"]
    return said["painting"]["id"] if said else None, results[0]["painting"]["id"] if results else None


def _report(trials: Sequence[Trial]) -> None:
    print(f"\n{'photos':12} {'n':>4}  {'first':>7}  {'95 %':>13}  {'“this is”':>9}  {'wrong':>5}")
    for kind in dict.fromkeys(trial.kind for trial in trials):
        _row(kind, [trial for trial in trials if trial.kind == kind])
    _row("all", trials)
    print(f"goal: {GOAL:.0%} of all first")


def _row(name: str, trials: Sequence[Trial]) -> None:
    from vectorizer.intervals import share_interval

    first = sum(trial.is_first for trial in trials)
    said = sum(trial.said == trial.painting for trial in trials)
    between = share_interval(first, len(trials))
    print(
        f"{name:12} {len(trials):4}  {first / len(trials):7.1%}  {between.low:5.1%} – {between.high:5.1%}"
        f"  {said / len(trials):9.1%}  {sum(trial.is_wrong for trial in trials):5}"
    )


if __name__ == "__main__":
    main()
