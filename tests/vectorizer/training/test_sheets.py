from pathlib import Path

import numpy as np
from PIL import Image

from tests.vectorizer.training.unseen import held_out
from vectorizer.training import sheets
from vectorizer.training.sheets import draw_questions, frame_colour, neighbours_of, write_sheets


def test_neighbours_are_the_nearest_of_the_same_fold(tmp_path: Path) -> None:
    given = held_out(tmp_path)
    distances = np.linalg.norm(given.vectors["look"] - given.vectors["look"][70], axis=1)
    distances[(given.folds != given.folds[70]) | (np.arange(120) == 70)] = np.inf

    assert neighbours_of(given, "look", 70) == np.argsort(distances)[:10].tolist()


def test_each_style_is_asked_in_turn_and_the_same_every_time(tmp_path: Path) -> None:
    given = held_out(tmp_path)
    questions = draw_questions(given, 6, seed=4)
    styles = given.labels["style"].codes[questions]

    assert sorted(styles[:3]) == sorted(styles[3:]) == [0, 1, 2]
    assert questions == draw_questions(given, 6, seed=4) != draw_questions(given, 6, seed=5)
    assert sorted(draw_questions(given, 1_000)) == list(range(120))


def test_frames_tell_what_is_shared(tmp_path: Path) -> None:
    # pictures 0 to 9 are by artist 0 (Cubism), 10 to 19 by artist 1 (Rococo), 30 to 39 by artist 3 (Cubism)
    given = held_out(tmp_path)

    assert frame_colour(given, 0, 1) == sheets.BOTH
    assert frame_colour(given, 0, 30) == sheets.STYLE
    assert frame_colour(given, 0, 10) == sheets.NEITHER
    assert frame_colour(held_out(tmp_path, labels={}, logits={}), 0, 1) == sheets.ARTIST
    assert frame_colour(held_out(tmp_path, labels={}, logits={}, artists=("",) * 120), 0, 1) == sheets.NEITHER


def test_sheets_show_a_question_and_its_neighbours_in_frames(tmp_path: Path) -> None:
    given = held_out(tmp_path)

    written = write_sheets(given, "look", tmp_path / "sheets", sheets=2)

    assert [path.name for path in written] == ["neighbours-look-1.jpg", "neighbours-look-2.jpg"]
    with Image.open(written[0]) as sheet:
        # the first neighbour of the first question: the middle of its frame's left edge
        question = draw_questions(given, 16)[0]
        colour = frame_colour(given, question, neighbours_of(given, "look", question)[0])
        height = 80 / 2 * 138 / 40 / 2
        assert sheet.width == 2 * 16 + 11 * 158
        pixels = np.asarray(sheet).reshape(-1, 3).astype(int)
        assert (np.abs(pixels - colour).max(axis=1) < 25).sum() > height * sheets.FRAME


def test_a_picture_that_is_gone_is_an_empty_frame(tmp_path: Path) -> None:
    given = held_out(tmp_path)
    assert not given.paths[0].exists()

    sheet = np.asarray(sheets.draw_sheet(given, [(0, [1])], "look"))

    top, left = sheets.MARGIN + 3 * sheets.LINE, sheets.MARGIN
    assert tuple(sheet[top + 75, left + 75]) == sheets.NEITHER
    assert tuple(sheet[top + 75, left + 2]) == sheets.QUESTION
