"""Evidence (案卷): one case's record that convinces somebody who trusts neither the office nor this program (S65–S68).

lines ─▶ clues (失职线索) ─┐
lines ─▶ terms (时限表)   ─┼─▶ files by name ─▶ pack ─▶ one zip, the same bytes every time ─▶ verify: every byte that was changed
letters, register sheet    ─┘
"""

from rules.evidence.clues import Clue, clues
from rules.evidence.lines import Line, folded, text_hash
from rules.evidence.packing import pack, unpack
from rules.evidence.times import Term, terms
from rules.evidence.verify import Fault, verify

__all__ = ["Clue", "Fault", "Line", "Term", "clues", "folded", "pack", "terms", "text_hash", "unpack", "verify"]
