"""Reads the formula of the output's delta from its observed values."""

from collections.abc import Sequence

from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.delta_forms import Read, bent_right, powers, said_of
from nnkata.katas.mlp.formulas.factors import (
    Factor,
    factor_of,
    scaled,
)
from nnkata.katas.mlp.formulas.terms import a, each, errors, unit_error
from nnkata.katas.mlp.functions import Array


def of_output(cases: Sequence[Case], seen: Sequence[Array], close: float) -> Read | None:
    """The formula of the output's delta; None if there is none."""
    sizes = [case.n for case in cases]
    terms = errors(cases)
    meant = unit_error(cases[0].passed.rule, len(cases[0].passed.layers))[1]
    text, right = terms[0]
    factor = factor_of(seen, right, sizes, close)
    if factor is not None:
        relative = Factor(factor.value / meant, factor.power)
        if factor.power and cases[0].passed.rule.mean:
            return Read(scaled(text, Factor(factor.value, factor.power - 1)), False, relative, over=True)
        return Read(scaled(text, factor), relative.one, relative)
    fits = [(t, f) for t, values in terms[1:] if (f := factor_of(seen, values, sizes, close))]
    if fits:
        return said_of(fits)
    if read := bent_right(seen, right, sizes, close, text, meant):
        return read
    base = each(cases, lambda c: c.passed.A[-1] - c.passed.rule.wanted(c.y))
    top = a(len(cases[0].passed.layers))
    return powers(cases, seen, base, [case.passed.A[-1] for case in cases], f"({top} - y)", top, close)


def meant_of_output(cases: Sequence[Case]) -> str:
    """The right formula of the output's delta."""
    text, factor = unit_error(cases[0].passed.rule, len(cases[0].passed.layers))
    return scaled(text, Factor(factor))
