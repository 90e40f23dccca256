"""An SMTP server that takes letters and puts them into the IMAP double's mailboxes; with `coremail=True` in 163's manner.

163's manners (domain §7.3): envelope sender and header From must be the account (553), the answer to DATA is
`250 Mail OK queued as smtp11,<id> <epoch>`, what an account sends is copied into its Sent folder.

Faults, by stage CONNECT EHLO STARTTLS AUTH MAIL RCPT DATA BODY DOT QUIT, `who` = sender at MAIL, recipient from RCPT on:

    answer              says `text` instead (bytes as they are); a 421 also ends the connection
    slow                waits `seconds`, then goes on
    cut                 the connection is reset; at BODY after `count` bytes; at DOT before anything is stored
    cut-after-store     DOT only: stored and delivered, the answer never comes
    answer-after-store  DOT only: stored and delivered, says `text`
    hide                EHLO does not offer STARTTLS, AUTH

LIMITS: letters up to 48 MB; no PIPELINING, CHUNKING, DSN.
"""

import asyncio
import ssl

from daemon.demo.double import Double
from daemon.demo.post import Post
from daemon.demo.smtp_session import Session


class SmtpDouble(Double):
    """The server: listens, counts, keeps the log of commands (`commands`, AUTH masked) and the script of faults.

    `size_limit` is what EHLO offers as SIZE; `smtputf8` offers SMTPUTF8; `line_limit` refuses longer lines of a letter with 500.
    """

    longest_line = 48 << 20

    def __init__(
        self, post: Post, accounts: dict[str, str], tls: ssl.SSLContext | None = None, *, starttls: bool = False
    ) -> None:
        super().__init__(tls, starttls=starttls)
        self.post, self.accounts, self.coremail = post, accounts, post.store.coremail
        self.smtputf8 = False
        self.size_limit = 40 << 20
        self.line_limit = 1000

    def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Session:
        """One connection."""
        return Session(self, reader, writer)
