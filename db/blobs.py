"""原件: bytes under their hash, once."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, insert, select

from db import tables as t

_BLOB = insert(t.blobs)
_KEPT_BLOBS = select(t.blobs.c.sha256).where(t.blobs.c.sha256.in_(bindparam("digests", expanding=True)))


def keep_blobs(cx: Connection, blobs: Mapping[str, bytes]) -> None:
    """Several, each under its hash."""
    there = set(cx.execute(_KEPT_BLOBS, {"digests": list(blobs)}).scalars())
    rows = [{"sha256": digest, "size": len(raw), "bytes": raw} for digest, raw in blobs.items() if digest not in there]
    if rows:
        cx.execute(_BLOB, rows)


def keep_blob(cx: Connection, digest: str, raw: bytes) -> None:
    """Bytes under their hash, once."""
    keep_blobs(cx, {digest: raw})


def bytes_of(cx: Connection, digest: str) -> bytes:
    """The one way to a letter's or paper's bytes. Raises KeyError where they were never kept or are erased."""
    raw = cx.execute(_BYTES, {"sha256": digest}).scalar()
    if raw is None:
        raise KeyError(digest)
    return bytes(raw)


_BYTES = select(t.blobs.c.bytes).where(t.blobs.c.sha256 == bindparam("sha256"))
