"""The page that HTML is written onto, line by line, as a reader would see it; used by `markup`."""

from dataclasses import dataclass, field

DEEPEST = 10_000
"""Elements nested deeper are read without their style."""
HISTORY = "\ue000"
"""A private sign: the line on which a client's structure says that history begins."""


@dataclass(slots=True)
class Open:
    """An element that is open."""

    name: str
    quoted: int = 0
    silent: bool = False
    hidden: bool = False
    tiny: bool = False
    pale: bool = False
    red: bool = False
    colour: str = ""
    ground: str = ""
    href: str = ""


@dataclass(slots=True)
class Page:
    """The lines written so far, and what is open."""

    classes: dict[str, str]
    all_of_it: bool
    stack: list[Open] = field(default_factory=lambda: [Open("")])
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    red: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)
    structured: bool = False
    line_quote: int = 0

    def push(self, element: Open) -> None:
        """Open an element."""
        if len(self.stack) < DEEPEST:
            self.stack.append(element)
            self.opened[element.name] = self.opened.get(element.name, 0) + 1

    def pop(self, name: str) -> None:
        """Close the innermost element of a name and what is open in it. Each element is closed once, so all closing is linear."""
        at = next(number for number in range(len(self.stack) - 1, 0, -1) if self.stack[number].name == name)
        for element in self.stack[at:]:
            self.opened[element.name] -= 1
        del self.stack[at:]

    def write(self, text: str) -> None:
        """Add words to the line."""
        top = self.stack[-1]
        if not self.line:
            self.line_quote = top.quoted
        self.line.append(text)
        if top.red:
            self.red.append(text)

    def end_line(self) -> None:
        """Close the line being written; links that stood in it follow it."""
        text = "".join(self.line).replace("\xa0", " ")
        if "pre" not in self.opened or not self.opened["pre"]:
            text = " ".join(text.split(" ")).strip(" ")
        if self.waiting:
            text = f"{text} {' '.join(f'<{href}>' for href in self.waiting)}".strip()
            self.waiting.clear()
        depth = self.line_quote if self.line else self.stack[-1].quoted
        prefix = ">" * min(depth, 20)
        self.lines.append(f"{prefix} {text}" if prefix and text else prefix + text)
        if self.red and self.red[-1] != "\n":
            self.red.append("\n")
        self.line.clear()

    def blank_line(self) -> None:
        """A blank line, if there is none yet."""
        if self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def mark_history(self) -> None:
        """Write the mark of a client that says by its structure that history begins."""
        self.structured = True
        if self.line:
            self.end_line()
        self.lines.append(">" * self.stack[-1].quoted + HISTORY)

    def text(self) -> str:
        """All lines, runs of blank ones made one."""
        lines: list[str] = []
        for line in self.lines:
            if line or (lines and lines[-1]):
                lines.append(line)
        return "\n".join(lines).strip("\n ")
