"""A letter (来件) as the daemon reads it: one frozen value made from the bytes alone, the same every time.

LIMITS: nothing here is proof of who wrote. `from_addr` is what the header says; `auth` is what the receiving server said.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attachment:
    """One part of a letter that is not its text. `name` is the sender's (decoded, None where there is none), `safe_name` ours."""

    name: str | None
    safe_name: str
    type: str
    """Media type sniffed from the bytes, not the sender's word."""
    size: int
    sha256: str
    inline: bool = False
    notes: tuple[str, ...] = ()
    """What is odd about it, in words of a closed list: encrypted, macro, empty, wrong-type, tnef, letter, truncated, link."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A reply code (回信码) and where it stood: subject, own (newly written words), quoted (history). Other places never count."""

    code: str
    where: str
    reference: str = ""
    """The reference in the same bracket, canonical, where there was one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What can be read out of the bytes of one letter. Empty string = the letter does not say; never None for text."""

    sha256: str
    size: int
    from_addr: str = ""
    """The one address of From, lower case domain, '' where there is no usable one."""
    from_name: str = ""
    from_trouble: str = ""
    """Why From cannot be used: '', none, several, conflict (two readings with different addresses, A11), syntax."""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str = ""
    date_utc: str | None = None
    """The sender's word, ISO with Z; never used for a clock."""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    """All readable text, history included, free of zero-width signs."""
    own_words: str = ""
    """What this sender newly wrote: no quoted history, no signature."""
    quoted: str = ""
    """The quoted history that was cut away."""
    forwarded: str = ""
    """The text of a forwarded letter: content, not history, and not the sender's own words."""
    signature: str = ""
    hidden: str = ""
    """Text a reader of the HTML would not see (display:none, white on white): counts for nothing, shown marked."""
    with_hidden: str = ""
    """The text with the hidden words in their places, where there are any: for showing only, no rule looks at it."""
    contradicts: bool = False
    """Plain text and HTML say different things (L18)."""
    machine: str | None = None
    """None = a person. vacation, bounce, receipt, list, spam, auto."""
    machine_hint: str | None = None
    machine_why: str = ""
    bounced_addr: str = ""
    bounce_reason: str = ""
    bounce_kind: str = ""
    """failed, delayed, relayed, '' (not a bounce or not told)."""
    bounced_message_id: str = ""
    """Message-ID of the letter that came back, where the bounce names it."""
    numbers: tuple[str, ...] = ()
    """References (HY2017-00012-K7) and register numbers (桓营诉〔2017〕12号), canonical, in order of appearance."""
    mistyped: tuple[str, ...] = ()
    """References whose check characters do not fit: never another case."""
    codes: tuple[FoundCode, ...] = ()
    auth: str = "none"
    """pass, fail or none, of the topmost Authentication-Results of the receiving server the book names."""
    auth_line: str = ""
    attachments: tuple[Attachment, ...] = ()
    links: tuple[str, ...] = ()
    """Links to big attachments left with a provider (超大附件, 云附件): never fetched."""
    charset_notes: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    """In the clerk's words."""
    limits: tuple[str, ...] = ()
    """Names of the reading limits that were reached; the bytes are kept whole all the same."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Selected headers as read: auto-submitted, list-id, precedence, x-huiyin…"""

    @property
    def text_key(self) -> str:
        """What two copies of one letter share though their bytes differ (F62): sender and folded text are compared with it."""
        return "".join(self.text.split())
