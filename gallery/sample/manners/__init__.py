"""The manners, one module each."""
