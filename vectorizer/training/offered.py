"""What a trained artifact offers to be compared by, in the order in which its vectors are stored."""

from vectorizer.features import PALETTE_DIMENSIONS, Feature
from vectorizer.training.assembling import POOLED
from vectorizer.training.heads import COMMON, COPY, GENRE, STYLE
from vectorizer.training.network import HEAD_CHANNELS

COLOURS = "palette"

FEATURES = (
    Feature(
        name=COMMON,
        dimensions=512,
        label="Overall look",
        description="How a picture is painted, and by what hand: brushwork, tone, composition.",
    ),
    Feature(
        name=STYLE,
        dimensions=512,
        label="Style",
        description="What pictures of one style have in common, whoever painted them.",
    ),
    Feature(
        name=GENRE,
        dimensions=512,
        label="Subject",
        description="What kind of thing a picture shows: a landscape, a portrait, a still life.",
    ),
    Feature(
        name=COLOURS,
        dimensions=PALETTE_DIMENSIONS,
        label="Colours",
        description="Which colours a picture has, and how much of each, wherever they are.",
    ),
    Feature(
        name=COPY,
        dimensions=128,
        label="Same painting",
        description="Whether two pictures show the same painting, photographed, framed or cropped.",
        role="identity",
    ),
)
BASELINE = Feature(
    name=POOLED,
    dimensions=HEAD_CHANNELS,
    label="Last layer",
    description="The global average of the network's last feature map: what the trained vectors must beat.",
)
