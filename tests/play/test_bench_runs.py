"""The bench's office does the whole of its work: what it times is a receipt and a forward for every letter."""

from pathlib import Path

import ground
import pytest

from daemon.bench.post_office import PostOffice
from daemon.bench.whole import MORNING, whole_way


@pytest.mark.on_sqlite("the bench makes its database itself, and `ground` knows none that is still empty")
def test_every_letter_of_the_bench_gets_its_receipt_and_its_forward(tmp_path: Path):
    with PostOffice(MORNING) as servers:
        found = whole_way(servers, ground.url(tmp_path / "office.db"), 3, stored=5)

    assert (found.letters, found.sent) == (3, 6)
