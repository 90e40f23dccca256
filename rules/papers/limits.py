"""The reading limits of one paper (head of the traps list, A63-A68); beyond them reading stops, the bytes stay whole.

One table, so that a test can walk it and an office can be told the numbers.
"""

UNPACKED = 100 << 20
"""Bytes all members of one file may unpack to, archives inside archives counted together."""
RATIO = 100
"""How many times its packed size a member may grow, once it is larger than `SMALL`."""
SMALL = 8 << 20
DEPTH = 3
"""Archives inside archives."""
MEMBERS = 5_000
ARCHIVE_MEMBERS = 200
"""Members of an archive that are opened; the rest is noted."""
TREE = 24 << 20
"""Bytes of markup that are held as one tree; sheets are read row by row and may be larger."""
SHEETS = 64
ROWS = 20_000
COLUMNS = 400
CELLS = 300_000
"""Cells of one paper, filled ones counted."""
TEXT = 2 << 20
"""Characters of text of one paper."""
MERGES = 20_000
PAGES = 300
NESTING = 60
"""Tables in tables, boxes in boxes, groups in groups."""
