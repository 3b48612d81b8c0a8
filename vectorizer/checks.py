"""What `manage.py` looks at before it starts anything: is the model there, and whole?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from vectorizer import encoder
from vectorizer.models import artifact_path


def artifact(**_: Any) -> list[CheckMessage]:
    """The artifact of the settings, by its checksum."""
    try:
        encoder.check(artifact_path(settings.ENCODER_ARTIFACT))
    except (encoder.ArtifactError, ValueError) as problem:
        return [Error(str(problem), id="vectorizer.E001")]
    return []
