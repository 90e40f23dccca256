"""A letter of ours as anybody's program shows it: decoded by the standard library alone, not by our own reader."""

from email import message_from_bytes
from email.header import decode_header, make_header


def decoded(value: object) -> str:
    return str(make_header(decode_header(str(value))))


def whole_text(raw: bytes) -> str:
    """Every header and every text of the letter."""
    message = message_from_bytes(raw)
    texts = [decoded(value) for value in message.values()]
    for part in message.walk():
        if not part.is_multipart():
            data = part.get_payload(decode=True)
            texts.append(
                data.decode(part.get_content_charset() or "utf-8", "replace") if isinstance(data, bytes) else ""
            )
    return "\n".join(texts)
