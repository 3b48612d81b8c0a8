"""What is a picture is opened as it looks; what isn't is refused with a sentence."""

import hashlib
import json
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageFilter

from gallery.images import ImageRefused, Limits, inspect, open_rgb, photo_bytes, shown_name
from tests.bad_files import BAD_FILES, LIMITS, BadFile, noise
from tests.good_files import GOOD_FILES, GoodFile
from tests.pictures import QUARTERS, RED, exif, later, picture, saved, turned
from tests.raw_formats import DISPLAY_P3, rgb_profile

MAX_SECONDS = 2
MAX_MEGABYTES = 200


def middles(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def is_like(image: Image.Image, quarters: tuple[tuple[int, ...], ...], tolerance: int) -> bool:
    pairs = zip(middles(image), quarters, strict=True)
    return all(abs(a - b) <= tolerance for seen, expected in pairs for a, b in zip(seen, expected, strict=True))


@pytest.mark.parametrize("good", GOOD_FILES, ids=lambda good: good.name)
def test_a_picture_of_every_kind_is_seen_upright_and_in_its_colours(good: GoodFile) -> None:
    image = open_rgb(BytesIO(good.make()), good.name, LIMITS)

    assert (image.mode, image.size, image.info) == ("RGB", good.size, {})
    assert is_like(image, good.quarters, good.tolerance), (middles(image), good.quarters)


@pytest.mark.parametrize("good", GOOD_FILES, ids=lambda good: good.name)
def test_inspecting_tells_what_a_file_is_whatever_its_name(good: GoodFile) -> None:
    data = good.make()

    inspected = inspect(BytesIO(data), "misleading.txt", LIMITS)

    assert (inspected.media_type, inspected.extension) == (good.media_type, good.extension)
    assert (inspected.width, inspected.height) == good.size
    assert (inspected.bytes, inspected.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: ascii(bad.name)[:40])
@pytest.mark.parametrize("look", [inspect, open_rgb])
def test_a_bad_file_is_refused_with_a_sentence_that_names_it(look, bad: BadFile) -> None:
    with pytest.raises(ImageRefused) as refused:
        look(BytesIO(bad.make()), bad.name, LIMITS)

    assert refused.value.code == bad.code
    sentence = str(refused.value)
    assert sentence.startswith(f"{shown_name(bad.name)} ")
    assert sentence.endswith(".")
    assert sentence.isprintable()


def test_there_are_at_least_fifty_bad_files_and_each_is_another() -> None:
    assert len({bad.name for bad in BAD_FILES}) == len(BAD_FILES) >= 50
    assert len({bad.make() for bad in BAD_FILES}) == len(BAD_FILES)


def test_no_bad_file_takes_long_or_much_memory() -> None:
    program = """
import json, resource, time
from io import BytesIO
from gallery.images import ImageRefused, open_rgb
from tests.bad_files import BAD_FILES, LIMITS

files = [(bad.name, bad.make()) for bad in BAD_FILES]
before, seconds = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, {}
for name, data in files:
    start = time.process_time()
    try:
        open_rgb(BytesIO(data), name, LIMITS)
    except ImageRefused:
        seconds[name] = time.process_time() - start
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before]))
"""
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    seconds, more_kilobytes = json.loads(ran.stdout)

    assert len(seconds) == len(BAD_FILES)
    assert max(seconds.values()) < MAX_SECONDS
    assert more_kilobytes < MAX_MEGABYTES * 1000


def test_opening_images_needs_no_django() -> None:
    program = "import sys, gallery.images, gallery.renditions; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("look", [inspect, open_rgb])
def test_the_file_is_rewound_before_and_after_and_stays_open(look) -> None:
    file = BytesIO(saved(picture(), "TIFF"))
    file.seek(30)

    look(file, "bridge.tif", LIMITS)

    assert (file.closed, file.tell()) == (False, 0)


def test_a_file_that_cannot_be_read_is_an_error_of_the_machine_and_not_of_the_picture() -> None:
    class LostFile(BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        inspect(LostFile(), "bridge.jpg", LIMITS)


def test_the_limits_themselves_are_accepted() -> None:
    data = saved(picture(size=(64, 48)), "PNG")
    limits = Limits(max_bytes=len(data), max_pixels=64 * 48, min_side=48, max_side=64)

    assert inspect(BytesIO(data), "bridge.png", limits).bytes == len(data)


def test_a_side_that_is_too_long_is_refused_though_the_pixels_are_few() -> None:
    limits = Limits(max_bytes=10_000, max_pixels=10_000, max_side=63)

    with pytest.raises(ImageRefused, match="64 × 48 pixels; a side may have at most 63"):
        inspect(BytesIO(saved(picture(), "PNG")), "bridge.png", limits)


@pytest.mark.parametrize(("target", "size"), [(1, (50, 38)), (100, (100, 75)), (101, (200, 150)), (999, (400, 300))])
def test_a_jpeg_shrinks_while_it_is_decoded_to_no_less_than_the_target(target: int, size: tuple[int, int]) -> None:
    data = saved(picture(size=(400, 300)), "JPEG", quality=95)

    image = open_rgb(BytesIO(data), "bridge.jpg", LIMITS, target=target)

    assert image.size == size
    assert is_like(image, QUARTERS, 4)


@pytest.mark.parametrize(
    ("size", "shrunk"), [((400, 300), (200, 150)), ((1200, 300), (600, 150)), ((300, 1200), (150, 600))]
)
def test_a_jpeg_shrinks_to_no_less_than_a_short_side_whatever_its_proportions(
    size: tuple[int, int], shrunk: tuple[int, int]
) -> None:
    data = saved(picture(size=size), "JPEG", quality=95)

    assert open_rgb(BytesIO(data), "bridge.jpg", LIMITS, shortest=100).size == shrunk
    assert open_rgb(BytesIO(data), "bridge.jpg", LIMITS, shortest=151).size == size


def test_a_lying_jpeg_is_shrunk_and_set_upright() -> None:
    data = saved(turned(6).resize((300, 400)), "JPEG", quality=95, exif=exif(6))

    image = open_rgb(BytesIO(data), "bridge.jpg", LIMITS, target=90)

    assert image.size == (100, 75)
    assert is_like(image, QUARTERS, 4)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("lost", [2, 100, 3000])
def test_a_cut_jpeg_is_found_though_it_is_shrunk(lost: int, progressive: bool) -> None:
    data = saved(Image.frombytes("RGB", (200, 200), noise(120_000)), "JPEG", progressive=progressive)[:-lost]

    with pytest.raises(ImageRefused, match="is cut off"):
        open_rgb(BytesIO(data), "bridge.jpg", LIMITS, target=25)


def test_a_wrong_extension_does_not_matter() -> None:
    assert open_rgb(BytesIO(saved(picture(), "PNG")), "bridge.jpg", LIMITS).getpixel((1, 1)) == RED


def test_a_photo_is_made_smaller_and_tells_nothing_about_who_took_it() -> None:
    photo = picture(size=(400, 300))
    photo.info = {"comment": b"taken at home", "exif": exif(1).tobytes(), "icc_profile": rgb_profile(DISPLAY_P3)}

    data = photo_bytes(photo, side=100)

    reopened = Image.open(BytesIO(data))
    assert (reopened.format, reopened.size) == ("JPEG", (100, 75))
    assert set(reopened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert is_like(reopened, QUARTERS, 4)
    assert photo.size == (400, 300)


def test_a_small_photo_is_not_enlarged() -> None:
    assert Image.open(BytesIO(photo_bytes(picture(), side=1000))).size == picture().size


def test_a_photo_stays_sharp() -> None:
    fine = Image.frombytes("L", (64, 64), bytes(range(0, 256, 4)) * 64).convert("RGB").filter(ImageFilter.SHARPEN)
    again = Image.open(BytesIO(photo_bytes(fine, side=64)))
    assert is_like(again, tuple(middles(fine)), 6)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bridge.jpg", "“bridge.jpg”"),
        ("/home/anna/bridge.jpg", "“bridge.jpg”"),
        ("C:\\Pictures\\bridge.jpg", "“bridge.jpg”"),
        ("folder/", "“folder”"),
        ("bri\x00d\nge\u202e.jpg", "“bridge.jpg”"),
        ("", "The file"),
        ("\x07", "The file"),
        ("Brücke — 橋.jpg", "“Brücke — 橋.jpg”"),
    ],
)
def test_a_name_is_shown_clean(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_extension() -> None:
    shown = shown_name("a" * 300 + ".jpg")
    assert shown.startswith("“aaaa")
    assert shown.endswith("a.jpg”")
    assert len(shown) == 62


def test_a_later_frame_that_is_broken_does_not_matter() -> None:
    data = saved(picture(), "GIF", save_all=True, append_images=[later()])
    assert inspect(BytesIO(data[:-30]), "bridge.gif", LIMITS).width == 64


@pytest.mark.parametrize(
    "start", [b"II\x2a\0", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x10\x27\0\0WEBP"]
)
def test_noise_behind_any_signature_is_refused_and_nothing_else_is_raised(start: bytes) -> None:
    for cut in range(0, 400, 7):
        with pytest.raises(ImageRefused):
            open_rgb(BytesIO(start + noise(10_500)[cut:]), "bridge.jpg", LIMITS)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF"])
def test_a_flipped_byte_anywhere_is_either_seen_through_or_refused(format: str) -> None:
    data = bytearray(saved(picture(), format))
    for at in range(0, len(data), max(1, len(data) // 150)):
        data[at] ^= 0xFF
        try:
            assert open_rgb(BytesIO(bytes(data)), "bridge", LIMITS).mode == "RGB"
        except ImageRefused as refused:
            assert str(refused).startswith("“bridge”")
        data[at] ^= 0xFF
