"""One file per kind of letter: what follows from it."""
