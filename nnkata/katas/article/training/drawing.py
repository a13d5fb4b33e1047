"""A drawing of a digit, prepared like MNIST's images.

Those were scaled to fit a box of 20×20 pixels, keeping their proportions, grey where the edge of a stroke covers a part
of a pixel, and laid into 28×28 pixels with their centre of mass in the middle (LeCun, Cortes and Burges, "The MNIST
database of handwritten digits"). Strokes are light, and everything else is 0.
"""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnkata.katas.mnist.dataset import SIDE
from nnkata.language import _, reason

Grey = NDArray[np.float64]

BOX = 20
#: The most pixels of a picture: a camera of 24 megapixels; as RGBA it takes 100 MB.
MOST_PIXELS = 25_000_000
#: A larger picture is first reduced by a whole factor, to at most this many pixels per side.
ENOUGH = 1_000
#: The least difference between ink and paper, of 255 grey levels: below it there is nothing that a person would see.
CONTRAST = 16
#: The share of the darkest ink below which a pixel counts as paper: the noise of a scan and of compression.
NOISE = 0.2
#: Widths of strokes in the box of 20 pixels. In 300 bundled images nine in ten are 2.0 to 4.1 wide, the median is 2.7.
#: A digit drawn with a thinner pen than THIN gets strokes of about PEN. With the strokes of these images thinned to a
#: median of 1.3, 83 % were recognised as they were and 95 % with such strokes; at a median of 0.9, 66 % and 87 %.
THIN, PEN = 1.6, 2.2


class DrawingError(Exception):
    """A picture that cannot be read as a digit; the text has the reason and the remedy."""


def read(path: Path) -> NDArray[np.float32]:
    """The PNG at that path as a network takes it: (784,) float32 in [0, 1], light strokes on 0.

    Dark strokes on light paper are inverted; transparent pixels are paper.

    Raises:
        DrawingError: it cannot be read, is no PNG or damaged, is larger than MOST_PIXELS, or nothing is drawn on it.
    """
    return normalised(strokes(*_levels(path))).reshape(-1)


def _levels(path: Path) -> tuple[Grey, Grey]:
    """Grey levels and opacity, each from 0 to 255."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter
            with Image.open(path, formats=["PNG"]) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise DrawingError(
                        _("{path} has {width}×{height} pixels, more than {most:,}; make it smaller").format(
                            path=path, width=width, height=height, most=MOST_PIXELS
                        )
                    )
                deep = image.mode.startswith("I")  # 16 bits a pixel
                shallow = Image.fromarray((np.asarray(image) // 257).astype(np.uint8)) if deep else image
                small = shallow.convert("RGBA").convert("LA").reduce(-(-max(width, height) // ENOUGH))
                grey_alpha = np.asarray(small, np.float64)
                return grey_alpha[..., 0], grey_alpha[..., 1]
    except Image.DecompressionBombError:
        raise DrawingError(
            _("{path} has more than {most:,} pixels; make it smaller").format(path=path, most=MOST_PIXELS)
        ) from None
    except DrawingError:
        raise
    except OSError as error:
        if error.strerror:
            raise DrawingError(
                _("{path} cannot be read: {strerror}").format(path=path, strerror=reason(error))
            ) from None
        raise _damaged(path) from None
    except Exception:  # Pillow's readers raise any error that damage leads to: SyntaxError, ValueError, struct.error, …
        raise _damaged(path) from None


def _damaged(path: Path) -> DrawingError:
    return DrawingError(_("{path} is not a PNG, or a damaged one; save the drawing as PNG anew").format(path=path))


def strokes(grey: Grey, opacity: Grey) -> Grey:
    """The ink per pixel in [0, 1], 0 on the paper, from grey levels and opacity (rows, columns), 0 to 255.

    Raises:
        DrawingError: all of it looks alike.
    """
    grey, paper = _on_paper(grey, opacity / 255)
    apart = np.abs(grey - paper)
    below, above = max(0.0, paper - grey.min()), max(0.0, grey.max() - paper)
    ink = np.where((grey < paper) == (below > above), apart, 0.0)
    if ink.max() < CONTRAST:
        raise DrawingError(_("nothing is drawn there: all of the picture looks alike; draw a digit, dark on light"))
    ink /= ink.max()
    return np.where(ink < NOISE, 0.0, ink)


def _on_paper(grey: Grey, opacity: Grey) -> tuple[Grey, float]:
    """The picture on an opaque ground, and the lightness of its paper.

    Where there is no transparency, the edge of the picture mostly shows the paper. Ink of one colour on nothing
    is laid on its opposite. A picture with paper of its own, cut out, is laid on more of that paper.
    """
    solid = grey[opacity > 0.5]
    if not solid.size:  # nothing is visible, for any hidden colours
        return np.zeros_like(grey), 0.0
    if opacity.min() > 0.5:
        edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
        return grey, float(np.median(edge))
    low, high = np.percentile(solid, [2, 98])
    paper = float(np.median(solid)) if high - low > 255 / 4 else 255.0 * (low + high < 255)
    return opacity * grey + (1 - opacity) * paper, paper


def normalised(ink: Grey) -> NDArray[np.float32]:
    """Ink of any size, in [0, 1] and not 0 everywhere, as (28, 28) float32 in [0, 1]: in the box, centred by mass."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    digit = _thickened(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    scale = BOX / max(digit.shape)
    height, width = (max(1, round(side * scale)) for side in digit.shape)
    small: Any = Image.fromarray(digit.astype(np.float32)).resize((width, height), Image.Resampling.HAMMING)
    small = np.clip(np.asarray(small, np.float64), 0.0, None)
    small /= small.max()
    centred = np.zeros((SIDE, SIDE), np.float32)
    top, left = (_start(small.sum(axis=1 - axis)) for axis in (0, 1))
    centred[top : top + height, left : left + width] = small
    return centred


def _thickened(digit: Grey) -> Grey:
    """The digit, with thicker strokes where they are thin; its width is twice its area by the length of its edge."""
    drawn = np.pad(digit > 0.5, 1)
    steps = np.count_nonzero(np.diff(drawn, axis=0)) + np.count_nonzero(np.diff(drawn, axis=1))
    edge = steps * np.pi / 4  # a slanting edge goes in steps, which are 4 / π times as long on average
    pixel = max(digit.shape) / BOX
    width = 2 * np.count_nonzero(drawn) / edge / pixel
    more = round((PEN - width) * pixel / 2)
    if width >= THIN or more < 1:
        return digit
    for _axis in (0, 1):  # the largest within a square is the largest of a row of largest of a column
        padded = np.pad(digit, ((2 * more, 2 * more), (0, 0)))
        digit = np.lib.stride_tricks.sliding_window_view(padded, 2 * more + 1, axis=0).max(axis=-1).T
    return digit


def _start(mass: Grey) -> int:
    """Where a side begins so that its centre of mass comes nearest to pixel 14 (of 0 to 27), and all of it in them.

    That is MNIST's own rounding: in all 5,000 bundled images the centre lies between 13.5 and 14.5.
    """
    centre = float(np.average(np.arange(len(mass)), weights=mass))
    return int(np.clip(round(SIDE / 2 - centre), 0, SIDE - len(mass)))
