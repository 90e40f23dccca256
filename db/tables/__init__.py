"""Every table of the office. Times are ISO text in UTC, days ISO text, bodies JSON text. Rows are plain, meaning is above."""

from db.tables.cases import cases, contacts, drafts, filings, identities, identity_readings, parties
from db.tables.columns import meta
from db.tables.letters import blobs, folders, letters, readings, sightings, withheld
from db.tables.office import keys, ledger, numbers, office, texts
from db.tables.outbox import codes, orders, outbox, papers, questions

__all__ = [
    "blobs",
    "cases",
    "codes",
    "contacts",
    "drafts",
    "filings",
    "folders",
    "identities",
    "identity_readings",
    "keys",
    "ledger",
    "letters",
    "meta",
    "numbers",
    "office",
    "orders",
    "outbox",
    "papers",
    "parties",
    "questions",
    "readings",
    "sightings",
    "texts",
    "withheld",
]
