"""`python -m tests.vectorizer.stand_in_training train …`: takes what training takes, and leaves a tiny eye."""

import sys

from tests import eyes
from vectorizer.training.examples import read_examples
from vectorizer.training.options import parse


def main() -> None:
    options = parse()
    examples = list(read_examples(options.paths[0]))
    if options.seed == 13:
        sys.exit("Not done: thirteen is no seed.")
    eyes.install(options.out.parent, options.out.name)
    options.report.mkdir(parents=True, exist_ok=True)
    tuned = "tuned" if options.fine_tune else "not tuned"
    sys.stdout.write(f"Trained on {len(examples)} beside {options.beside.name}, {options.folds} folds, {tuned}.")


if __name__ == "__main__":
    main()
