"""Formulas with named figures, computed exactly: Decimals throughout, nothing but arithmetic.

Allowed are + - * /, brackets, comparisons, ``and or not``, ``x if y else z``, min, max, abs. The expression is walked
by ``simpleeval``; powers, texts, attributes, calls of anything else are refused when the criteria file is read.

>>> figures = {"done": Decimal(9), "planned": Decimal(12), "points": Decimal(2)}
>>> compute_formula("min(done / planned, 1) * points", figures)
Decimal('1.50')
>>> compute_formula("0.1 + 0.2", {})
Decimal('0.3')
>>> compute_formula("done / planned", {"done": Decimal(1), "planned": Decimal(0)}) is None
True
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal

import simpleeval

LONGEST = 500
_OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Decimal]] = {"min": min, "max": max, "abs": abs}
_NODES = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.And, ast.Or, ast.Compare, ast.IfExp, ast.Call, ast.Name,
    ast.Load, ast.Constant, *_OPERATORS,
)  # fmt: skip


def formula_names(formula: str) -> frozenset[str] | None:
    """The figures that a formula uses; None where it is none.

    >>> sorted(formula_names("a / b if b > 0 else 0")), formula_names("2 ** 9")
    (['a', 'b'], None)
    >>> formula_names("__import__('os')"), formula_names("a **")
    (None, None)
    """
    if len(formula) > LONGEST:
        return None
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    figures = set()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if not isinstance(node, _NODES):
            return None
        if isinstance(node, ast.Constant) and (isinstance(node.value, bool) or not isinstance(node.value, int | float)):
            return None
        if isinstance(node, ast.Call) and not _may_call(node):
            return None
        if isinstance(node, ast.Name) and id(node) not in called:
            figures.add(node.id)
    return frozenset(figures)


def _may_call(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS and bool(node.args) and not node.keywords


class _Exact(simpleeval.SimpleEval):  # type: ignore[misc]
    """Constants become Decimals as they are written, not as the nearest binary fraction."""

    def __init__(self, formula: str, figures: Mapping[str, Decimal]) -> None:
        super().__init__(operators=_OPERATORS, functions=_FUNCTIONS, names=dict(figures))
        self.nodes[ast.Constant] = lambda node: Decimal(ast.get_source_segment(formula, node) or str(node.value))


def compute_formula(formula: str, figures: Mapping[str, Decimal]) -> Decimal | None:
    """What the formula gives; None where a denominator is zero or a figure is not there."""
    try:
        value = _Exact(formula, figures).eval(formula)
    except (simpleeval.InvalidExpression, ArithmeticError, TypeError, ValueError, RecursionError):
        return None
    if isinstance(value, bool):
        return Decimal(int(value))
    return value if isinstance(value, Decimal) and value.is_finite() else None
