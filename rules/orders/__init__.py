"""What each order does: the book's order key -> a function of order, desk, question and warrant."""

from collections.abc import Callable

from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.orders import cases, letters, people, results, shielding
from rules.replies.orders import Order

Obeyed = Callable[[Order, Desk, OpenQuestion | None, Warrant], Decision]

VERBS: dict[str, Obeyed] = {
    "hide": shielding.hide,
    "unhide": shielding.unhide,
    "standard-answer": shielding.standard_answer,
    "disclose": shielding.disclose,
    "see": shielding.see,
    "forward": cases.forward,
    "reassign": cases.reassign,
    "sent-back": cases.reassign_or_wait,
    "accept": cases.accept,
    "supplement": cases.supplement,
    "refuse": cases.refuse,
    "hand-over": cases.hand_over,
    "withdraw": cases.withdraw,
    "answer": cases.answer,
    "approve-result": results.approve,
    "redo": results.redo,
    "close": results.close,
    "extend": results.extend,
    "sign": results.sign,
    "progress": results.progress,
    "open": letters.open_case,
    "join": letters.join,
    "machine": letters.machine,
    "reread": letters.reread,
    "hold": letters.hold,
    "settle": letters.settle,
    "send": letters.send_again,
    "directory": letters.directory,
    "consent": letters.hold,
    "absent": people.absent,
    "done": people.task_done,
    "back": people.back,
    "recuse": people.recuse,
}
