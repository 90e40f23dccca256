"""The command line: one file a command, loaded only when it is asked for (`--help` must not load SQLAlchemy).

`shell/why_date.py` is the command `why-date`; its help line is `help-why-date` in `daemon/wording.toml`.
Each module has `arguments(parser)` and `run(options) -> int`; exit codes stand in `rules.trouble`.
"""
