"""Judging: what kind of letter, about what, about whom, who handles it, and why; pure, fast, the same every time.

    judge(Matter(subject="…", own_words="…"), book) -> Judgement
"""
