"""What is shown: places, people and tables, as flat models that a manner then paints in its own hand."""
