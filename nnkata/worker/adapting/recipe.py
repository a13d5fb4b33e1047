"""The findings about a file, and the order of such findings."""

from dataclasses import dataclass, field
from typing import Any

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.gradients.found import Found
from nnkata.worker.adapting.networks.data_widths import USUAL
from nnkata.worker.adapting.networks.layers import COMPOSED
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.networks.passed_parameters import INPUTS
from nnkata.worker.adapting.outputs import Output


@dataclass
class Recipe:
    """The findings about a file."""

    file: str
    maker: Maker | None = None
    output: Output | None = None
    gradients: Found | None = None
    extras: dict[str, list[str]] = field(default_factory=dict)
    #: The obstacles that were met on the way to a missing part.
    tried: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, bool, tuple[bool, bool, bool, int, bool, float]]:
        """Better ones are larger; the author's own network is better than one of our composition."""
        nothing = (False, False, False, 0, False, -1.0)
        if self.output is None:
            return (1 if self.maker and self.maker.widths == USUAL else 0), self.wide, nothing
        if self.matrices < 2 - (
            self.maker is not None and self.maker.widths.one
        ):  # one output: its weights are a row or a column
            return 2, False, nothing  # a layer alone, perhaps
        whole = self.gradients is not None and self.gradients.rank[0]
        return 3 + bool(self.gradients) + whole, not self.composed, self.gradients.rank if self.gradients else nothing

    @property
    def composed(self) -> bool:
        """Whether we composed the network."""
        return self.maker is not None and self.maker.why == COMPOSED

    @property
    def matrices(self) -> int:
        """The weight matrices on which the output depends."""
        arrays = self.output.parameters.values() if self.output else ()
        return sum(array.ndim == 2 and min(array.shape) > 1 for array in arrays)

    @property
    def wide(self) -> bool:
        """Whether the network has weights for an image."""
        held = graph.arrays(self.maker.net, "net").values() if self.maker else ()
        return any(array.ndim == 2 and bool(INPUTS & set(array.shape)) for array in held)

    @property
    def guessed(self) -> bool:
        """Whether it is a layer, or another class with a way forward, that nobody made with these sizes."""
        if self.maker is not None and self.maker.widths != USUAL:
            return self.output is None  # its widths are those of its layers
        if self.output is None and not self.wide:
            return True
        ours = self.maker is not None and self.maker.why.startswith("its sizes")
        shapes = [array.shape for array in self.output.parameters.values()] if self.output else []
        alone = any(len(shape) == 2 and USUAL.classes in shape and INPUTS & set(shape) for shape in shapes)
        as_wide = (USUAL.classes, USUAL.classes) in shapes  # ten hidden units are a usual choice
        return ours and (self.matrices == 1 or (alone and not as_wide))

    @property
    def done(self) -> bool:
        """Whether no better one can exist."""
        good = self.rank[0] == 5 and not self.composed
        return good and self.gradients is not None and self.gradients.natural

    def told(self) -> dict[str, Any]:
        """As types that the wire knows."""
        found: dict[str, Any] = {"file": self.file, "extras": self.extras, "tried": self.tried}
        if self.maker is not None:
            found["new"], found["why_new"] = self.maker.lines, self.maker.why
            found["random"] = self.maker.drops
        if self.output is not None:
            found["parameters"] = list(self.output.parameters)
            found["output"], found["form"] = self.output.line, self.output.form
        if self.gradients is not None:
            found["gradients"], found["why_gradients"] = self.gradients.lines, self.gradients.said
            found["fits"], found["likeness"] = self.gradients.fits, float(self.gradients.likeness)
            found["alike"] = self.gradients.alike
        return found
