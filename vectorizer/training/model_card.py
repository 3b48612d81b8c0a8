"""The artifact's README.md: its card in sentences."""

from vectorizer.encoder.artifacts import MODEL_FILE
from vectorizer.encoder.card import Card

FITS_IN_WORDS = {
    "squash": "squashed to a square (the whole picture, its proportions not kept)",
    "pad": "padded to a square with grey",
    "crop": "its centre square",
}


def readme(card: Card, size: int) -> str:
    """Markdown for a reader who wants to know what lies here, whether they may use it, and how to make it again."""
    features = "\n".join(
        f"| `{feature.name}` | {feature.label} | {feature.dimensions} | "
        f"{card.formulas.get(feature.name, 'the network')} | {feature.description} |"
        for feature in card.features
    )
    baselines = ", ".join(f"`{item.name}`, {item.dimensions} dimensions. {item.description}" for item in card.baselines)
    measured = "\n".join(f"* `{name}`: {value:g}" for name, value in card.measured.items())
    return f"""# {card.name}, version {card.version}

The model that turns a picture into vectors and guesses at labels. `card.json` says the same to programs; this page is
written with it.

**Source.** {card.source}

**Trained on.** {card.data}

**Licence.** {card.licence}; its text is `vectorizer/artifacts/LICENSE-APACHE-2.0` in
Pendant's repository. Changed from the package: no classifier, batch normalisation folded in, rounded to float16;
statistics, trained layers and probabilities added. No image is part of this folder.

**Input** `image`: one picture, (1, {card.input_size}, {card.input_size}, 3), uint8, sRGB 0 … 255:
{FITS_IN_WORDS[card.input_fit]},
scaled with a triangle filter as wide as the reduction. Values are centred and scaled inside the model.

| Feature | Label | Dimensions | Computed by | What it tells |
| --- | --- | --- | --- | --- |
{features}

Every vector is float32 and of unit length. To compare with, never stored: {baselines}
{_labels(card)}{_thresholds(card)}
**File.** `{MODEL_FILE}`, {size:,} bytes, float16 weights, sha256 `{card.checksum}`

**Measured** by {card.split}

{measured}

**Made by**

    {card.command}
"""


def _labels(card: Card) -> str:
    lines = [
        f"* `{kind}`, temperature {card.temperatures.get(kind, 1.0):.3f}, {_sure(card, kind)}: {', '.join(names)}."
        for kind, names in card.labels.items()
    ]
    head = """
**Probabilities**, adding up to 1, the temperature fitted to artists that the fit had not seen; a guess is sure where
nine in ten about such artists were right:

"""
    return head + "\n".join(lines) + "\n" if lines else ""


def _sure(card: Card, kind: str) -> str:
    level = card.sure.get(kind)
    return "never sure" if level is None else f"sure from {level:g} on"


def _thresholds(card: Card) -> str:
    lines = [
        f"* `{feature}`: " + ", ".join(f"{word.replace('_', ' ')} ≥ {value:g}" for word, value in words.items()) + "."
        for feature, words in card.thresholds.items()
    ]
    head = "\n**Words** for a similarity `1 / (1 + l2 distance)`; below the last it is distant:\n\n"
    return head + "\n".join(lines) + "\n" if lines else ""
