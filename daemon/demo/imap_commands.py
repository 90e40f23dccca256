"""The commands of the IMAP double, one function a verb, in one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from daemon.demo.imap_fetch import chosen, line, wanted
from daemon.demo.imap_words import Command, folder_name, wire_name
from daemon.demo.store import Folder

if TYPE_CHECKING:
    from daemon.demo.imap_session import Session

UNSAFE = "Unsafe Login. Please contact kefu@188.com for help"
SYSTEM_FLAGS = "\\Answered \\Seen \\Deleted \\Draft \\Flagged"


async def _capability(session: Session, command: Command) -> None:
    session.put(f"* CAPABILITY {session.capabilities()}\r\n".encode())
    session.end(command, "OK CAPABILITY completed")


async def _noop(session: Session, command: Command) -> None:
    session.end(command, f"OK {command.verb} completed")


async def _logout(session: Session, command: Command) -> None:
    session.put(b"* BYE IMAP4rev1 Server logging out\r\n")
    session.end(command, "OK LOGOUT completed")


async def _id(session: Session, command: Command) -> None:
    session.identified = True
    session.put(
        b'* ID ("name" "Coremail Imap" "vendor" "Mailtech")\r\n' if session.double.coremail else b"* ID NIL\r\n"
    )
    session.end(command, "OK ID completed")


async def _starttls(session: Session, command: Command) -> None:
    if "STARTTLS" not in session.capabilities():
        session.end(command, "BAD STARTTLS not offered")
        return
    session.end(command, "OK begin TLS negotiation now")
    await session.start_tls()


async def _login(session: Session, command: Command) -> None:
    _after_login(session, command, admitted=session.admit(command.word(0), command.word(1)))


async def _authenticate(session: Session, command: Command) -> None:
    address, password = await session.sasl_plain(command.word(1))
    _after_login(session, command, admitted=session.admit(address, password))


def _after_login(session: Session, command: Command, *, admitted: bool) -> None:
    session.end(command, f"OK {command.verb} completed" if admitted else "NO LOGIN Login error or password error")


def _folder(session: Session, command: Command, name: str) -> Folder | None:
    """The folder asked for; answers NO by itself where there is none, or ID is missing."""
    double = session.double
    if double.coremail and (double.unsafe or (double.asks_id and not session.identified)):
        session.end(command, f"NO {command.verb} {UNSAFE}")
        return None
    found = session.account.folders.get(folder_name(name)) if session.account else None
    if found is None:
        session.end(command, f"NO {command.verb} Mailbox does not exist")
    return found


async def _select(session: Session, command: Command) -> None:
    session.folder = folder = _folder(session, command, command.word(0))
    if folder is None:
        return
    letters = folder.visible()
    session.read_only = command.verb == "EXAMINE"
    session.put(
        f"* {len(letters)} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {folder.validity}] UIDs valid\r\n".encode()
    )
    session.put(f"* FLAGS ({SYSTEM_FLAGS})\r\n* OK [PERMANENTFLAGS ({SYSTEM_FLAGS})] Limited\r\n".encode())
    if not session.double.coremail:
        session.put(f"* OK [UIDNEXT {folder.next_uid}] Predicted next UID\r\n".encode())
    session.end(command, f"OK [READ-{'ONLY' if session.read_only else 'WRITE'}] {command.verb} completed")


async def _status(session: Session, command: Command) -> None:
    folder = _folder(session, command, command.word(0))
    if folder is None:
        return
    letters = folder.visible()
    known = {
        "MESSAGES": len(letters),
        "RECENT": 0,
        "UIDNEXT": folder.next_uid,
        "UIDVALIDITY": folder.validity,
        "UNSEEN": sum("\\Seen" not in letter.flags for letter in letters),
    }
    asked = [word.decode().upper() for word in command.words[1:]]
    told = " ".join(f"{name} {known[name]}" for name in asked if name in known)
    session.put(b"* STATUS " + wire_name(folder.name) + f" ({told})\r\n".encode())
    session.end(command, "OK STATUS completed")


async def _list(session: Session, command: Command) -> None:
    pattern = command.word(1)
    folders = session.account.folders if session.account else {}
    for folder in folders.values() if pattern else ():
        if pattern not in ("*", "%") and folder_name(pattern) != folder.name:
            continue
        session.put(f'* {command.verb} ({" ".join(folder.flags)}) "/" '.encode() + wire_name(folder.name) + b"\r\n")
    session.end(command, f"OK {command.verb} completed")


async def _fetch(session: Session, command: Command) -> None:
    numbers, _, text = command.text.partition(" ")
    items = wanted(
        f"UID {text}" if command.by_uid and "UID" not in text.upper().split() and "(UID" not in text.upper() else text
    )
    if session.folder is None or items is None:
        session.end(command, "BAD FETCH cannot be answered")
        return
    picked = chosen(session.folder.visible(), numbers, by_uid=command.by_uid)
    asks_bytes = any(item.section is not None for item in items)
    if not session.read_only and any(item.section is not None and not item.peek for item in items):
        for _, letter in picked:
            letter.flags.add("\\Seen")
    await session.letters(
        [line(number, letter, items) for number, letter in picked], "LETTER" if asks_bytes else "LISTED"
    )
    session.end(command, "OK FETCH completed")


async def _search(session: Session, command: Command) -> None:
    found = chosen(session.folder.visible(), "1:*", by_uid=False) if session.folder else []
    asks_all = command.text.upper() in ("ALL", "1:*") or not session.double.coremail
    numbers = [str(letter.uid if command.by_uid else number) for number, letter in found if asks_all]
    session.put(f"* SEARCH {' '.join(numbers)}".strip().encode() + b"\r\n")
    session.end(command, "OK SEARCH completed")


async def _store(session: Session, command: Command) -> None:
    numbers, _, rest = command.text.partition(" ")
    verb = rest.split(" ", 1)[0].upper()
    flags = {word for word in rest.partition("(")[2].rstrip(")").split() if word}
    picked = (
        chosen(session.folder.letters, numbers, by_uid=command.by_uid)
        if session.folder and not session.read_only
        else []
    )
    for number, letter in picked:
        kept = {"+": letter.flags | flags, "-": letter.flags - flags}.get(verb[0], flags)
        letter.flags = kept
        if "SILENT" not in verb:
            session.put(f"* {number} FETCH (UID {letter.uid} FLAGS ({' '.join(sorted(kept))}))\r\n".encode())
    session.end(command, "OK STORE completed" if picked else "NO STORE nothing stored")


async def _expunge(session: Session, command: Command) -> None:
    gone = [letter for letter in session.folder.letters if "\\Deleted" in letter.flags] if session.folder else []
    for letter in gone:
        assert session.folder is not None  # noqa: S101  `gone` is empty otherwise
        number = session.folder.letters.index(letter) + 1
        session.folder.expunge(letter.uid)
        session.put(f"* {number} EXPUNGE\r\n".encode())
    session.end(command, f"OK {command.verb} completed")


async def _close(session: Session, command: Command) -> None:
    session.folder = None
    session.end(command, f"OK {command.verb} completed")


async def _append(session: Session, command: Command) -> None:
    folder = _folder(session, command, command.word(0))
    if folder is None:
        return
    flags = {word.decode() for word in command.words[1:-1] if word.startswith(b"\\")}
    uid = folder.add(command.words[-1], session.double.now(), flags)
    session.end(command, f"OK [APPENDUID {folder.validity} {uid}] APPEND completed")


async def _copy(session: Session, command: Command) -> None:
    target = _folder(session, command, command.word(1))
    if target is None:
        return
    if session.folder is None:
        session.end(command, "BAD COPY nothing is open")
        return
    for _, letter in chosen(session.folder.letters, command.word(0), by_uid=command.by_uid):
        target.add(letter.raw, letter.internaldate, letter.flags)
    session.end(command, "OK COPY completed")


async def _create(session: Session, command: Command) -> None:
    name = folder_name(command.word(0))
    if session.account is not None:
        session.account.folders.setdefault(name, Folder(name, validity=3060268))
    session.end(command, "OK CREATE completed")


async def _quota_root(session: Session, command: Command) -> None:
    session.put(b"* QUOTAROOT " + wire_name(folder_name(command.word(0))) + b' ""\r\n')
    if session.double.quota is not None:
        session.put(b'* QUOTA "" (STORAGE %d %d)\r\n' % session.double.quota)
    session.end(command, "OK GETQUOTAROOT completed")


COMMANDS: dict[str, Callable[[Session, Command], Awaitable[None]]] = {
    "CAPABILITY": _capability,
    "NOOP": _noop,
    "CHECK": _noop,
    "SUBSCRIBE": _noop,
    "UNSUBSCRIBE": _noop,
    "LOGOUT": _logout,
    "ID": _id,
    "STARTTLS": _starttls,
    "LOGIN": _login,
    "AUTHENTICATE": _authenticate,
    "SELECT": _select,
    "EXAMINE": _select,
    "STATUS": _status,
    "LIST": _list,
    "LSUB": _list,
    "XLIST": _list,
    "FETCH": _fetch,
    "SEARCH": _search,
    "STORE": _store,
    "EXPUNGE": _expunge,
    "CLOSE": _close,
    "UNSELECT": _close,
    "APPEND": _append,
    "COPY": _copy,
    "CREATE": _create,
    "GETQUOTAROOT": _quota_root,
}
