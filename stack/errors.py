"""What can't be had, and why."""


class StackError(Exception):
    """A server can't be found, fetched or started; the text is a sentence for whoever wanted it."""
