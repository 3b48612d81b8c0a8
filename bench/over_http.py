"""How long a visitor and a program wait, over HTTP against gunicorn, one client.

    python bench/over_http.py                     the collection of ./run demo, under var/
    python bench/over_http.py --var PATH -n 50

The median of N questions each: a photo query (a JPEG of 12 megapixels, from its upload to the rendered page of
look-alikes, the redirect included), of paintings of the collection in their frames on a wall, with how many of them
were recognised rightly, and of what is no painting; similar-by-id over the API; the page of a painting's look-alikes; a
page of the collection. The machine's load before the first question stands beside them: where it is more than a few
tenths, others had the cores, too.
"""

import argparse
import http.client
import re
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import usage
from installation import ROOT, collection
from PIL import Image

if TYPE_CHECKING:
    from gallery.models import Painting

PHOTO_SIZE = (4000, 3000)
PHOTOS = 4
TARGETS_MS = {"photo of a painting": 350, "photo of anything": 350, "similar by id": 50}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="the collection's folder (var)")
    parser.add_argument("-n", type=int, default=50, help="questions of each kind (50)")
    arguments = parser.parse_args()
    with collection(arguments.var) as application:
        _measure(Client(application.port), arguments.n)


def _measure(client: "Client", count: int) -> None:
    from gallery.models import Painting
    from search.query import PAGE_SIZE

    ids = list(Painting.objects.public().order_by("id").values_list("pk", flat=True)[:count])
    total = Painting.objects.public().count()
    if not ids:
        sys.exit("There are no public paintings here: run ./run demo first.")
    pages = min(5, -(-total // PAGE_SIZE))
    anything = [photo(number) for number in range(PHOTOS)]
    shown = ids[:: -(-len(ids) // PHOTOS)]
    hanging = [photo_of(Painting.objects.get(pk=id_), number) for number, id_ in enumerate(shown)]
    print(f"{total:,} paintings; JPEG of {PHOTO_SIZE[0]} × {PHOTO_SIZE[1]} px, {len(hanging[0]) / 1e6:.1f} MB; "
          f"{usage.load()}; median (min–max) of {count}")  # fmt: skip
    named: set[int] = set()

    def ask_hanging(number: int) -> None:
        which = number % len(hanging)
        if client.ask_photo(hanging[which]) == shown[which]:
            named.add(which)

    report("photo of a painting", ask_hanging, count)
    print(f"{'':22} {len(named)} of {len(hanging)} photos recognised as their painting")
    report("photo of anything", lambda n: client.ask_photo(anything[n % PHOTOS]), count)
    report("similar by id", lambda n: client.similar(ids[n % len(ids)]), count)
    report("page of look-alikes", lambda n: client.page(f"/search/?like={ids[n % len(ids)]}"), count)
    report("the whole collection", lambda n: client.page(f"/?page={n % pages + 1}"), count)


def report(name: str, ask: Callable[[int], None], count: int) -> None:
    """Ask `count` times after four that warm both workers, and print the figures beside the target."""
    for number in range(4):
        ask(number)
    times = []
    for number in range(count):
        started = time.perf_counter()
        ask(number)
        times.append((time.perf_counter() - started) * 1000)
    target = f"   target ≤ {TARGETS_MS[name]} ms" if name in TARGETS_MS else ""
    print(f"{name:22} {statistics.median(times):7.1f} ms  ({min(times):.1f}–{max(times):.1f}){target}", flush=True)


def photo(seed: int) -> bytes:
    """A photograph's worth of detail: smooth light, edges and sensor noise, as a camera's JPEG."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 255, (30, 40, 3), np.uint8))
    pixels = np.asarray(small.resize(PHOTO_SIZE, Image.Resampling.BICUBIC), np.float32)
    noise = rng.normal(0, 6, (PHOTO_SIZE[1] // 2, PHOTO_SIZE[0] // 2, 1)).repeat(2, 0).repeat(2, 1)
    file = BytesIO()
    Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=92)
    return file.getvalue()


def photo_of(painting: "Painting", seed: int) -> bytes:
    """The painting in its frame on a wall, as a visitor's camera might have it; as many pixels as `photo` has."""
    from gallery import originals
    from vectorizer.training.photographs import plain_photo

    with originals.open_image(painting.live_image) as file:
        picture = Image.open(file).convert("RGB")
    picture.thumbnail((2000, 2000))
    taken = Image.fromarray(plain_photo(np.asarray(picture), np.random.default_rng(seed), side=2000))
    scale = (PHOTO_SIZE[0] * PHOTO_SIZE[1] / (taken.width * taken.height)) ** 0.5
    file = BytesIO()
    taken.resize((round(taken.width * scale), round(taken.height * scale))).save(file, "JPEG", quality=92)
    return file.getvalue()


class Client:
    """One visitor with one connection at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""

    def ask_photo(self, data: bytes) -> int | None:
        """Send the photo and open its results; the painting that they say it is."""
        if not self.cookie:
            _, headers, body = self.request("GET", "/search/")
            self.cookie = headers["Set-Cookie"].split(";")[0]
            self.token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1].decode()
        boundary = "pendant-boundary"
        body = (
            (
                f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'
                f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"\r\n'
                "Content-Type: image/jpeg\r\n\r\n"
            ).encode()
            + data
            + f"\r\n--{boundary}--\r\n".encode()
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Cookie": self.cookie}
        status, answer, _ = self.request("POST", "/search/", body, headers)
        if status not in (302, 303):
            sys.exit(f"The photo was not accepted: {status}")
        found = re.search(rb'class="recognised .*?/paintings/(\d+)', self.page(answer["Location"]), re.S)
        return int(found[1]) if found else None

    def similar(self, key: int) -> None:
        body = self.get(f"/api/v1/paintings/{key}/similar/")
        if body.count(b'"similarity"') < 2:
            sys.exit("No look-alikes came back.")

    def page(self, address: str) -> bytes:
        body = self.get(address)
        if body.count(b"/paintings/") < 2:
            sys.exit(f"No paintings on {address}")
        return body

    def get(self, address: str) -> bytes:
        status, _, body = self.request("GET", address)
        if status != 200:
            sys.exit(f"{address}: {status}")
        return body

    def request(
        self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, address, body, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()


if __name__ == "__main__":
    main()
