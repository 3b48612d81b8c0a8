"""The timeline: how the paintings of the commonest styles are spread over the years."""

from search.timeline.counting import StyleYears, Timeline, of

__all__ = ["StyleYears", "Timeline", "of"]
