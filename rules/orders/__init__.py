"""What each order does: the book's order key -> a function of order, desk, question and warrant."""

from collections.abc import Callable

from rules.decision import Decision, Warrant
from rules.desk import Desk, OpenQuestion
from rules.orders import assignments, cases, course, extending, letters, material, people, recording, results, shielding
from rules.replies.orders import Order

Obeyed = Callable[[Order, Desk, OpenQuestion | None, Warrant], Decision]

VERBS: dict[str, Obeyed] = {
    "hide": shielding.hide,
    "unhide": shielding.unhide,
    "standard-answer": shielding.standard_answer,
    "disclose": shielding.disclose,
    "see": shielding.see,
    "release": material.release,
    "not-release": material.not_release,
    "tell-units": material.tell_units,
    "forward": assignments.forward,
    "reassign": assignments.reassign,
    "sent-back": assignments.reassign_or_wait,
    "accept": assignments.accept,
    "supplement": cases.supplement,
    "refuse": cases.refuse,
    "hand-over": cases.hand_over,
    "withdraw": cases.withdraw,
    "answer": cases.answer,
    "approve-result": results.approve,
    "approve-text": results.approve_text,
    "copied": results.enter_copy,
    "redo": results.redo,
    "close": results.close,
    "extend": extending.extend,
    "not-extend": extending.not_extend,
    "sign": results.sign,
    "progress": results.progress,
    "assign": assignments.assign_by,
    "key-supervision": assignments.key_supervision,
    "direct": assignments.direct,
    "suspend": course.suspend,
    "resume": course.go_on,
    "merge": course.merge,
    "file": course.file_it,
    "expose": recording.expose,
    "unexpose": recording.unexpose,
    "circular": recording.circular,
    "rectify": recording.rectify,
    "rectified": recording.rectified,
    "check": recording.check,
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
