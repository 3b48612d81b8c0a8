"""Sources of training pictures are read tolerantly: what can't be used is told and left out."""

import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures import picture, saved
from vectorizer.training.examples import Example, write_examples
from vectorizer.training.sources import read_sources

COLUMNS = ["new_filename", "title", "artist", "style", "genre"]


def draw(path: Path, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    colours = ((number % 256, 40, 40), (40, number // 256, 60), (40, 60, 180), (230, 210, 140))
    path.write_bytes(saved(picture(colours), "PNG"))
    return path


def numbers_folder(folder: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    """A Painter by Numbers folder; every row gets its picture."""
    for number, row in enumerate(rows):
        draw(folder / "images" / row[0], number)
    with (folder / "all_data_info.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return folder


def names(examples: tuple[Example, ...]) -> list[str]:
    return [example.path.name for example in examples]


def test_a_painter_by_numbers_folder_gives_its_labels_by_canonical_names(tmp_path: Path) -> None:
    folder = numbers_folder(tmp_path, [["1.png", "Nude", "Gauguin, Paul", "post impressionism", "nude painting (nu)"]])

    (example,) = read_sources([folder]).examples

    assert example == Example(
        path=folder / "images" / "1.png", style="Post-Impressionism", genre="nude painting", artist="Paul Gauguin"
    )


def test_a_folder_a_style_gives_styles_and_the_artists_of_the_file_names(tmp_path: Path) -> None:
    draw(tmp_path / "Art_Nouveau_Modern" / "alphonse-mucha_spring-1896.png", 1)
    draw(tmp_path / "Ukiyo_e" / "no artist.png", 2)

    first, second = read_sources([tmp_path]).examples

    assert (first.style, first.artist) == ("Art Nouveau (Modern)", "Alphonse Mucha")
    assert (second.style, second.artist) == ("Ukiyo-e", "")


def test_the_catalogue_is_read_as_train_eye_writes_it(tmp_path: Path) -> None:
    written = Example(path=draw(tmp_path / "a.png"), style="Cubism", genre="portrait", artist="Ada; Blaise")
    assert write_examples(tmp_path / "catalogue.jsonl", [written]) == 1

    assert read_sources([tmp_path / "catalogue.jsonl"]).examples == (written,)


def test_lines_that_are_no_examples_are_told(tmp_path: Path) -> None:
    draw(tmp_path / "a.png")
    lines = ["not json", '["a.png"]', '{"path": "a.png", "style": 3}', '{"style": "Cubism"}', ""]
    lines.append(json.dumps({"path": "a.png", "style": "Cubism"}))
    (tmp_path / "catalogue.jsonl").write_bytes("\n".join(lines).encode() + b"\n\xff\xfe")

    sources = read_sources([tmp_path / "catalogue.jsonl"])

    assert names(sources.examples) == ["a.png"]
    assert [told.partition(":")[0] for told in sources.left_out] == [
        f"catalogue.jsonl, line {number}" for number in (1, 2, 3, 4, 7)
    ]


def test_one_artist_has_one_name_over_all_sources(tmp_path: Path) -> None:
    numbers = numbers_folder(tmp_path / "numbers", [["1.png", "A", "Vincent van Gogh", "Realism", ""]])
    draw(tmp_path / "styles" / "realism" / "VINCENT-VAN-GOGH_the-garden.png", 9)

    sources = read_sources([numbers, tmp_path / "styles"])

    assert [example.artist for example in sources.examples] == ["Vincent van Gogh"] * 2


def test_a_table_in_another_encoding_is_read(tmp_path: Path) -> None:
    folder = numbers_folder(tmp_path, [["1.png", "Été", "Arnold Böcklin", "Symbolism", ""]], encoding="cp1252")

    assert read_sources([folder]).examples[0].artist == "Arnold Böcklin"


def test_unreadable_pictures_are_named_and_left_out(tmp_path: Path) -> None:
    folder = numbers_folder(
        tmp_path,
        [[name, "T", f"artist {name}", "Cubism", ""] for name in ("good.png", "cut.png", "fake.png", "empty.png")],
    )
    (folder / "images" / "cut.png").write_bytes(saved(Image.effect_noise((200, 200), 90), "PNG")[:9000])
    (folder / "images" / "fake.png").write_text("<html>not found</html>")
    (folder / "images" / "empty.png").write_bytes(b"")

    sources = read_sources([folder])

    assert names(sources.examples) == ["good.png"]
    assert [sum(name in told for told in sources.left_out) for name in ("cut.png", "fake.png", "empty.png")] == [
        1,
        1,
        1,
    ]
    assert any("cut off" in told for told in sources.left_out)


def test_a_picture_that_is_missing_is_named_with_its_line(tmp_path: Path) -> None:
    folder = numbers_folder(tmp_path, [["1.png", "A", "a", "Cubism", ""], ["2.png", "B", "b", "Cubism", ""]])
    (folder / "images" / "2.png").unlink()

    sources = read_sources([folder])

    assert names(sources.examples) == ["1.png"]
    assert sources.left_out == ("all_data_info.csv, line 3: there is no file “2.png”.",)


def test_a_file_of_the_catalogue_that_has_gone_is_told(tmp_path: Path) -> None:
    write_examples(
        tmp_path / "catalogue.jsonl",
        [Example(path=draw(tmp_path / "a.png"), style="Cubism"), Example(path=tmp_path / "b.png", style="Cubism")],
    )

    assert read_sources([tmp_path / "catalogue.jsonl"]).left_out == ("b.png can't be read: No such file or directory.",)


def test_pictures_without_any_label_are_counted_and_left_out(tmp_path: Path) -> None:
    folder = numbers_folder(tmp_path, [["1.png", "A", "", "Unknown", "nan"], ["2.png", "B", "", "Cubism", ""]])

    sources = read_sources([folder])

    assert names(sources.examples) == ["2.png"]
    assert sources.left_out == ("Pictures without any label: 1.",)


def test_a_class_that_no_picture_is_left_of_is_told(tmp_path: Path) -> None:
    folder = numbers_folder(tmp_path, [["1.png", "A", "a", "Cubism", "portrait"], ["2.png", "B", "b", "Rococo", ""]])
    (folder / "images" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    told = read_sources([folder]).left_out

    assert "The style Cubism has no picture left: 1 could not be used." in told
    assert "The genre portrait has no picture left: 1 could not be used." in told


def test_an_empty_folder_of_a_style_is_told(tmp_path: Path) -> None:
    draw(tmp_path / "Cubism" / "a_b.png")
    (tmp_path / "Rococo").mkdir()

    assert read_sources([tmp_path]).left_out == ("The folder Rococo is empty.",)


def test_a_file_that_comes_twice_counts_once_with_the_labels_of_both(tmp_path: Path) -> None:
    data = draw(tmp_path / "Cubism" / "ada_first.png").read_bytes()
    folder = numbers_folder(tmp_path / "numbers", [["1.png", "A", "", "", "portrait"]])
    (folder / "images" / "1.png").write_bytes(data)

    sources = read_sources([folder, tmp_path / "Cubism" / ".."])

    (example,) = [example for example in sources.examples if example.path.name == "1.png"]
    assert (example.style, example.genre, example.artist) == ("Cubism", "portrait", "Ada")
    assert "ada_first.png is the same file as 1.png: counted once." in sources.left_out


def test_what_is_no_source_is_refused_with_what_a_source_is(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"does not exist.*A source is a Painter by Numbers folder"):
        read_sources([tmp_path / "nowhere"])


def test_where_nothing_is_left_the_first_reasons_are_given(tmp_path: Path) -> None:
    (tmp_path / "Cubism").mkdir()
    (tmp_path / "Cubism" / "ada_first.png").write_text("no picture")

    with pytest.raises(ValueError, match=r"no picture to train on.*ada_first.png"):
        read_sources([tmp_path])
