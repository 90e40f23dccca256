"""`python -m daemon.record.draw`: charts as JSON in, one base64 line a PNG out. Imports nothing of the house, so that it starts fast.

[[title, axis, side, [[label, value], …]], …]; ends with NO_FONT where no installed face has Chinese.
"""

import base64
import io
import json
import sys

FONTS = (
    "Noto Sans CJK SC",
    "Noto Serif CJK SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "SimSun",
    "SimHei",
    "Microsoft YaHei",
    "Songti SC",
)
"""Faces that have Chinese, as matplotlib names them; the first that is installed is used."""
NO_FONT = 3


def main() -> int:
    """Read charts as JSON, write one base64 line a picture."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import font_manager

    there = {face.name for face in font_manager.fontManager.ttflist}
    font = next((name for name in FONTS if name in there), "")
    if not font:
        return NO_FONT
    mpl.rcParams.update({"font.family": [font], "axes.unicode_minus": False})
    for title, axis, side, bars in json.load(sys.stdin):
        sys.stdout.write(base64.b64encode(_drawn(title, axis, side, bars)).decode() + "\n")
    return 0


def _drawn(title: str, axis: str, side: str, bars: list[tuple[str, int]]) -> bytes:
    """Bars of one grey with dark edges and their number at the end: a grey printer loses nothing."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7.2, 1.6 + 0.34 * len(bars)), dpi=150, layout="constrained")
    plot = figure.subplots()
    names, values = [name for name, _ in bars], [value for _, value in bars]
    drawn = plot.barh(range(len(bars)), values, color="#b0b0b0", edgecolor="black", linewidth=0.8, height=0.66)
    plot.set_yticks(range(len(bars)), names)
    plot.invert_yaxis()
    plot.bar_label(drawn, padding=3)
    widest = max([*values, 1])
    plot.set_xlim(0, widest * 1.12)
    plot.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    plot.set_xlabel(axis)
    plot.set_ylabel(side)
    plot.set_title(title)
    for edge in ("top", "right"):
        plot.spines[edge].set_visible(False)
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


if __name__ == "__main__":
    sys.exit(main())
