"""Pictures and facts in templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from gallery.models import Artist, Image, Painting
from gallery.templatetags import facts, pictures

SHA = "ab" * 32


def image(width: int, height: int, widths: tuple[int, ...] = (320, 640), *, avif: bool = False) -> Image:
    return Image(sha256=SHA, width=width, height=height, widths=list(widths), avif=avif)


def shown(image: Image) -> str:
    painting = Painting(pk=5, title="Bridge", alt_text="A bridge.")
    return render_to_string("gallery/picture.html", pictures.picture(painting, image, sizes="10rem"))


@pytest.mark.parametrize(
    ("size", "ratio", "matted"),
    [((400, 400), 100, False), ((300, 200), 150, False), ((100, 2000), 54, True), ((2000, 100), 260, True)],
)
def test_a_picture_hangs_in_its_own_ratio_and_extremes_on_a_mat(
    size: tuple[int, int], ratio: int, matted: bool
) -> None:
    assert pictures.ratio(image(*size)) == ratio
    assert pictures.matted(image(*size)) is matted


def test_every_ratio_has_its_class() -> None:
    sheet = Path(settings.BASE_DIR, "static/css/ratios.css").read_text(encoding="utf-8")
    for hundredths in range(pictures.NARROWEST, pictures.WIDEST + 1):
        assert f".r-{hundredths} {{ --ratio: {hundredths / 100:.2f}; }}" in sheet


@pytest.mark.parametrize(("wanted", "chosen"), [(1, 320), (320, 320), (500, 640), (2048, 640)])
def test_the_nearest_rendition_is_wide_enough_where_there_is_one(wanted: int, chosen: int) -> None:
    assert pictures.rendition_url(Painting(pk=5), image(640, 480), wanted).endswith(f"/{chosen}.jpg")


def test_a_picture_offers_every_rendition_in_every_format_the_smallest_files_first() -> None:
    html = shown(image(640, 480, avif=True))

    for extension in ("avif", "webp", "jpg"):
        start = "/paintings/5/images/abababababababab"
        assert f'srcset="{start}/320.{extension} 320w, {start}/640.{extension} 640w" sizes="10rem"' in html
    assert re.findall(r'type="(.*?)"', html) == ["image/avif", "image/webp"]
    assert 'src="/paintings/5/images/abababababababab/640.jpg"' in html
    assert 'width="640" height="480"' in html
    assert 'alt="A bridge."' in html
    assert "style=" not in html


def test_a_picture_that_is_not_there_as_avif_does_not_offer_it() -> None:
    html = shown(image(640, 480))

    assert "avif" not in html
    assert re.findall(r'type="(.*?)"', html) == ["image/webp"]


def test_a_picture_without_renditions_is_a_plain_mat() -> None:
    html = shown(image(640, 480, widths=()))

    assert "The picture is being prepared." in html
    assert "<img" not in html


def test_where_renditions_lie_is_looked_up_once_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pictures, "reverse", lambda name, **_: asked.append(name) or "/0.jpg")
    shown(image(2048, 480, widths=(320, 640, 1280, 2048), avif=True))
    assert asked == ["rendition"]


@pytest.mark.django_db
def test_the_alternative_text_is_the_curators_or_title_and_artist() -> None:
    file = Image.objects.create(sha256="cd" * 32, bytes=1, width=9, height=9)
    painting = Painting.objects.create(title="Bridge", image=file)
    assert pictures.description(painting) == "Bridge"
    painting.attributions.create(artist=Artist.objects.create(name="Anna"))
    assert pictures.description(painting) == "Bridge by Anna"
    painting.alt_text = "A bridge in fog."
    assert pictures.description(painting) == "A bridge in fog."


@pytest.mark.parametrize(
    ("born", "died", "words"),
    [
        (1600, 1660, "1600–1660"),
        (-370, -300, "370–300 BC"),
        (1600, None, "born 1600"),
        (-370, None, "born 370 BC"),
        (None, 1660, "died 1660"),
        (None, -300, "died 300 BC"),
        (None, None, ""),
    ],
)
def test_a_life_is_told_as_far_as_it_is_known(born: int | None, died: int | None, words: str) -> None:
    assert facts.life(Artist(birth_year=born, death_year=died)) == words


def test_only_web_addresses_become_links_each_once() -> None:
    uris = (
        "https://www.wikidata.org/wiki/Q1 javascript:alert(1) http://vocab.getty.edu/x https://www.wikidata.org/wiki/Q1"
    )
    assert [link.label for link in facts.authorities(Painting(authority_uris=uris))] == ["Wikidata", "Getty"]
