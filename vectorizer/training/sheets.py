"""Neighbour sheets: pictures and their ten nearest, to be looked at. They hold whole paintings: never commit them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, ImageOps

from vectorizer.ranking import make_space, nearest
from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import UNKNOWN
from vectorizer.training.pictures import read_picture

NEIGHBOURS = 10
QUESTIONS_A_SHEET = 8
SHEETS = 4
TILE, FRAME, GAP, LINE = 150, 6, 8, 15  # pixels
MARGIN = 16
FONT_SIZE = 11
LETTERS = 24

Colour = tuple[int, int, int]
PAPER, INK = (255, 255, 255), (30, 30, 30)
QUESTION, BOTH, STYLE, ARTIST, NEITHER = (
    (30, 30, 30),
    (130, 60, 170),
    (20, 140, 70),
    (30, 90, 200),
    (205, 205, 205),
)
LEGEND: tuple[tuple[Colour, str], ...] = (
    (QUESTION, "the question"),
    (STYLE, "same style, another artist"),
    (BOTH, "same style and artist"),
    (ARTIST, "same artist, another style"),
    (NEITHER, "neither"),
)


def write_sheets(held_out: HeldOut, feature: str, folder: Path, *, sheets: int = SHEETS, seed: int = 0) -> list[Path]:
    """Writes `neighbours-<feature>-<number>.jpg`, each of eight questions, and returns where they lie.

    Questions are drawn by `seed`, of as many styles as can be, and are the same for each feature. Neighbours are those
    of the question's fold. A picture that can't be read any more is an empty frame.
    """
    folder.mkdir(parents=True, exist_ok=True)
    questions = draw_questions(held_out, sheets * QUESTIONS_A_SHEET, seed)
    written = []
    for number, start in enumerate(range(0, len(questions), QUESTIONS_A_SHEET), start=1):
        rows = [
            (question, neighbours_of(held_out, feature, question))
            for question in questions[start : start + QUESTIONS_A_SHEET]
        ]
        path = folder / f"neighbours-{feature}-{number}.jpg"
        draw_sheet(held_out, rows, feature).save(path, quality=85)
        written.append(path)
    return written


def draw_questions(held_out: HeldOut, count: int, seed: int = 0) -> list[int]:
    """Pictures (at most `count`) to ask for: one of each style in turn, in an order drawn by `seed`; those without a
    style last."""
    styles = _styles(held_out)
    drawn = np.random.default_rng(seed).permutation(len(styles))
    turns = np.zeros(len(styles), np.intp)
    for style in np.unique(styles):
        turns[styles[drawn] == style] = np.arange((styles == style).sum())
    order = np.lexsort((turns, styles[drawn] == UNKNOWN))
    return [int(row) for row in drawn[order][:count]]


def neighbours_of(held_out: HeldOut, feature: str, question: int) -> list[int]:
    """The ten nearest pictures of the question's fold, nearest first, without itself."""
    members = np.flatnonzero(held_out.folds == held_out.folds[question])
    place = np.flatnonzero(members == question)
    scores = make_space(held_out.vectors[feature][members]).scores(place)
    scores[0, place] = -np.inf
    return [int(row) for row in members[nearest(scores, min(NEIGHBOURS, len(members) - 1))[0]]]


def frame_colour(held_out: HeldOut, question: int, row: int) -> Colour:
    """What a neighbour has in common with the question."""
    styles = _styles(held_out)
    same_style = styles[row] == styles[question] != UNKNOWN
    same_artist = held_out.artists[row] == held_out.artists[question] != ""
    if same_style:
        return BOTH if same_artist else STYLE
    return ARTIST if same_artist else NEITHER


def draw_sheet(held_out: HeldOut, rows: Sequence[tuple[int, Sequence[int]]], title: str) -> Image.Image:
    """One line a question: itself, then its neighbours, each with artist, style and file name below."""
    width, height = TILE + GAP, TILE + 3 * LINE + 2 * GAP
    head = MARGIN + 3 * LINE
    sheet = Image.new("RGB", (2 * MARGIN + (NEIGHBOURS + 1) * width, head + len(rows) * height + MARGIN), PAPER)
    draw = ImageDraw.Draw(sheet)
    _draw_legend(draw, title)
    for line, (question, neighbours) in enumerate(rows):
        for column, row in enumerate([question, *neighbours]):
            left, top = MARGIN + column * width, head + line * height
            colour = frame_colour(held_out, question, row) if column else QUESTION
            sheet.paste(_tile(held_out.paths[row], colour), (left, top))
            for index, text in enumerate(_caption(held_out, row)):
                draw.text((left, top + TILE + 2 + index * LINE), text, fill=INK, font=_font())
    return sheet


def _draw_legend(draw: ImageDraw.ImageDraw, title: str) -> None:
    draw.text((MARGIN, MARGIN // 2), f"{title}: each picture and its ten nearest, nearest first", INK, _font())
    left = MARGIN
    for colour, text in LEGEND:
        top = MARGIN // 2 + LINE + 4
        draw.rectangle((left, top, left + LINE, top + LINE - 4), fill=colour)
        draw.text((left + LINE + 5, top - 2), text, fill=INK, font=_font())
        left += LINE + 25 + int(draw.textlength(text, font=_font()))


def _tile(path: Path, colour: Colour) -> Image.Image:
    tile = Image.new("RGB", (TILE, TILE), PAPER)
    inner = TILE - 2 * FRAME
    try:
        picture = ImageOps.contain(Image.fromarray(read_picture(path)), (inner, inner))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        picture = Image.new("RGB", (inner, inner), NEITHER)
    framed = ImageOps.expand(picture, FRAME, fill=colour)
    tile.paste(framed, ((TILE - framed.width) // 2, (TILE - framed.height) // 2))
    return tile


def _caption(held_out: HeldOut, row: int) -> tuple[str, str, str]:
    code = _styles(held_out)[row]
    style = held_out.labels["style"].names[code] if code != UNKNOWN else "no style"
    texts = held_out.artists[row] or "unknown artist", style, held_out.paths[row].stem
    first, second, third = (text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…" for text in texts)
    return first, second, third


def _styles(held_out: HeldOut) -> NDArray[np.intp]:
    labels = held_out.labels.get("style")
    return np.full(len(held_out.folds), UNKNOWN) if labels is None else labels.codes


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(FONT_SIZE)
