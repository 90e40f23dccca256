"""The life of a case drawn from its table: a Mermaid picture and the tables behind it, in the book's words, for docs/案件流程.md."""

from collections.abc import Iterator

from rules.life import ANSWERS, FLAGS, LIFE, STANDING, Standing, State
from rules.policy import Book
from rules.wording import wording

say = wording("daemon.drawing")


def page(book: Book) -> str:
    """The whole page as Markdown; the same for the same table and book."""
    parts = (
        f"# {say('title')}",
        say("made"),
        f"## {say('picture')}",
        "\n".join(("```mermaid", *picture(book), "```")),
        f"## {say('states')}",
        "\n".join((say("states-head"), *(_state(book, state, standing) for state, standing in STANDING.items()))),
        say("archive", days=book.clocks["archive"].days),
        f"## {say('moves')}",
        say("moves-told"),
        "\n".join((say("moves-head"), *_moves(book))),
        f"## {say('modes')}",
        "\n".join(
            (say("modes-head"), *(f"| {book.label('mode', mode)} | {say(who)} |" for mode, who in ANSWERS.items()))
        ),
        f"## {say('flags')}",
        say("flags-told"),
        "、".join(book.label("flag", flag) for flag in FLAGS) + "。",
    )
    return "\n\n".join(parts) + "\n"


def picture(book: Book) -> Iterator[str]:
    """The lines of a Mermaid state diagram; moves that lead nowhere else stand in the table alone."""
    yield "stateDiagram-v2"
    for state in State:
        yield f'    state "{book.label("state", state.value)}" as {_name(state)}'
    yield f"    [*] --> {_name(State.REGISTERED)}"
    for (state, event), move in LIFE.items():
        if state is not move.to:
            yield f"    {_name(state)} --> {_name(move.to)}: {say(f'because-{event}')}"
    for state, standing in STANDING.items():
        if standing.ended:
            yield f"    {_name(state)} --> [*]"


def _name(state: State) -> str:
    return state.name.lower()


def _state(book: Book, state: State, standing: Standing) -> str:
    clock = book.clocks[standing.clock].label if standing.clock else say("ends")
    owner = book.roles[standing.owner].label if standing.owner else ""
    letters = "、".join(book.label("letter", letter) for letter in standing.letters)
    return f"| {book.label('state', state.value)} | {clock} | {owner} | {letters} |"


def _moves(book: Book) -> Iterator[str]:
    for (state, event), move in LIFE.items():
        warrants = "、".join(say(f"warrant-{warrant.value}") for warrant in sorted(move.warrants))
        only = book.roles[move.role].label if move.role else ""
        here, there = (book.label("state", one.value) for one in (state, move.to))
        yield f"| {here} | {there} | {say(f'because-{event}')} | {warrants} | {only} |"
