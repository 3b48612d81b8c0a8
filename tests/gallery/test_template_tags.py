"""Pictures and facts in templates."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from gallery.models import Artist, Image, Painting
from gallery.templatetags import facts, pictures

SHA = "ab" * 32


def image(width: int, height: int, widths: tuple[int, ...] = (320, 640)) -> Image:
    return Image(sha256=SHA, width=width, height=height, widths=list(widths))


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


@pytest.mark.django_db
def test_a_picture_offers_every_rendition_in_both_formats() -> None:
    painting = Painting.objects.create(
        title="Bridge", image=Image.objects.create(sha256="cd" * 32, bytes=1, width=9, height=9)
    )
    context = pictures.picture(painting, image(640, 480), sizes="10rem")
    html = render_to_string("gallery/picture.html", context)

    for extension in ("webp", "jpg"):
        for width in (320, 640):
            assert f"/paintings/{painting.pk}/images/abababababababab/{width}.{extension} {width}w" in html
    assert 'width="640" height="480"' in html
    assert 'alt="Bridge"' in html
    assert "style=" not in html


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
    [(1600, 1660, "1600–1660"), (1600, None, "born 1600"), (None, 1660, "died 1660"), (None, None, "")],
)
def test_a_life_is_told_as_far_as_it_is_known(born: int | None, died: int | None, words: str) -> None:
    assert facts.life(Artist(birth_year=born, death_year=died)) == words


def test_only_web_addresses_become_links_each_once() -> None:
    uris = (
        "https://www.wikidata.org/wiki/Q1 javascript:alert(1) http://vocab.getty.edu/x https://www.wikidata.org/wiki/Q1"
    )
    assert [link.label for link in facts.authorities(Painting(authority_uris=uris))] == ["Wikidata", "Getty"]
