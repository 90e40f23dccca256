"""The database remembers: tables, ledger, outbox and the questions asked of them, in the office's words."""
