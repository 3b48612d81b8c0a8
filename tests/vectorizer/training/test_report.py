import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.vectorizer.training.unseen import STYLES, held_out
from vectorizer.training.calibration import reliability
from vectorizer.training.figures import confusion, draw_confusion, draw_reliability
from vectorizer.training.labels import Labels
from vectorizer.training.measuring import measure
from vectorizer.training.report import _plain, write_report
from vectorizer.training.tables import as_markdown, table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report(held_out(folder), folder / "out", about={"Seed": "0"}, sheets=1)
    return folder / "out"


def test_the_report_is_json_for_programs(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text("utf-8"))
    style = report["retrieval"]["style"]["look"]

    assert report["about"] == {"Seed": "0"}
    assert style["mean_average_precision"]["low"] < style["mean_average_precision"]["estimate"] <= 1
    assert style["by_label"]["Rococo"]["questions"] == 40
    assert len(report["suggestions"]["genre"]["reliability"]["counts"]) == 15
    assert set(report["thresholds"]["look"]["words"]) == {"copy", "very_close", "related"}
    assert report["left_out"] == ["One picture is damaged."]


def test_the_report_is_markdown_for_people(folder: Path) -> None:
    text = (folder / "report.md").read_text("utf-8")
    report = json.loads((folder / "report.json").read_text("utf-8"))
    style = report["retrieval"]["style"]["look"]

    assert "120 pictures by 12 artists, 2 folds by artist." in text
    assert "* **Seed**: 0" in text
    found = style["mean_average_precision"]
    assert f"| `look` | {found['estimate']:.3f} ({found['low']:.3f} to {found['high']:.3f}) |" in text
    assert f"{style['ratio']['estimate']:.2f} ({style['ratio']['low']:.2f} to {style['ratio']['high']:.2f})" in text
    assert f"| `look` | copy | {report['thresholds']['look']['words']['copy']['similarity']:.4f} |" in text
    assert "| Rococo | 40 | 4 |" in text
    assert "* One picture is damaged." in text
    assert "| genre | 80 |" in text
    sureness = report["suggestions"]["style"]["sureness"]
    sure, step = sureness["sure"], sureness["steps"]["0.5"]
    assert f"| style | **{sureness['level']:.2f}, the sure level** | {sure['number']} |" in text
    assert f"| style | 0.50 | {step['number']} | {step['right']['estimate']:.3f} (" in text
    assert "| style | the level that other folds choose |" in text
    assert report["suggestions"]["genre"]["sureness"]["level"] is None
    assert "| genre | **" not in text


def test_all_pictures_that_the_report_names_are_there(folder: Path) -> None:
    text = (folder / "report.md").read_text("utf-8")
    names = {path.name for path in folder.iterdir()} - {"report.json", "report.md"}

    assert names == {
        "confusion-genre.png",
        "confusion-style.png",
        "neighbours-look-1.jpg",
        "neighbours-pooled1280-1.jpg",
        "reliability-genre.png",
        "reliability-style.png",
        "retrieval-genre.png",
        "retrieval-genre_other_artists.png",
        "retrieval-style.png",
        "retrieval-style_other_artists.png",
    }
    for name in names:
        assert f"![{name}]({name})" in text
        with Image.open(folder / name) as picture:
            assert min(picture.size) > 200


def test_the_same_pictures_give_the_same_report(folder: Path, tmp_path: Path) -> None:
    write_report(held_out(tmp_path), tmp_path / "out", about={"Seed": "0"}, sheets=0)

    assert (tmp_path / "out" / "report.json").read_bytes() == (folder / "report.json").read_bytes()
    assert not list((tmp_path / "out").glob("neighbours*"))


def test_without_labels_and_copies_the_report_tells_what_it_can(tmp_path: Path) -> None:
    write_report(held_out(tmp_path, labels={}, logits={}, copies={}), tmp_path / "out", sheets=0)
    text = (tmp_path / "out" / "report.md").read_text("utf-8")

    assert "## Retrieval: Artist" in text
    assert "## Suggestions" not in text
    assert "## Thresholds" not in text
    assert "* Style: Nothing can be measured" in text


def test_what_has_no_interval_stands_without_one(tmp_path: Path) -> None:
    given = held_out(tmp_path)
    nothing = {"look": given.vectors["look"], "pooled1280": np.tile(np.arange(120.0)[:, None], (1, 2)) % 10 * 100}
    nothing["pooled1280"][:, 0] += [int(name.split()[1]) for name in given.artists]
    alone = np.array([0 if name in ("Artist 0", "Artist 1") else 1 for name in given.artists])
    alone[:10] = 2
    labels = {"style": Labels(kind="style", names=STYLES, codes=alone)}

    evaluation = measure(held_out(tmp_path, vectors=nothing, labels=labels, logits={}), k=1)
    text = as_markdown(evaluation, {}, [])

    line = next(line for line in text.splitlines() if line.startswith("| Tonalism"))
    assert line.startswith("| Tonalism | 10 | 1 | ")
    assert "(" not in line
    assert "mAP@1 |" in text
    artists = text[text.index("## Retrieval: Artist") :]
    assert "| – | – |" in artists[: artists.index("\n## ")]


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(TypeError, match="PosixPath can't be written"):
        _plain(Path("picture.jpg"))


def test_confusion_counts_what_was_taken_for_what() -> None:
    logits = np.array([[2, 1], [0, 1], [0, 1], [5, 0]], np.float32)

    assert confusion(logits, np.array([0, 0, 1, -1])).tolist() == [[1, 1], [0, 1]]


def test_names_with_dollars_and_labels_without_pictures_are_drawn(tmp_path: Path) -> None:
    draw_confusion(np.array([[0, 0], [1, 3]]), ("Cash $ art", "$$"), "style", tmp_path / "confusion.png")
    curve = reliability(np.array([[0.5, 0.5]]), np.array([0]))
    draw_reliability(curve, curve, "style", tmp_path / "reliability.png")

    assert (tmp_path / "confusion.png").stat().st_size > 1_000
    assert (tmp_path / "reliability.png").stat().st_size > 1_000


def test_a_bar_in_a_name_does_not_end_its_cell() -> None:
    assert table(["a", "b"], [["x|y", "1"]]) == "| a | b |\n| --- | --: |\n| x\\|y | 1 |\n"
