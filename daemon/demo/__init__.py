"""Mail servers to try the office on: an IMAP and an SMTP double that stand in for 163, used by the demo, the tests and the bench."""
