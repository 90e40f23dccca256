"""A story takes its database and its mail host from `ground` and `seeds`: else it would be told on SQLite and the double alone, and nobody would know."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOMS = ("contacts", "doors", "judging", "learning", "office", "play", "record", "shield", "stories", "time")
OF_ITS_OWN = re.compile(r"sqlite:///|\bMailHost\(|\b(?:set_stage|found_office)\(|\bsqlite3\b")
ON_PURPOSE = {
    "stories/test_process.py": "a file that is no database of ours",
    "stories/test_story_on_real_servers.py": "Dovecot and Postfix on SQLite, as a small office has them",
}


def test_no_story_makes_its_office_past_the_ground_but_on_purpose():
    files = [path for room in ROOMS for path in (TESTS / room).glob("*.py")]
    found = {str(path.relative_to(TESTS)) for path in files if OF_ITS_OWN.search(path.read_text("utf-8"))}

    assert found == set(ON_PURPOSE)
