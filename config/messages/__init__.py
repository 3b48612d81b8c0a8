"""The translations of everything that people read: `./run messages` brings them up to date with the sources.

Babel does it, and Django's own reading of templates, so that no program of gettext has to be installed. It is needed
for that alone: the application reads the compiled files with what Python has.
"""
