"""What the catalogue has to train on."""

from pathlib import Path

import pytest

from gallery import journal, originals
from gallery.models import Artist, Attribution
from tests.factories import make_painting
from vectorizer import training_set
from vectorizer.training.examples import Example

pytestmark = pytest.mark.django_db


def attribute(painting: object, name: str, **fields: str) -> None:
    with journal.writing():
        artist, _ = Artist.objects.get_or_create(name=name)
        Attribution.objects.create(painting=painting, artist=artist, order=9, **fields)


def test_a_public_painting_is_an_example_with_its_labels_and_its_original() -> None:
    painting = make_painting(style="Cubism", genre="portrait", artist=("Ada", "Blaise"))

    (example,) = training_set.examples()

    assert (example.style, example.genre, example.artist) == ("Cubism", "portrait", "Ada; Blaise")
    assert example.path.read_bytes() == originals.open_image(painting.image).read()


def test_drafts_and_paintings_without_any_label_are_not_trained_on() -> None:
    make_painting("Draft", style="Cubism", state="draft")
    make_painting("Waiting", style="Cubism", live=False)
    make_painting("Nothing known")

    assert list(training_set.examples()) == []


def test_a_workshop_counts_as_its_master_and_a_restorer_not_at_all() -> None:
    painting = make_painting(style="Baroque")
    attribute(painting, "Rembrandt", qualifier=Attribution.Qualifier.WORKSHOP)
    attribute(painting, "Restorer", role=Attribution.Role.RESTORER)

    assert [example.artist for example in training_set.examples()] == ["Rembrandt"]


def test_a_catalogue_that_is_too_small_is_told_what_it_has_and_what_it_needs() -> None:
    some = [Example(path=Path(f"{number}"), style="Cubism", artist=f"a{number % 4}") for number in range(1_200)]

    with pytest.raises(training_set.TooSmall, match=r"at least 500 .* of 3 styles .* it has 1,200 of 1 styles"):
        training_set.check(some)


def test_a_catalogue_that_is_large_enough_is_not_refused() -> None:
    training_set.check(
        [Example(path=Path(f"{number}"), style=f"s{number % 3}", artist=f"a{number % 20}") for number in range(500)]
    )
