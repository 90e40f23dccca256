"""A password that cannot be printed by accident: only `reveal()` gives it out (A75, QUIET).

    code = Secret("…")
    print(code, [code], f"{code}")      # *** each time

Every Secret is made known to the log, which strikes it from whatever it is asked to write.
LIMITS: memory and core files are not covered; a caller who reveals it is responsible for what follows.
"""

from typing import NoReturn

from daemon.logs import register


class Secret:
    """A password or authorisation code (授权码)."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        register(value)

    def reveal(self) -> str:
        """The password itself, for the login command alone."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written down")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(("secret", self._value))
