"""Judging: what kind of letter, about what, about whom, who handles it, and why; pure, fast, the same every time.

judge(Matter(subject="…", own_words="…"), book) -> Judgement
"""

from rules.judging.judge import as_json, judge
from rules.judging.matter import (
    Confidence,
    Finding,
    Judgement,
    Matter,
    Named,
    Query,
    Quest,
    Routed,
)
from rules.policy.matters import Kind, Mode, Verdict

__all__ = [
    "Confidence",
    "Finding",
    "Judgement",
    "Kind",
    "Matter",
    "Mode",
    "Named",
    "Query",
    "Quest",
    "Routed",
    "Verdict",
    "as_json",
    "judge",
]
