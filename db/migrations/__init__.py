"""Migrations, from the first table on; applied by `python -m daemon init`."""
