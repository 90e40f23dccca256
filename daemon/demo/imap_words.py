"""The words of an IMAP command: atoms, quoted strings, literals, parentheses; and folder names as the wire writes them."""

import asyncio
import re
from dataclasses import dataclass

from imapclient.imap_utf7 import decode, encode

_WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|\{(\d+)\+?\}|([()])|([^\s()"{]+)')
_LITERAL = re.compile(rb"\{(\d+)(\+?)\}$")


@dataclass(frozen=True)
class Command:
    """One command of a client, cut into tag, verb (with `UID ` before it), text after the verb, and its words."""

    tag: str
    verb: str
    text: str
    words: tuple[bytes, ...]
    by_uid: bool = False

    def word(self, number: int) -> str:
        """A word as text ('' where there is none)."""
        return self.words[number].decode("utf-8", "replace") if number < len(self.words) else ""


async def read_command(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Command | None:
    """The next command with all its literals; None at the end of the stream."""
    text = b""
    literals: list[bytes] = []
    while True:
        line = await reader.readline()
        if not line.endswith(b"\n"):
            return None
        text += line.rstrip(b"\r\n")
        announced = _LITERAL.search(text)
        if announced is None:
            return _command(text, literals)
        if not announced[2]:
            writer.write(b"+ go ahead\r\n")
            await writer.drain()
        literals.append(await reader.readexactly(int(announced[1])))
        text += b" "


def _command(text: bytes, literals: list[bytes]) -> Command:
    tag, _, rest = text.decode("utf-8", "replace").partition(" ")
    verb, _, rest = rest.partition(" ")
    by_uid = verb.upper() == "UID"
    if by_uid:
        verb, _, rest = rest.partition(" ")
    waiting = iter(literals)
    words = []
    for match in _WORD.finditer(rest.encode()):
        quoted, literal, parenthesis, atom = match.groups()
        if quoted is not None:
            words.append(re.sub(rb"\\(.)", rb"\1", quoted))
        elif literal is not None:
            words.append(next(waiting, b""))
        else:
            words.append(parenthesis or atom)
    return Command(tag, verb.upper(), rest.strip(), tuple(words), by_uid)


def wire_name(name: str) -> bytes:
    """A folder name in modified UTF-7, quoted."""
    encoded: bytes = encode(name)
    return b'"' + encoded.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def folder_name(word: str) -> str:
    """The folder a client means."""
    name: str = decode(word.encode())
    return "INBOX" if name.upper() == "INBOX" else name
