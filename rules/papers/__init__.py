"""Papers (来件所附文件): what came with a letter, read and cleaned. Bytes in, frozen values out; no file, no network, no clock.

    paper = open_paper(data, "联系人.et")     # never raises
    paper.text, paper.tables, paper.doubts, paper.why_not

Run it in the reader's child process (`daemon.reader`): the limits here bound the work, the child bounds what libraries do inside one call.
"""

from rules.papers.cleaning import clean, clean_paper
from rules.papers.kinds import kind_of
from rules.papers.opening import PICTURES, open_paper
from rules.papers.values import FORM, Block, Clean, Paper, Table, Withheld

__all__ = [
    "FORM",
    "PICTURES",
    "Block",
    "Clean",
    "Paper",
    "Table",
    "Withheld",
    "clean",
    "clean_paper",
    "kind_of",
    "open_paper",
]
