"""Steps of the stage typing: mypy's findings about the submission's own types, and the ways to switch mypy off."""

from collections.abc import Sequence

from nnkata.katas.article.steps.common import then
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.arguments import COLLECTIONS, SINGLE, Arguments, unfitting
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.steps.empty_annotations import lambdas, says_nothing
from nnkata.steps.mypy_switches import switches
from nnkata.subject import Raised

SHOWN = 5
#: Functions that return arrays: if each of these returns Any, mypy has nothing to check.
GIVES_ARRAYS = ("preprocess", "initialization", "sigmoid", "softmax", "forward_pass", "backward_pass")

#: The attributes of a network.
ATTRIBUTES = ("sizes", "epochs", "l_rate", "params")
SIZES = [7, 6, 5, 4]

#: The functions and methods of the contract.
FUNCTIONS = (*GIVES_ARRAYS, "update_network_parameters", "compute_accuracy", "train")

#: The number of the arrays that each takes, as its first arguments, and the types that they cannot have. The protocols
#: leave these arguments open, since people write arrays in too many ways.
ARRAYS = {"sigmoid": 1, "softmax": 1, "forward_pass": 1, "backward_pass": 2, "compute_accuracy": 2, "train": 4}
METHODS: dict[str, Arguments] = {
    **{name: (count, SINGLE | COLLECTIONS) for name, count in ARRAYS.items()},
    "update_network_parameters": (1, SINGLE),
}
BESIDE: dict[str, Arguments] = {"preprocess": (2, SINGLE | COLLECTIONS)}


def report(quantity: str, lines: Sequence[object], evidence: Sequence[str] | None = None) -> None:
    """Fail with the first few lines, if there are any; `evidence`, where the lines themselves are in words."""
    if lines:
        texts = [str(line) for line in lines]
        more = "\n" + _("(and {count} more)").format(count=len(texts) - SHOWN) if len(texts) > SHOWN else ""
        told = list(texts if evidence is None else evidence)
        raise Mismatch(quantity, "\n".join(texts[:SHOWN]) + more, _("none"), evidence=told)


@then("mypy finds no missing and no wrong type in the module")
def annotated(world: World) -> None:
    """With our configuration and our stubs of NumPy; installed packages and files beside the submission do not
    count."""
    report(_("mypy's answer"), world.judged.type_trouble)
    report(_("mypy's findings"), world.judged.type_findings)
    report(_("functions without annotations"), lambdas(world.judged.sources, FUNCTIONS))


@then("the module satisfies the protocols of the contract")
def protocols(world: World) -> None:
    """Member by member: the expected and the actual type of each."""
    report(_("mypy's answer"), world.judged.type_trouble)
    found = world.judged.type_differences
    unseen = [difference for difference in found if difference.unseen and at_run(world, difference.member)]
    differences = [difference for difference in found if difference not in unseen]
    report(
        _("where the module differs from the contract's protocols"),
        differences,
        [difference.evidence for difference in differences],
    )
    report(_("arguments whose type no array fits"), unfitting(world.judged.sources, METHODS, BESIDE))
    if unseen:
        text = _("not applicable: mypy does not see {names}, made at run time; the others are right")
        raise Skipped(text.format(names=", ".join(difference.member for difference in unseen)))


def at_run(world: World, member: str) -> bool:
    """Whether the running module, its class or a network has this member."""
    if member in BESIDE:
        return member not in world.subject.absent
    try:
        net = world.make(SIZES)
        if member in FUNCTIONS or member in ATTRIBUTES:
            net.get(member)
    except Raised:
        return False
    return member not in world.subject.absent


@then("no source file keeps mypy from looking")
def looked_at(world: World) -> None:
    """By comments, decorators, code for the checker alone, or Any in place of every type."""
    report(_("the code that mypy does not check"), switches(world.judged.sources))
    nothing = says_nothing(world.judged.sources, GIVES_ARRAYS)
    report(_("functions whose result is Any, which says nothing"), nothing, [f"Any: {name}" for name in nothing])
