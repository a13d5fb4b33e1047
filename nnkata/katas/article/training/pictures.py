"""The weights of a network as PNG pictures on white, in colour-blind-safe colours (Okabe and Ito)."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps, font_manager, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray
from PIL import Image

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.training.learning import Epoch
from nnkata.katas.mnist.dataset import CLASSES, SIDE
from nnkata.language import _, current, later

BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
#: Dots for an inch: sharp on a screen with two pixels for one.
DPI = 160
#: The most digits and units of the first layer shown, and the number of columns.
MISTAKES, UNITS, COLUMNS = 24, 128, 16
#: Fonts with Chinese letters, as systems bring them.
CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "Noto Sans CJK JP",
)
STYLE = {
    "axes.edgecolor": "#5a6270",
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9.0,
    "grid.color": "#d9dde3",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
}


def curves(own: Sequence[Epoch], reference: Sequence[Epoch]) -> bytes:
    """Loss and accuracy by epoch, of training and validation, with the reference beside them."""

    def draw(figure: Figure) -> None:
        loss, accuracy = figure.subplots(1, 2)
        who = ((own, word(later("this network")), BLUE, "o"), (reference, word(later("reference")), VERMILLION, "s"))
        for history, name, colour, marker in who:
            for part, line in (("validation", "-"), ("train", ":")):
                scores = [getattr(epoch, part) for epoch in history]
                kind = later("validation") if part == "validation" else later("training")
                label = f"{name}, {word(kind)}"
                look = {"color": colour, "linestyle": line, "marker": marker if line == "-" else "", "markersize": 3.5}
                loss.plot([score.loss for score in scores], label=label, **look)
                accuracy.plot([100 * score.accuracy for score in scores], label=label, **look)
        loss.set_yscale("log")
        loss.yaxis.set_major_formatter(lambda value, _position: f"{value:g}")
        loss.yaxis.set_minor_formatter(lambda value, _position: f"{value:g}" if f"{value:.0e}"[0] in "25" else "")
        accuracy.yaxis.set_major_formatter(lambda value, _position: _percent(value))
        loss.set_title(word(later("loss (cross-entropy)")))
        accuracy.set_title(word(later("accuracy")))
        lowest = min(epoch.validation.accuracy for epoch in [*own[1:], *reference[1:]])
        accuracy.set_ylim(100 * lowest - 3, 100.5)  # chance, before the first epoch, would compress the rest
        figure.legend(*loss.get_legend_handles_labels(), loc="outside lower center", ncols=4)
        _by_epoch(loss, accuracy)

    return _png(draw, 8.0, 3.4)


def gradient_sizes(own: Sequence[Epoch], reference: Sequence[Epoch]) -> bytes:
    """The size of a gradient's elements by epoch, one line per layer."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        for key, colour, marker in zip(WEIGHTS, (BLUE, VERMILLION, GREEN), "o^s", strict=True):
            mine, other = ([epoch.gradients[key] for epoch in history] for history in (own, reference))
            axes.plot(mine, color=colour, marker=marker, markersize=3.5, label=key)
            axes.plot(
                other, color=colour, linestyle="--", linewidth=1, label=", ".join((key, word(later("reference"))))
            )
        axes.set_yscale("log")
        axes.set_title(word(later("size of the gradient (root mean square)")))
        figure.legend(*axes.get_legend_handles_labels(), loc="outside right center")
        _by_epoch(axes)

    return _png(draw, 8.0, 2.8)


def confusion(digits: NDArray[Any], read: NDArray[Any]) -> bytes:
    """How often each digit was read as each: one row per true digit, one column per answer."""
    counts = np.zeros((CLASSES, CLASSES), np.int64)
    np.add.at(counts, (digits, read), 1)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1)  # the root, so that a single mistake is visible
        for row, column in np.argwhere(counts):
            dark = np.sqrt(shares[row, column]) > 0.6
            text = str(counts[row, column])
            axes.text(column, row, text, ha="center", va="center", color="white" if dark else "black", fontsize=8)
        axes.set_xticks(range(CLASSES))
        axes.set_yticks(range(CLASSES))
        axes.set_xlabel(word(later("read as")))
        axes.set_ylabel(word(later("is")))
        axes.grid(False)

    return _png(draw, 4.6, 4.4)


