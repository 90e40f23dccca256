"""The same work without our code: batched fetch, one mail-parser parse, as many durable commits, two letters out on a kept connection."""

import smtplib
import sqlite3
import time
from pathlib import Path

import imapclient
import mailparser

from daemon.bench.post_office import PostOffice
from daemon.demo.cast import COMPLAINT, accounts

BATCH = 50
COMMITS = 6
"""A letter's way has as many: tries, decision, and for each of two letters sending and outcome; the fetch commits once a batch."""
OUT = (
    b"From: tousu@huiyin.example\r\nTo: b@bench.example\r\nSubject: receipt\r\nMIME-Version: 1.0\r\n\r\n"
    + b"x" * 60
    + b"\r\n"
)
BODY = OUT + (b"y" * 70 + b"\r\n") * 45


def plumbing(office: PostOffice, uids: list[int], folder: Path) -> float:
    """Seconds for these letters of the complaint mailbox: fetch, parse, keep, commit, send two for each."""
    database = sqlite3.connect(folder / "plumbing.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE letters (uid INTEGER PRIMARY KEY, raw BLOB, state TEXT)")
    began = time.perf_counter()
    client = imapclient.IMAPClient("127.0.0.1", port=office.imap_port, ssl=False)
    client.login(COMPLAINT, accounts()[COMPLAINT])
    client.id_({"name": "bench"})
    client.select_folder("INBOX", readonly=True)
    sender = smtplib.SMTP("127.0.0.1", office.smtp_port)
    sender.login(COMPLAINT, accounts()[COMPLAINT])
    for start in range(0, len(uids), BATCH):
        _batch(client.fetch(uids[start : start + BATCH], ["BODY.PEEK[]"]), database, sender)
    sender.quit()
    client.logout()
    spent = time.perf_counter() - began
    database.close()
    return spent


def _batch(fetched: dict[int, dict[bytes, bytes]], database: sqlite3.Connection, sender: smtplib.SMTP) -> None:
    database.execute("BEGIN IMMEDIATE")
    for uid, answer in fetched.items():
        database.execute("INSERT OR REPLACE INTO letters VALUES (?, ?, 'kept')", (uid, answer[b"BODY[]"]))
    database.execute("COMMIT")
    for uid, answer in fetched.items():
        parsed = mailparser.parse_from_bytes(answer[b"BODY[]"])
        if parsed.from_ is None:
            raise ValueError("a letter without From")
        for commit in range(COMMITS):
            database.execute("UPDATE letters SET state = ? WHERE uid = ?", (f"state {commit}", uid))
        for _letter in range(2):
            sender.sendmail(COMPLAINT, [COMPLAINT], BODY)
