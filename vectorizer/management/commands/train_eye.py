"""`manage.py train_eye`: a model trained on the catalogue's own labels, measured beside the one in use."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from gallery.management.examples import CommandWithExamples
from vectorizer import training_set
from vectorizer.models import EncoderModel, artifact_path
from vectorizer.training.examples import SUFFIX, Example, write_examples

TRAINING = "vectorizer.training"  # a process of its own, since none that serves may import TensorFlow

EXAMPLES = """examples:
  manage.py train_eye                             train, report, and leave the model in use as it is
  manage.py train_eye --name our-eye --activate   and take the new one into use
  manage.py train_eye --name our-eye              again after an interruption: goes on where it was"""

CAVEAT = (
    "The new model's figures are of artists that the fit in question had not seen. The model in use, {name}, may have "
    "been trained on some of these very paintings, and then its figures flatter it."
)


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Train a model on the styles, genres and artists of the public paintings, print how well it finds "
        "look-alikes by artists that it has not seen beside the model in use, and keep it among the artifacts. "
        "Nothing changes for visitors until it is activated. Some thousand paintings take about half an hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", help="what the new model is called (default: eye- and the date)")
        parser.add_argument("--activate", action="store_true", help="take it into use")
        parser.add_argument("--folds", type=int, default=5, metavar="N", help="splits by artist (5)")
        parser.add_argument("--seed", type=int, default=0, metavar="N", help="of all that is random (0)")
        parser.add_argument("--fine-tune", action="store_true", help="train the backbone, too (slow without a GPU)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = _new_folder(options["name"] or f"eye-{timezone.localdate():%Y-%m-%d}")
        examples = _examples()
        if find_spec("tensorflow") is None:
            raise CommandError("Training needs TensorFlow. Install it: pip install -r requirements.txt")
        in_use = EncoderModel.current()
        report = Path(settings.VAR_DIR).resolve() / "training" / folder.name
        self.stdout.write(f"Training on {len(examples):,} paintings of the catalogue.")
        self._train(examples, folder, report, in_use, options)
        self.stdout.write(CAVEAT.format(name=in_use.name))
        self.stdout.write(f"The whole report: {report / 'report.md'}")
        if options["activate"]:
            call_command("activate_model", folder.name, stdout=self.stdout, stderr=self.stderr)
        else:
            self.stdout.write(f"{in_use.name} stays in use. To change: manage.py activate_model {folder.name}")

    def _train(
        self, examples: Sequence[Example], folder: Path, report: Path, in_use: EncoderModel, options: dict[str, Any]
    ) -> None:
        """In a process of its own, which shows its progress on stderr. Raises CommandError where it fails."""
        report.mkdir(parents=True, exist_ok=True)
        source = report / f"catalogue{SUFFIX}"
        write_examples(source, examples)
        arguments = {
            "--out": folder,
            "--report": report,
            "--cache": report.parent / "cache",
            "--folds": options["folds"],
            "--seed": options["seed"],
            "--beside": artifact_path(in_use.name).resolve(),
        }
        command = [sys.executable, "-m", TRAINING, "train", source, *chain.from_iterable(arguments.items())]
        command += ["--fine-tune"] if options["fine_tune"] else []
        done = subprocess.run(  # noqa: S603  our own program, with paths that we made
            [str(part) for part in command], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, check=False
        )
        self.stdout.write(done.stdout)
        if done.returncode:
            raise CommandError(f"The training failed; what it said stands above. {in_use.name} stays in use.")


def _new_folder(name: str) -> Path:
    """Where the artifact of this name will lie. Raises CommandError where there is one, or the name is none."""
    try:
        found = artifact_path(name)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem
    if found.exists():
        raise CommandError(f"There is an artifact {name} already ({found}). Choose another name: --name NAME.")
    return Path(settings.ARTIFACTS_DIR).resolve() / name


def _examples() -> list[Example]:
    try:
        found = list(training_set.examples())
        training_set.check(found)
    except NotImplementedError as problem:
        raise CommandError(
            "Training needs the originals as files of this machine; here they lie elsewhere."
        ) from problem
    except training_set.TooSmall as problem:
        raise CommandError(str(problem)) from problem
    return found
