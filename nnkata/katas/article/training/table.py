"""The measurements, epoch by epoch, as lines of a table in 80 columns."""

from nnkata.katas.article.training.learning import Epoch
from nnkata.language import _
from nnkata.reports.width import columns

WIDTHS = (7, 11, 10, 10, 11, 11, 12)


def head(reference: bool) -> list[str]:
    """The two lines above; `reference` adds its column."""
    first = [_("epoch"), _("seconds"), "", _("training"), "", _("validation"), _("reference")]
    second = ["", "", _("loss"), _("accuracy"), _("loss"), _("accuracy"), _("accuracy")]
    return [_line(first, reference), _line(second, reference)]


def row(number: int, epoch: Epoch, reference: Epoch | None) -> str:
    """The line of an epoch."""
    return _line(cells(number, epoch, reference), reference is not None)


def cells(number: int, epoch: Epoch, reference: Epoch | None) -> list[str]:
    """An epoch: seconds, losses and accuracies, and the reference's accuracy on the validation set."""
    return [
        str(number),
        f"{epoch.seconds:.1f}" if number else "",
        *(text for score in (epoch.train, epoch.validation) for text in (f"{score.loss:.3f}", percent(score.accuracy))),
        percent(reference.validation.accuracy) if reference else "",
    ]


def percent(fraction: float) -> str:
    """A fraction as a percentage with one decimal."""
    return _("{number} %").format(number=f"{100 * fraction:.1f}")


def _line(texts: list[str], reference: bool) -> str:
    shown = texts if reference else texts[:-1]
    return "".join(
        " " * max(1, width - columns(text)) + text for text, width in zip(shown, WIDTHS, strict=False)
    ).rstrip()
