"""Traced calls of a module's functions on a few samples, with known parameters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.pieces import Pieces
from nnkata.katas.mlp.reading import Batch
from nnkata.subject import Raised, SubjectError
from nnkata.traces.trace import Seen
from nnkata.worker.kept import leaves

#: The samples of the traced batch. One shows the mistakes of a sample most clearly, and its arrays fit into a trace;
#: several are needed for the mistakes of a batch: of four, half a mean would be twice one.
SAMPLES = (1, 3)


@dataclass
class Calls:
    """Calls of a module; `after` are its parameters after the latest one that was asked to keep them."""

    pieces: Pieces
    after: Sequence[Array] = ()

    def shortened(self, n: int) -> Batch:
        """The first n samples, with the parameters that are written before each call."""
        batch = self.pieces.reading.batches[0]
        return Batch(batch.parameters, batch.x[:n], batch.y[:n], None, [])

    def traced(self, name: str, *args: object, batch: Batch, held: bool = False) -> Seen | None:
        """A call of a function on a network with known parameters; with `held`, keep its parameters afterwards."""
        functions, offered = self.pieces.functions, self.pieces.reading.offered
        if name not in offered:
            return None
        try:
            net = functions.keep("new") if "new" in offered else None
            functions.write("parameters", net, values=list(batch.parameters))
            seen = functions.traced(name, net, *args)
            if held:
                found = leaves(functions.call("parameters", net).value)
                self.after = [np.asarray(value, np.float64) for _name, value in found]
            return seen
        except (Raised, SubjectError):
            return None
