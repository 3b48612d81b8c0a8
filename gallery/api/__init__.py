"""The catalogue over HTTP: reading a painting, artists, styles and genres, and writing them with a token."""
