"""Networks whose weights are made by their first training, by the widths of its data: one epoch on a few samples."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from types import ModuleType

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.source.usual_names import TRAIN, role
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of, passed

#: The reason, in the adapter's comment.
TRAINED = "its training makes its weights: here one epoch on ten random samples"
#: Texts of the arguments of a training, by the roles of their names.
GIVEN = {
    "input": ["np.random.rand(10, 784)", "np.random.rand(784, 10)"],
    "label": ["np.eye(10)", "np.arange(10)"],
    "epochs": ["1"],
    "batch": ["10"],
    "count": ["10"],
    "rate": ["0.01"],
    "decay": ["0.0"],
    "flag": ["False"],
}
#: The most trainings of one class that are tried.
MAX_TRAININGS = 6


def trained(theirs: ModuleType, name: str, cls: type, constructions: Sequence[str]) -> Iterator[list[str]]:
    """The lines that make a network of the class and train it once; none if it has weights before."""
    calls = [
        call for n, method in vars(cls).items() if TRAIN.match(n) and callable(method) for call in _calls(n, method)
    ]
    for texts in constructions if calls else ():
        made = f"theirs.{name}({texts})"
        try:
            net = value_of([f"return {made}"], theirs)
        except Fails:
            continue
        if any(array.ndim == 2 and min(array.shape) > 1 for array in graph.arrays(net, "net").values()):
            return
        yield from ([f"net = {made}", f"net.{call}", "return net"] for call in calls)


def _calls(name: str, method: Callable[..., object]) -> Iterator[str]:
    """Calls of a training on a few samples, by the names of its parameters."""
    choices: list[list[str]] = []
    for parameter in parameters_of(method)[1:]:
        texts = GIVEN.get(role(parameter.name), [])
        if parameter.default is not parameter.empty:
            if role(parameter.name) in ("epochs", "batch"):
                choices.append([f"{parameter.name}={texts[0]}"])
        elif parameter.kind is not parameter.VAR_POSITIONAL and parameter.kind is not parameter.VAR_KEYWORD:
            choices.append([passed(parameter, text) for text in texts])
    if any("rand(" in text for texts in choices for text in texts):
        yield from (f"{name}({', '.join(texts)})" for texts in islice(product(*choices), MAX_TRAININGS))
