"""Old Word files as LibreOffice writes them, for tests marked `debian`."""

import os
import shutil
import subprocess
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

import docx


def a_doc(path: Path, rows: str) -> Path:
    """The table as a .doc; a paragraph behind it, or LibreOffice loses the table when it reads its own file."""
    cells = [line.split("|") for line in rows.strip().splitlines()]
    document = docx.Document()
    table = document.add_table(len(cells), len(cells[0]), style="Table Grid")
    for line, row in zip(cells, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    document.add_paragraph("填表日期：2017年4月20日")
    source = path.with_suffix(".docx")
    document.save(str(source))
    subprocess.run(
        [
            *(shutil.which("soffice") or "soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(path.parent), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    source.unlink()
    return path


def own_reader_fails(data: bytes) -> bytes:
    """The file with a wrong mark of byte order: ours refuse it as broken, LibreOffice does not look."""
    return data[:28] + bytes([data[28] ^ 0xFF]) + data[29:]


@contextmanager
def without(environment: MutableMapping[str, str]) -> Iterator[None]:
    """A path on which no program stands."""
    path = environment["PATH"]
    environment["PATH"] = os.devnull
    try:
        yield
    finally:
        environment["PATH"] = path
