"""What the catalogue's rows derive and refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gallery.models import Artist, Attribution, Painting, Style
from tests.factories import make_image, make_painting

pytestmark = pytest.mark.django_db


def test_years_follow_from_the_date_and_are_left_alone_when_given() -> None:
    derived = make_painting(display_date="1889–90")
    given = make_painting(display_date="1889–90", first_year=1880, last_year=1895)
    one = make_painting(first_year=1900)
    assert (derived.first_year, derived.last_year) == (1889, 1890)
    assert (given.first_year, given.last_year) == (1880, 1895)
    assert (one.first_year, one.last_year) == (1900, 1900)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1880, 1890, "1880–1890"), (-500, -500, "500 BC"), (-50, 49, "50 BC to AD 49"), (None, None, "")],
)
def test_years_without_a_written_date_are_read_as_people_write_them(
    first: int | None, last: int | None, words: str
) -> None:
    assert make_painting(first_year=first, last_year=last).years == words


def test_a_date_that_is_not_understood_is_refused_by_the_form_and_kept_by_the_import() -> None:
    painting = make_painting(display_date="once upon a time")
    assert painting.first_year is None
    with pytest.raises(ValidationError, match="date"):
        painting.clean()


def test_years_in_the_wrong_order_are_refused() -> None:
    painting = make_painting()
    painting.first_year, painting.last_year = 1900, 1800
    with pytest.raises(ValidationError, match="last year"):
        painting.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        painting.save()


@pytest.mark.parametrize(
    "uris", ["nonsense", "ftp://vocab.getty.edu/1", "https://", "http://[", "https://a.example\njavascript:alert(1)"]
)
def test_what_is_no_web_address_is_refused(uris: str) -> None:
    painting = make_painting(authority_uris=uris)
    with pytest.raises(ValidationError, match="no web address"):
        painting.full_clean()


def test_rights_come_from_the_vocabularies_and_have_a_label() -> None:
    painting = make_painting(rights="https://creativecommons.org/publicdomain/zero/1.0/")
    assert "CC0" in painting.rights_label
    painting.rights = "https://example.org/mine"
    with pytest.raises(ValidationError, match="rights"):
        painting.full_clean()


def test_names_get_addresses_of_their_own_that_stay_when_the_name_changes() -> None:
    first = Style.objects.create(name="Été & co.")
    second = Style.objects.create(name="Ete co")
    assert first.slug == "ete-co"
    assert second.slug == "ete-co-2"
    first.name = "Winter"
    first.save()
    assert first.slug == "ete-co"
    assert Artist.objects.create(name="李").slug == "unnamed"


def test_artists_are_sorted_by_their_sort_name() -> None:
    Artist.objects.create(name="Émile A", sort_name="Zola, Émile")
    Artist.objects.create(name="Berthe")
    assert [artist.name for artist in Artist.objects.all()] == ["Berthe", "Émile A"]


def test_the_line_of_artists_tells_qualifiers_and_roles() -> None:
    painting = make_painting(artist="Ilse Farrow")
    Attribution.objects.create(
        painting=painting, artist=Artist.objects.create(name="B"), qualifier="workshop of", role="copyist", order=1
    )
    assert painting.artist_line == "Ilse Farrow, workshop of B (copyist)"
    assert str(painting.attributions.first()) == "Ilse Farrow"


def test_a_source_id_stands_once_and_paintings_without_one_are_free() -> None:
    image = make_image()
    make_painting(image=image, source="museum")
    make_painting(image=image, source="museum")
    make_painting(image=image, source="museum", source_id="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Painting.objects.create(title="Again", image=image, source="museum", source_id="1")


def test_every_painting_has_an_address() -> None:
    painting = make_painting("李白", first_year=1700)
    assert painting.get_absolute_url() == f"/paintings/{painting.pk}/painting/"
    assert painting.years == "1700"
    assert str(painting) == "李白"
    assert painting.rights_label == ""
