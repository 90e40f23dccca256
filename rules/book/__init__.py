"""The office's policy as data (规则册): chapters in TOML, read by `rules.policy`."""
