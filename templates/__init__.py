"""Templates speak: every letter that leaves the house is written here, in Chinese, from a notice's words."""
