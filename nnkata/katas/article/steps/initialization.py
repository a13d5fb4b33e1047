"""Steps of the stage initialization."""

import numpy as np

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import given, network, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, Near, array, dimensions, holds, told
from nnkata.steps.needed import finite, fits

#: Two-sided, 7 standard errors leave 2.6e-12 of a normal distribution. A run makes three such checks of means (whose
#: standard error is the sample's own, Student's distribution) and three of deviations: 2.1e-11 together.
STANDARD_ERRORS = 7.0


#: The fewest elements of a matrix for its mean or deviation: with 30, 7 standard errors are 0.9 of the deviation, and
#: hardly a deviation would be refused with fewer.
FEWEST = 30


def _enough(key: str, size: int) -> None:
    fits(size >= FEWEST, _("the elements of {key}").format(key=key), size, _("at least {first}").format(first=FEWEST))


@given("another network of sizes {sizes:Sizes}")
def another(world: World, sizes: list[int]) -> None:
    """A second network, which becomes the latest."""
    world.params = world.read()
    network(world, sizes)


@then("{key:Weight} has {rows:d} rows and {columns:d} columns")
def shape(world: World, key: str, rows: int, columns: int) -> None:
    """The shape of one weight matrix."""
    weights = world.net.weights()
    if key not in weights:
        raise Mismatch(_("the keys of params"), sorted(weights), list(WEIGHTS))
    came = np.shape(weights[key])
    holds(_("the shape of {key}").format(key=key), came == (rows, columns), came, (rows, columns))
    matrix = array(key, weights[key], (rows, columns))
    holds(_("{key} is finite").format(key=key), bool(np.all(np.isfinite(matrix))), matrix, _("finite numbers"))


@when("initialization is called")
def initialize(world: World) -> None:
    """Keep its result."""
    world.outcome = world.net.call("initialization")


@then("it returns W1, W2 and W3 with the shapes of the network")
def returns_weights(world: World) -> None:
    """A dict of three matrices; more keys are allowed."""
    value = world.outcome.value
    if not isinstance(value, dict):
        expected = _("a dict with the keys {keys}").format(keys=", ".join(WEIGHTS))
        raise Mismatch(_("the result of initialization"), told(value), expected)
    missing = [key for key in WEIGHTS if key not in value]
    holds(_("the keys of the result of initialization"), not missing, sorted(value), list(WEIGHTS))
    for key in WEIGHTS:
        array(f"initialization()[{key!r}]", value[key], world.shape(key))


@then("its sizes are {sizes:Sizes}")
def sizes_kept(world: World, sizes: list[int]) -> None:
    """The attribute `sizes` has the passed widths."""
    came = world.net.get("sizes")
    came = [int(width) for width in came] if isinstance(came, list | tuple | np.ndarray) else came
    holds("sizes", came == sizes, came, sizes)


@then("its learning rate is {rate:g}")
def rate_kept(world: World, rate: float) -> None:
    """The attribute `l_rate` is the passed number; a float32 of it is fine."""
    finite(rate, _("the learning rate"))
    came = world.net.get("l_rate")
    fine = (
        isinstance(came, int | float | np.ndarray) and np.shape(came) == () and abs(float(came) - rate) <= 1e-7 * rate
    )
    holds("l_rate", bool(fine), came, rate)


@then("it trains for {epochs:Epochs}")
def epochs_kept(world: World, epochs: int) -> None:
    """The attribute `epochs` is the passed number."""
    came = world.net.get("epochs")
    holds("epochs", isinstance(came, int | np.ndarray) and came == epochs, came, epochs)


@then("each weight matrix has mean zero, within 7 standard errors")
def mean_zero(world: World) -> None:
    """The standard error is the sample's own: standard deviation / sqrt(n)."""
    for key, matrix in world.read().items():
        _enough(key, matrix.size)
        error = float(np.std(matrix)) / np.sqrt(matrix.size)
        mean = float(np.mean(matrix))
        fine = abs(mean) <= STANDARD_ERRORS * error
        bound = _("0, give or take {bound:.2g}").format(bound=STANDARD_ERRORS * error)
        holds(
            _("the mean of {key}").format(key=key), fine, mean, bound, evidence=Near(mean, 10 * STANDARD_ERRORS * error)
        )


@then("the standard deviation of {key:Weight} is {expected:g}, within 7 standard errors")
def deviation(world: World, key: str, expected: float) -> None:
    """The standard error of a standard deviation follows from the fourth moment.

    It is s * sqrt((kurtosis - 1) / 4n), and a normal distribution's kurtosis, 3, is the largest among the shapes in use
    (a uniform one has 1.8), so the bound holds for both.
    """
    fits(0 < expected < np.inf, _("the standard deviation"), f"{expected:g}", _("more than 0"))
    matrix = world.read()[key]
    _enough(key, matrix.size)
    came = float(np.std(matrix))
    bound = STANDARD_ERRORS * expected / np.sqrt(2 * matrix.size)
    expectation = _("{expected:.6g}, give or take {bound:.2g}").format(expected=expected, bound=bound)
    holds(
        _("the standard deviation of {key}").format(key=key),
        abs(came - expected) <= bound,
        came,
        expectation,
        Near(came, 0.05 * came),
    )


@then("no two rows of a weight matrix are the same")
def rows_distinct(world: World) -> None:
    """Units with equal weights stay equal."""
    for key, matrix in world.read().items():
        distinct = len({row.tobytes() for row in matrix + 0.0})  # np.unique would import numpy.ma first, 15 ms
        holds(_("the different rows of {key}").format(key=key), distinct == len(matrix), distinct, len(matrix))


@then("the two networks have different weights")
def networks_differ(world: World) -> None:
    """Matrix by matrix."""
    now = world.read()
    widths = dimensions(world.params["W1"].shape), dimensions(now["W1"].shape)
    fits(widths[0] == widths[1], _("W1 of the two networks"), ", ".join(widths), _("the same shape"))
    alike = [key for key in WEIGHTS if np.array_equal(now[key], world.params[key])]
    holds(_("the weights that are the same in both networks"), not alike, ", ".join(alike), _("none"))


@when("the weights of the first are set to zero")
def zero_first(world: World) -> None:
    """Set the weights of the first network to zero, in the existing arrays."""
    world.params = world.read()
    world.nets[0].assign({key: np.zeros_like(value) for key, value in world.params.items()})


@then("the weights of the second are as they were")
def second_kept(world: World) -> None:
    """Matrix by matrix."""
    now = world.read()
    moved = [key for key in WEIGHTS if not np.array_equal(now[key], world.params[key])]
    holds(_("the weights of the second network that changed"), not moved, ", ".join(moved), _("none"))


@when("random numbers are drawn after a new network of sizes {sizes:Sizes}, from two different seeds")
def draw_after_seeds(world: World, sizes: list[int]) -> None:
    """Seed the global generators, make a network, draw; twice."""
    draws = []
    for seed in (101, 202):
        world.subject.draw(seed)
        network(world, sizes)
        draws.append(world.subject.draw())
    world.subject.draw(int(world.rng.integers(2**31)))
    world.notes["draws"] = draws


@then("the random numbers differ")
def draws_differ(world: World) -> None:
    """If they are the same, something in between seeded the generators."""
    (numpy1, python1), (numpy2, python2) = world.notes["draws"]
    seeded = [name for name, a, b in (("numpy.random", numpy1, numpy2), ("random", python1, python2)) if a == b]
    holds(_("the global generators that were seeded"), not seeded, ", ".join(seeded), _("none"))
