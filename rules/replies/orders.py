"""What a member of staff orders by reply: the verb of the book, and the words after it, from the first line he wrote."""

import unicodedata
from dataclasses import dataclass

from rules.policy import Book
from rules.replies.folding import first_line, folded, words

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Order:
    """指令. `verb` is an order key of the book, `agree` (whatever was proposed) or '' where nothing was understood."""

    verb: str
    argument: str = ""
    actor: str = ""
    """The person's name in the book; the command line gives its own."""
    roles: tuple[str, ...] = ()
    channel: str = "mail"


def understand(own_words: str, book: Book) -> tuple[str, str]:
    """(verb, argument). The argument is what follows on the line, and the lines below it for orders that carry text."""
    own_words = _unwrapped(own_words)
    head = first_line(own_words)
    speech = words()["staff"]
    said = [*((label, verb) for verb, label in book.labels["order"].items()), *speech["also"].items()]
    labels = sorted(said, key=lambda pair: -len(pair[0]))
    for label, verb in labels:
        if head.startswith(label):
            return verb, _rest(own_words, label)
    declined = next((word for word in speech["decline"] if head.startswith(word)), "")
    if declined:
        return "hold", _rest(own_words, declined)
    if any(head.startswith(word) for word in speech["known"]):
        return "hold", ""
    agreed = next((word for word in speech["agree"] if head.startswith(word)), None)
    if agreed is None:
        return "", ""
    rest = head[len(agreed) :].lstrip(",，。：:")
    return next(((verb, rest[len(label) :]) for label, verb in labels if rest.startswith(label)), ("agree", rest))


def _unwrapped(own_words: str) -> str:
    """The words without the quotation marks in which the question shows what may be written, where somebody copied them too."""
    first, sign, below = own_words.lstrip().partition("\n")
    if not first.startswith("“"):
        return own_words
    return f"{first[1:].replace('”', '', 1)}{sign}{below}"


def _rest(own_words: str, label: str) -> str:
    """The words after the verb on its line, and the lines below it, as they were written.

    Behind a verb that stands alone on its line nothing is said: what is below is how the writer signs.
    """
    lines = [line.strip() for line in own_words[:LONGEST].splitlines() if line.strip()]
    spoken = next((index for index, line in enumerate(lines) if folded(line).startswith(label)), 0)
    behind = _after(lines[spoken], label)
    if not behind.strip("。.！! "):
        return ""
    return "\n".join(part for part in (behind.lstrip(" ：:，,。.　"), *lines[spoken + 1 :]) if part)


def _after(line: str, label: str) -> str:
    """The line behind the label, whose signs may be full-width and have blanks between them."""
    wanted = iter(label)
    sign = next(wanted, None)
    for position, found in enumerate(line):
        if sign is None:
            return line[position:]
        if unicodedata.normalize("NFKC", found) == sign:
            sign = next(wanted, None)
    return ""
