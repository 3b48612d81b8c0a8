"""What the admin shows of vectors, one module a subject; each registers what it shows."""

from vectorizer.admin import lists, paintings

__all__ = ["lists", "paintings"]
