"""The shield (保密盾): what identifies a complainant, its removal from a text, and the guard over what leaves the house (A22–A41).

identities = find_identities(subject, text, from_name, from_addr, attachment_names)
redaction = redact(subject, text, identities)      # .subject and .text are Redacted: the only words a unit's letter may hold
hits = guard(raw, identities)                      # over the finished MIME bytes; () means it may leave
"""

from rules.shield.consent import consent
from rules.shield.guard import guard, guard_text
from rules.shield.identities import find_identities
from rules.shield.redact import redact
from rules.shield.values import Consent, Hit, Identity, Mark, Redacted, Redaction

__all__ = [
    "Consent",
    "Hit",
    "Identity",
    "Mark",
    "Redacted",
    "Redaction",
    "consent",
    "find_identities",
    "guard",
    "guard_text",
    "redact",
]
