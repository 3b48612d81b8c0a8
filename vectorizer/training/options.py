"""The command line of `python -m vectorizer.training`. Imports no TensorFlow, so that --help comes at once."""

import argparse
from pathlib import Path
from typing import Any

from vectorizer.encoder import artifact_path
from vectorizer.encoder.artifacts import CARD_FILE
from vectorizer.training.splits import FOLDS

TABLES = ("inputs", "losses", "artist", "metrics", "hubs", "dimensions", "precision")
CACHE = Path("var/training")
REPORT = Path("var/report")

SOURCES = """a source (PATH) is one of
  a Painter by Numbers folder         all_data_info.csv and images/ (or train/)
  a folder with one folder a style    Post_Impressionism/vincent-van-gogh_the-starry-night.jpg
  a table of pictures                 a CSV file with the columns image, title, style, genre, artist
  the catalogue                       the .jsonl file that `manage.py train_eye` writes
Several are read as one; their styles, genres and artists are brought to one vocabulary (vocabulary.csv).

examples:
"""

COMMANDS = {
    "train": (
        "Fit on all pictures, export the artifact, and report what is found about artists that were not trained on.",
        """  python -m vectorizer.training train ~/paintings --out var/artifacts/my-eye
  python -m vectorizer.training train ~/numbers ~/artbench --out var/artifacts/my-eye --report var/report --seed 1
  python -m vectorizer.training train ~/paintings --out var/artifacts/my-eye --fine-tune      slow without a GPU

A run that was stopped goes on where it was: what is computed is kept in the cache.""",
    ),
    "export": (
        "Fit and export without a report; quick where `train` has filled the cache.",
        "  python -m vectorizer.training export ~/paintings --out var/artifacts/my-eye --replace",
    ),
    "evaluate": (
        "Report what the fits of all folds find about artists that they have not seen. Nothing is exported.",
        """  python -m vectorizer.training evaluate ~/paintings --report var/report
  python -m vectorizer.training evaluate ~/paintings --beside vectorizer/artifacts/lite0-stats512""",
    ),
    "study": (
        "Measure one of the tables in docs/model.md anew.",
        """  python -m vectorizer.training study ~/paintings --table losses
  python -m vectorizer.training study ~/paintings --table dimensions --seed 1""",
    ),
}


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The options. Exits with a sentence where they make no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m vectorizer.training",
        description="Trains, measures and exports the model that the encoder runs.",
        epilog="Each command has its own --help, with examples.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    made = {name: _command(commands, name, *texts) for name, texts in COMMANDS.items()}
    for name in ("train", "export", "evaluate"):
        _add_fitting(made[name])
    for name in ("train", "export"):
        _add_artifact(made[name])
    for name in ("train", "evaluate"):
        _add_report(made[name])
    made["study"].add_argument("--table", required=True, choices=TABLES, help="which one")
    options = parser.parse_args(arguments)
    if "out" in options and (problem := _problem_with(options.out, replace=options.replace)):
        parser.error(problem)
    return options


def _problem_with(out: Path, *, replace: bool) -> str:
    """Why no artifact can be written there, "" where one can. What is there goes, so it must be an artifact itself."""
    try:
        artifact_path(out.name)
    except ValueError as problem:
        return f"--out: {problem}"
    if (out / CARD_FILE).exists():
        return "" if replace else f"There is an artifact at {out} already. Name another folder, or say --replace."
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        return f"{out} is there already and is no artifact: what it holds would be lost. Name another folder."
    return ""


def _command(commands: Any, name: str, meaning: str, examples: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=meaning,
        description=meaning,
        epilog=SOURCES + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="where pictures and labels come from")
    command.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help=f"what is computed is kept ({CACHE})")
    command.add_argument("--seed", type=_from(0), default=0, metavar="N", help="of all that is random (0)")
    return command


def _add_fitting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--folds", type=_from(2), default=FOLDS, metavar="N", help=f"splits by artist ({FOLDS})")
    command.add_argument("--fine-tune", action="store_true", help="train the backbone's last stages, too")
    command.add_argument(
        "--fold-artifacts", type=Path, metavar="DIR", help="export the fit of each fold there, to measure photos by"
    )


def _add_artifact(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, required=True, metavar="ARTIFACT", help="the folder to write; its name is the model's"
    )
    command.add_argument("--replace", action="store_true", help="where an artifact is there already")


def _add_report(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--report", type=Path, default=REPORT, metavar="DIR", help=f"for JSON, Markdown and pictures ({REPORT})"
    )
    command.add_argument(
        "--beside", type=Path, metavar="ARTIFACT", help="an artifact to measure on the same pictures beside the new one"
    )


def _from(least: int) -> Any:
    def number(text: str) -> int:
        if not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} up")
        return int(text)

    return number