def surest_mistakes(digits: NDArray[Any], outputs: Array) -> NDArray[Any]:
    """Where outputs (n, 10) are wrong about the digits (n,): indices, the surest first, MISTAKES at most."""
    read = outputs.argmax(axis=1)
    wrong = np.flatnonzero(read != digits)
    return wrong[np.argsort(-outputs[wrong, read[wrong]], kind="stable")][:MISTAKES]


def mistakes(images: NDArray[Any], digits: NDArray[Any], outputs: Array) -> bytes:
    """Images (n, 784) that were read wrongly, each with its digit, the answer, and its probability."""

    def draw(figure: Figure) -> None:
        across = 8
        grid = figure.subplots(-(-len(images) // across), across, squeeze=False)
        for axes in grid.flat:
            axes.axis("off")
        for axes, image, digit, output in zip(grid.flat, images, digits, outputs, strict=False):
            axes.imshow(image.reshape(SIDE, SIDE), cmap="gray_r", vmin=0, vmax=1)
            axes.set_title(f"{digit} → {output.argmax()}  {_percent(100 * output.max(), '.1f')}", fontsize=8, pad=3)

    return _png(draw, 8.0, 1.2 * -(-len(images) // 8))


def first_layer(weights: NDArray[Any]) -> bytes:
    """The rows of a matrix (128, 784), W1 or a change of it, each as an image of 28×28 pixels, on one scale."""
    rows = -(-min(len(weights), UNITS) // COLUMNS)
    sheet = np.full((rows * (SIDE + 1) - 1, COLUMNS * (SIDE + 1) - 1), np.nan)
    for number, row in enumerate(weights[:UNITS]):
        top, left = (SIDE + 1) * (number // COLUMNS), (SIDE + 1) * (number % COLUMNS)
        sheet[top : top + SIDE, left : left + SIDE] = row.reshape(SIDE, SIDE)
    most = float(np.nanpercentile(np.abs(sheet), 99.5)) or 1.0  # a few outliers would leave the rest pale

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        colours = colormaps["PuOr_r"].with_extremes(bad="#9aa2ae")  # the lines between
        shown = axes.imshow(sheet, cmap=colours, vmin=-most, vmax=most, interpolation="nearest")
        axes.axis("off")
        figure.colorbar(shown, ax=axes, shrink=0.9, pad=0.01, extend="both")

    return _png(draw, 8.0, 3.9)


def _percent(number: float, form: str = ".3g") -> str:
    return word(later("{number} %")).format(number=f"{number:{form}}")


def word(text: str) -> str:
    """A marked text in the current language, if a font has its letters; else in English."""
    return _(text) if current() == "en" or _chinese() else text


def _chinese() -> list[str]:
    there = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in CHINESE if name in there][:1]


def _by_epoch(*several: Axes) -> None:
    for axes in several:
        axes.set_xlabel(word(later("epoch")))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def _png(draw: Callable[[Figure], None], width: float, height: float) -> bytes:
    """A canvas of that width and height in inches, independent of the user's configuration."""
    fonts = {"font.family": ["DejaVu Sans", *(_chinese() if current() != "en" else [])]}
    with style.context(["default", STYLE | fonts]):
        figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        draw(figure)
        drawn, content = io.BytesIO(), io.BytesIO()
        figure.savefig(drawn, format="png", pil_kwargs={"compress_level": 0})  # it is read at once
    colours = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)  # half of the bytes
    colours.save(content, format="png", optimize=True)
    return content.getvalue()
