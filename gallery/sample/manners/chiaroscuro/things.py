"""What can stand on the table, and where it stands."""

from collections.abc import Callable
from typing import Literal

from gallery.sample.manners.chiaroscuro.food import apple, bread, grapes, lemon, peach, plum
from gallery.sample.manners.chiaroscuro.light import Stage
from gallery.sample.manners.chiaroscuro.roses import roses
from gallery.sample.manners.chiaroscuro.vessels import book, candle, copper, glass, jug, knife, plate

Thing = Literal["jug", "copper pot", "glass", "candle", "book", "plate", "knife", "bread", "lemon", "apple", "peach",
    "plum", "grapes", "roses"]  # fmt: skip


TOLD: dict[Thing, tuple[str, str]] = {
    "jug": ("a pewter jug", "pewter jugs"), "copper pot": ("a copper pot", "copper pots"),
    "glass": ("a glass of wine", "glasses of wine"), "candle": ("a burning candle", "candles"),
    "book": ("an old book", "books"), "plate": ("a silver plate", "plates"), "knife": ("a knife", "knives"),
    "bread": ("a loaf of bread", "loaves of bread"), "lemon": ("a lemon", "lemons"), "apple": ("an apple", "apples"),
    "peach": ("a peach", "peaches"), "plum": ("a plum", "plums"), "grapes": ("a bunch of grapes", "bunches of grapes"),
    "roses": ("a vase of roses", "vases of roses"),
}  # fmt: skip


_THINGS: dict[Thing, Callable[[Stage, float, float, float, int], None]] = {
    "jug": jug, "copper pot": copper, "glass": glass, "candle": candle, "book": book, "plate": plate,
    "knife": knife, "bread": bread, "lemon": lemon, "apple": apple, "peach": peach, "plum": plum,
    "grapes": grapes, "roses": roses,
}  # fmt: skip


_AT_THE_BACK = ("jug", "copper pot", "glass", "candle", "roses", "plate")


def place(stage: Stage, thing: Thing, across: float, scale: float, number: int) -> None:
    """Put one thing on the table, ``across`` of the way from left to right; the ``number`` varies kinds."""
    deep = 0.74 if thing in _AT_THE_BACK else 0.79 + 0.025 * (number % 2)
    _THINGS[thing](stage, across * stage.width, deep * stage.height, stage.unit * 0.245 * scale, number)
