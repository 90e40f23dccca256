"""The four kinds of trouble and the exit code each ends with (head of the traps list).

    Trouble
     ├─ UsageTrouble   2   the command was asked wrongly
     ├─ BookTrouble    78  the book is refused: says file, place and remedy
     ├─ SettingsTrouble 78 a setting is missing or wrong
     ├─ SchemaTrouble  78  the database is of another version, or not ours
     ├─ StoreTrouble   75  the database cannot be written just now
     └─ WorldTrouble   75  a server, a network, a disk is unwilling: try later

The message is one Chinese sentence that says what, where and what to do; it never holds a password, a reply code, letter text or an identity.
An exception that is none of these is a bug (70) and is loud.
"""

DONE = 0
FOUND = 1
"""`audit` or `doctor` found something."""
USAGE = 2
BUG = 70
LATER = 75
WRONG = 78


class Trouble(Exception):
    """Something a person can be told in one sentence."""

    code = BUG


class UsageTrouble(Trouble):
    """The command was asked wrongly."""

    code = USAGE


class BookTrouble(Trouble):
    """The book is refused; each line names file, place and remedy."""

    code = WRONG


class SettingsTrouble(Trouble):
    """A setting is missing or wrong."""

    code = WRONG


class SchemaTrouble(Trouble):
    """The database is of another version, or not ours."""

    code = WRONG


class StoreTrouble(Trouble):
    """The database cannot be written just now."""

    code = LATER


class WorldTrouble(Trouble):
    """A server, a network or a disk is unwilling: try later."""

    code = LATER
