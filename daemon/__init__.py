"""The daemon acts: the only room that touches mailboxes, SMTP, the clock, files and the command line."""
