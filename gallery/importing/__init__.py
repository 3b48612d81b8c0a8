"""Bringing in collections: one reader a source format (pure), and the importer that writes what they read."""
