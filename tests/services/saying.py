"""What tests with real servers measure, for whoever runs them."""

from collections.abc import Callable

Said = Callable[[str], None]
"""The fixture `said`: takes a sentence."""
