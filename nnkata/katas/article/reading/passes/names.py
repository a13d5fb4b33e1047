"""The names of mistakes in the backward pass, by their kind and their layers."""

from collections.abc import Sequence

from nnkata.katas.article.reading.passes.deltas import Delta

#: Constants that divide by a batch: at least this many samples, and no power of ten, which is as likely a scale.
SMALLEST_BATCH = 8
SCALES = (10, 1000, 10_000, 100_000, 1_000_000)
NAMES = {
    "transposed": "outer-transposed",
    "source own": "wrong-layers-activations",
    "source Z": "pre-activations-in-gradient",
    "slope σ'(A)": "derivative-at-activation",
    "slope Z (1 - Z)": "derivative-from-z",
    "slope A": "sigmoid-for-derivative",
    "base straight": "weights-not-transposed-back",
    "base moved": "updated-before-next-gradient",
    "base W2ᵀ·(W3ᵀ·δ3)": "w1-from-wrong-delta",
}


def of(kind: str, numbers: Sequence[int]) -> str | None:
    """The name of a kind of mistake in these layers."""
    if kind == "scalar":
        return (
            "scalar-gradient" if len(numbers) == 3 else f"scalar-gradient-w{numbers[0]}" if len(numbers) == 1 else None
        )
    if kind == "zero":
        return "gradients-zero" if len(numbers) == 3 else None
    if kind == "slope missing":
        return "derivative-missing" if len(numbers) == 2 else f"derivative-missing-at-w{numbers[0]}"
    return NAMES.get(kind) or None


def of_error(delta: Delta) -> str | None:
    """The name of an error at Z3, by its factor and its other operand."""
    factor, slopes = delta.factor, delta.slopes
    if delta.plus or delta.bent:
        return None
    if delta.base == "J·(output - y)" and not slopes:
        return "squared-loss-full-jacobian" if factor.value > 0 else None
    if delta.base != "(output - y)":
        return None
    if set(slopes) in ({"output", "(1 - output)"}, {"A3", "(1 - A3)"}) and len(slopes) == 2:
        squared = factor.of == "n" and factor.power == -1 and abs(factor.value - 2) < 1e-4
        two = not factor.of and abs(factor.value - 2) < 1e-4
        return "squared-loss-diagonal-jacobian" if squared or two else "extra-output-derivative" if factor.one else None
    if slopes:
        return None
    if factor.minus:
        return "error-sign-flipped"
    if factor.of == "n" and factor.power == -1:
        whole = round(factor.value) if abs(factor.value - round(factor.value)) < 1e-4 else 0
        return {1: "divided-by-classes", 2: "squared-loss-no-jacobian"}.get(whole)
    return "divided-by-batch" if factor.parts >= SMALLEST_BATCH and factor.parts not in SCALES else None
