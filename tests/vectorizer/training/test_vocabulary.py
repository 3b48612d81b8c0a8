"""One name a style and genre, whatever the source calls it."""

import csv
from importlib.resources import files

import pytest

from gallery.text import fold
from vectorizer.training.vocabulary import COLUMNS, KINDS, canonical

STYLES_OF_THE_TRAINING_SET = """Academicism|Analytical Realism|Art Deco|Art Nouveau (Modern)|Biedermeier|Classicism
Constructivism|Cubism|Cubo-Futurism|Divisionism|High Renaissance|Impressionism|International Gothic|Japonism
Magic Realism|Muralism|Naturalism|Neo-Rococo|Northern Renaissance|Proto Renaissance|Realism|Rococo|Shin-hanga
Socialist Realism|Suprematism|Symbolism|Synthetism|Tonalism|Ukiyo-e""".replace("\n", "|").split("|")
GENRES_OF_THE_TRAINING_SET = """abstract painting|cityscape|genre painting|illustration|landscape|nude painting
portrait|religious painting|sketch and study|still life""".replace("\n", "|").split("|")


def rows() -> list[dict[str, str]]:
    table = files("vectorizer.training").joinpath("vocabulary.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


@pytest.mark.parametrize("style", STYLES_OF_THE_TRAINING_SET)
def test_the_styles_of_the_training_set_are_known_and_stand_for_themselves(style: str) -> None:
    assert ("style", style) in {(row["kind"], row["canonical name"]) for row in rows()}
    assert canonical("style", style) == style


@pytest.mark.parametrize("genre", GENRES_OF_THE_TRAINING_SET)
def test_the_genres_of_the_training_set_are_known_and_stand_for_themselves(genre: str) -> None:
    assert ("genre", genre) in {(row["kind"], row["canonical name"]) for row in rows()}
    assert canonical("genre", genre) == genre


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("impressionism", "Impressionism"),
        ("Post_Impressionism", "Post-Impressionism"),
        ("post-impressionism", "Post-Impressionism"),
        ("High_Renaissance", "High Renaissance"),
        ("Color_Field_Painting", "Color Field Painting"),
        ("Art_Nouveau_Modern", "Art Nouveau (Modern)"),
        ("art_nouveau", "Art Nouveau (Modern)"),
        ("Naive_Art_Primitivism", "Naïve Art (Primitivism)"),
        ("Mannerism_Late_Renaissance", "Mannerism (Late Renaissance)"),
        ("ukiyo_e", "Ukiyo-e"),
        ("Nouveau Réalisme", "New Realism"),
        ("  Cubo   Futurism ", "Cubo-Futurism"),
    ],
)
def test_what_other_sources_call_a_style_is_brought_to_one_name(source: str, name: str) -> None:
    assert canonical("style", source) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("nude painting (nu)", "nude painting"),
        ("Genre_Painting", "genre painting"),
        ("still-life", "still life"),
        ("sketch_and_study", "sketch and study"),
        ("Abstract", "abstract painting"),
        ("self-portrait", "portrait"),
    ],
)
def test_what_other_sources_call_a_genre_is_brought_to_one_name(source: str, name: str) -> None:
    assert canonical("genre", source) == name


@pytest.mark.parametrize(
    ("kind", "source", "name"),
    [
        ("style", "Flemish Baroque", "Flemish Baroque"),
        ("style", "school_of_the_lake", "School of the Lake"),
        ("style", "De Stijl and after", "De Stijl and after"),
        ("genre", "Procession_Painting", "procession painting"),
        ("artist", "Gogh, Vincent van", "Vincent van Gogh"),
        ("artist", "Cosimo, Piero, and Andrea", "Cosimo, Piero, and Andrea"),
    ],
)
def test_an_unknown_name_is_kept(kind: str, source: str, name: str) -> None:
    assert canonical(kind, source) == name


@pytest.mark.parametrize(
    ("kind", "source"),
    [("style", ""), ("style", "Unknown"), ("genre", "n/a"), ("genre", "nan"), ("artist", "Anonymous")],
)
def test_words_for_nothing_are_no_label(kind: str, source: str) -> None:
    assert canonical(kind, source) == ""


def test_no_source_name_stands_in_the_table_twice() -> None:
    names = [(row["kind"], fold(row["source name"])) for row in rows()]

    assert len(names) == len(set(names))
    assert set(rows()[0]) == set(COLUMNS)
    assert {row["kind"] for row in rows()} == set(KINDS)


def test_a_canonical_name_is_its_own_canonical_name() -> None:
    for row in rows():
        assert canonical(row["kind"], row["canonical name"]) == row["canonical name"]
