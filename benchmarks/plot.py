"""The plot of docs/performance.md: the reference, a verdict, the peers, growth."""

import importlib
import json
from pathlib import Path
from typing import Any

#: Distinct in grey, too: dark, middle, light (from the palette of Okabe and Ito for colour-blind readers).
BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#999999"


def draw(results: Path, target: Path) -> None:
    """Write the SVG, without a date and with fixed ids, so that it changes only if a figure does."""
    matplotlib: Any = importlib.import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {"svg.hashsalt": "nnkata", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False}
    )
    matplotlib.rcParams.update({"axes.spines.right": False, "axes.titlesize": 10, "axes.titlelocation": "left"})
    pyplot: Any = importlib.import_module("matplotlib.pyplot")
    figure, axes = pyplot.subplots(2, 2, figsize=(10, 7.5))
    figure.subplots_adjust(left=0.15, right=0.97, top=0.95, bottom=0.19, wspace=0.55, hspace=0.3)
    load = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in results.glob("*.json")}
    _reference(axes[0][0], load["reference_speed"])
    _peers(axes[0][1], load["peers"])
    _verdict(axes[1][0], load["verdict"])
    _growth(axes[1][1], load["growth"])
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)


def _reference(axis: Any, found: Any) -> None:
    rows = found["contenders"]
    names = sorted(rows, key=lambda name: rows[name]["images_a_second"]["median"])
    colours = [BLUE if name == "reference" else ORANGE if "floor" in name else GREY for name in names]
    _bars(axis, names, [rows[name]["images_a_second"] for name in names], colours)
    axis.set_title("Images per second, one sample per step")


def _peers(axis: Any, found: Any) -> None:
    rows = found["submissions"]["article's code, corrected"]
    names = list(reversed(rows))
    colours = [BLUE if name.startswith("nnkata") else GREY for name in names]
    _bars(axis, names, [rows[name]["seconds"] for name in names], colours)
    axis.set_title("Seconds per submission, article's code")


def _bars(axis: Any, names: list[str], spreads: list[Any], colours: list[str]) -> None:
    medians = [spread["median"] for spread in spreads]
    errors = [[s["median"] - s["q1"] for s in spreads], [s["q3"] - s["median"] for s in spreads]]
    names = [name.rsplit("/", 1)[-1].replace(", typing", ",\ntyping") for name in names]
    axis.barh(names, medians, color=colours, xerr=errors, error_kw={"linewidth": 0.8})
    for row, median in enumerate(medians):
        text = f"{median:,.0f}" if median > 100 else f"{median:.1f}"
        axis.annotate(text, (median, row), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8)
    axis.margins(x=0.2)
    axis.xaxis.set_major_formatter("{x:,.0f}")
    axis.locator_params(axis="x", nbins=4)


def _verdict(axis: Any, found: Any) -> None:
    parts = found["breakdown"]
    left = [0.0] * len(parts)
    names = [name for name in next(iter(parts.values())) if name != "whole"]
    colours = importlib.import_module("matplotlib").colormaps["tab20"].colors
    for colour, name in zip(colours, names, strict=False):
        widths = [parts[label][name]["median"] for label in parts]
        axis.barh(
            [label.replace(", ", ",\n") for label in parts], widths, left=left, color=colour, label=name, height=0.5
        )
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axis.legend(fontsize=7, ncols=2, loc="upper left", bbox_to_anchor=(-0.45, -0.1), frameon=False)
    axis.set_title("The parts of the time of nnkata check")


def _growth(axis: Any, found: Any) -> None:
    for name, colour in (("reference", BLUE), ("floor", ORANGE)):
        row = found["step"][name]
        x = [float(factor) for factor in row["microseconds"]]
        y = [spread["median"] for spread in row["microseconds"].values()]
        label = f"{name}: exponent {row['from_the_articles_widths_up']['exponent']:.2f} from 1 up"
        axis.plot(x, y, "o-", color=colour, label=label)
    axis.set_xscale("log", base=2)
    axis.set_yscale("log")
    axis.set_xticks(x, [f"{factor:g}" for factor in x])
    axis.set_xlabel("widths, times the article's")
    axis.legend(frameon=False, fontsize=8, loc="upper left")
    axis.set_title("Microseconds per training step")
