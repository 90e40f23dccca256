"""The receiving side of a socket with two limits: no byte for `idle` seconds, and a deadline for the whole answer (F42, F69)."""

import io
import socket
from time import monotonic
from typing import Any


class Inflow(io.RawIOBase):
    """Raises TimeoutError when nothing comes for `idle` seconds, or when `deadline` (of the steady clock) has passed."""

    def __init__(self, sock: socket.socket, idle: float, total: float) -> None:
        super().__init__()
        self.sock, self.idle = sock, idle
        self.deadline = monotonic() + total

    def within(self, total: float) -> None:
        """A new answer is awaited: this long at most."""
        self.deadline = monotonic() + total

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, waiting within the limits."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError("total time limit")
        self.sock.settimeout(min(self.idle, left))
        return self.sock.recv_into(buffer)
