"""交接: what the office's people are told each morning and evening, what recurs, and what becomes of a question nobody answers."""
