"""One reader a chapter: a sheet in, values out, faults noted in the sheet."""
