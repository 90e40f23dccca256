"""Makes `tests/` importable for what several stories share."""
