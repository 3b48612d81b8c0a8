"""What tests of search may ask for."""

import pytest

from tests.search.gallery_wall import SmallEye, card_with_identity
from vectorizer.models import EncoderModel


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch) -> SmallEye:
    """The active model, in place of the artifact: quick, and with a feature that recognises paintings."""
    small = SmallEye(card_with_identity())
    monkeypatch.setattr(EncoderModel, "card", small.card)
    monkeypatch.setattr(EncoderModel, "encoder", lambda _: small)
    return small
