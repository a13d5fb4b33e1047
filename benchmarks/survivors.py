"""Surviving mutants, each with its reason: equivalent to the original, or outside the contract."""

from dataclasses import dataclass
from typing import Literal

FILES = ("reference/network.py", "solutions/correct/plain.py")


@dataclass(frozen=True)
class Group:
    """Survivors of one line with a common reason.

    `mutants` names them by operator and by the number, from 1, of that operator's change to this line: NumberReplacer
    makes two of every number, one more and one less. `equivalent`: it does the same as the original for every input.
    `outside`: it differs only where the contract demands nothing.
    """

    kind: Literal["equivalent", "outside"]
    file: str
    line: str
    mutants: str
    reason: str


REFERENCE, PLAIN = FILES
GROUPS = (
    Group(
        "equivalent",
        REFERENCE,
        "BLOCK = 64",
        "NumberReplacer 1, NumberReplacer 2",
        "the number of samples between two updates of W1 changes the speed and the rounding, not the steps",
    ),
    Group(
        "outside",
        REFERENCE,
        "if digits.shape != pixels.shape[:1]:",
        "NotEq_Lt 1, NotEq_Gt 1, NotEq_Is 1",
        "refuses only fewer labels than images, only more, or neither; the contract passes as many",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "if np.any((digits < 0) | (digits >= CLASSES)):",
        "BitOr_Add 1, BitOr_BitXor 1",
        "no label is both below 0 and above 9, and for bools that are not both true, + and ^ are the same as 'or'",
    ),
    Group(
        "outside",
        REFERENCE,
        "if np.any((digits < 0) | (digits >= CLASSES)):",
        "BitOr_BitAnd 1, BitOr_Mul 1, BitOr_Mod 1, BitOr_FloorDiv 1, BitOr_LShift 1, BitOr_RShift 1, "
        "GtE_Eq 1, GtE_Gt 1, GtE_Is 1, NumberReplacer 2",
        "the refused labels other than 0 to 9; the contract passes none",
    ),
    Group(
        "outside",
        REFERENCE,
        'raise ValueError(f"labels go from 0 to {CLASSES - 1}; found {digits.min()} to {digits.max()}")',
        "Sub_Add 1, Sub_BitAnd 1, Sub_BitOr 1, Sub_BitXor 1, Sub_Div 1, Sub_FloorDiv 1, Sub_LShift 1, Sub_Mod 1, "
        "Sub_Mul 1, Sub_Pow 1, Sub_RShift 1, NumberReplacer 1, NumberReplacer 2",
        "the text that refuses labels other than 0 to 9; the contract passes none",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "x, y = np.asarray(x_train, weights[0].dtype), np.asarray(y_train, weights[0].dtype)",
        "NumberReplacer 1, NumberReplacer 2, NumberReplacer 3, NumberReplacer 4",
        "the three matrices of `_weights` have one dtype, so that of any is the same",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "if len(x) == 0:",
        "Eq_LtE 1",
        "no length is below 0",
    ),
    Group(
        "outside",
        REFERENCE,
        "if len(x) == 0:",
        "Eq_Lt 1, NumberReplacer 2",
        "the accuracy of no samples becomes NaN; the contract asks for that of one at least",
    ),
    Group(
        "outside",
        REFERENCE,
        "return 0.0",
        "NumberReplacer 1, NumberReplacer 2",
        "the accuracy of no samples becomes another number; the contract asks for that of one at least",
    ),
    Group(
        "equivalent",
        REFERENCE,
        'for key, W in zip(("W1", "W2", "W3"), self._weights(), strict=True):',
        "ReplaceTrueWithFalse 1",
        "strict guards against different lengths, and both are three",
    ),
    Group(
        "equivalent",
        REFERENCE,
        'self.params.update(zip(("W1", "W2", "W3"), weights, strict=True))',
        "ReplaceTrueWithFalse 1",
        "strict guards against different lengths, and both are three",
    ),
    Group(
        "outside",
        REFERENCE,
        "seconds = time.perf_counter() - start",
        "Sub_Add 1, Sub_Div 1, Sub_FloorDiv 1, Sub_Mod 1, Sub_Mul 1",
        "the time that is printed; the contract does not read the output",
    ),
    Group(
        "outside",
        REFERENCE,
        'return x if x.dtype.kind == "f" else x.astype(np.float64)',
        "Eq_LtE 1, Eq_GtE 1, Eq_IsNot 1",
        "some or all whole numbers and bools are not converted first; the contract gives sigmoid and softmax floats",
    ),
    Group(
        "outside",
        REFERENCE,
        'return x if x.dtype.kind == "f" else x.astype(np.float64)',
        "AddNot 1, Eq_Gt 1, Eq_Is 1, Eq_Lt 1, Eq_NotEq 1",
        "float32 is converted too and comes back as float64, and the contract takes both",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "A1 = self.sigmoid(W1 @ x)",
        "MatMul_RightTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "A2 = self.sigmoid(W2 @ A1)",
        "MatMul_RightTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "A2 = _to_sigmoid(W2.dot(A1))",
        "MatMul_RightTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "return self.softmax(W3 @ A2)",
        "MatMul_RightTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "D3 = _to_softmax(W3.dot(A2))",
        "MatMul_RightTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "D2 = (D3 @ W3) * A2 * (1 - A2)",
        "MatMul_LeftTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "D2 = _times_slope(D3.dot(W3), A2)",
        "MatMul_LeftTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "D1 = (D2 @ W2) * A1 * (1 - A1)",
        "MatMul_LeftTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "S[j] = _times_slope(D2.dot(W2), A1)",
        "MatMul_LeftTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "A1 = _to_sigmoid(Z1[j] - overlaps[j, :j].dot(S[:j]))",
        "MatMul_LeftTransposed 1",
        "the transpose of a vector is the vector itself",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "W3 -= D3[:, None].dot(A2[None])",
        "MatMul_Mul 1",
        "a column times a row is the outer product, by broadcasting too",
    ),
    Group(
        "equivalent",
        REFERENCE,
        "W2 -= D2[:, None].dot(A1[None])",
        "MatMul_Mul 1",
        "a column times a row is the outer product, by broadcasting too",
    ),
    Group(
        "outside",
        REFERENCE,
        "z -= z.max()",
        "AugAssign_Reversed 1",
        "the shift changes nothing but overflow, which training never comes near in the contract",
    ),
    Group(
        "equivalent",
        PLAIN,
        "x = np.array(images, dtype=np.float64).reshape(-1, 784) / 255",
        "NumberReplacer 1, USub_Invert 1",
        "-2 stands for the remaining size as -1 does: NumPy treats any negative size so",
    ),
    Group(
        "equivalent",
        PLAIN,
        "return np.asarray(np.where(x < 0, small, 1.0) / (1 + small))",
        "Lt_LtE 1",
        "at 0 both branches are 1",
    ),
    Group(
        "outside",
        PLAIN,
        "for x, y in zip(x_val, y_val, strict=True):",
        "ReplaceTrueWithFalse 1",
        "no longer refuses sets of different lengths; the contract passes equal ones",
    ),
    Group(
        "outside",
        PLAIN,
        "for x, y in zip(x_train, y_train, strict=True):",
        "ReplaceTrueWithFalse 1",
        "no longer refuses sets of different lengths; the contract passes equal ones",
    ),
    Group(
        "outside",
        PLAIN,
        "return float(np.mean(predictions)) if predictions else 0.0",
        "NumberReplacer 1, NumberReplacer 2",
        "the accuracy of no samples becomes another number; the contract asks for that of one at least",
    ),
)

#: The identity of a mutant: its file, the text of its line, operator and number.
Name = tuple[str, str, str]
UNKILLED: dict[Name, Group] = {
    (group.file, group.line, mutant): group for group in GROUPS for mutant in group.mutants.split(", ")
}
