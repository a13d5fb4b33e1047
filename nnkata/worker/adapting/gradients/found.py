"""A way to the gradients with its fit to the slopes of a loss, and the order of such ways."""

from dataclasses import dataclass

#: The least cosine of wrong gradients, none of which fits a loss: below it, another call may be the right one.
NEAR = 0.5
#: A line before a step that leaves something in the network, such as momentum.
COPIED = "net = deepcopy(net)"
#: The mean over single samples, each with a copy of the network.
OF_COPIES = "return mean_of(lambda a, b: one(deepcopy(net), a, b), x, y)"


@dataclass
class Found:
    """One way to the gradients, and its fit: the number of fitting arrays, and the cosine of all."""

    lines: list[str]
    fits: int
    natural: bool
    likeness: float
    #: Whether all arrays together are the slope of one loss.
    alike: bool = False
    #: Whether a batch's gradients are the mean, or the sum, of those of its parts.
    additive: bool = False
    #: The call, if it moves the parameters.
    step: str = ""
    #: The call that gave them.
    call: str = ""
    why: str = ""
    #: Whether every array is a slope of one loss, at scales of its own.
    apart: bool = False
    #: Whether the number of samples divides some arrays and not others, or all of them twice.
    by_n: bool = False
    #: Whether they have the other sign, as of a step that adds them.
    negated: bool = False
    #: Whether every array depends on the labels; one that does not is a value of the way forward.
    labelled: bool = True

    @property
    def said(self) -> str:
        """Where they are from, for a comment."""
        turned = "; they point uphill, so their sign is turned" if self.negated else ""
        copied = COPIED in self.lines or OF_COPIES in self.lines
        return self.why + turned + ("; of a copy, as it keeps momentum" if copied else "")

    @property
    def by_rates(self) -> bool:
        """Whether it is a step that may have a rate of its own for each layer, by which one has to divide."""
        return bool(self.step) and self.apart and not self.alike and not self.by_n

    @property
    def credible(self) -> bool:
        """Whether it may be the network's own gradients, right or wrong: a part fits a loss, or all point its way."""
        return self.alike or self.fits > 0 or (self.additive and self.likeness > NEAR)

    @property
    def rank(self) -> tuple[bool, bool, bool, int, bool, float]:
        """Better ones are larger; an array that fits a loss tells more than sums, which a decay of weights spoils."""
        return self.alike, self.fits > 0, self.additive, self.fits, self.natural, round(self.likeness, 2)
