"""The one exception of the data part."""

from nnkata.errors import NotJudged
from nnkata.language import _


class DataError(NotJudged):
    """There are no images. The message names the place (file or address), the fault, and the remedy.

    The three are also attributes: `where`, `fault`, `remedy`, all str.
    """

    def __init__(self, where: object, fault: str, remedy: str) -> None:
        """Keep all three as arguments, so that the exception survives pickling between processes."""
        remedy = _(remedy)  # those that are made at import are looked up here
        super().__init__(str(where), fault, remedy)
        self.where, self.fault, self.remedy = str(where), fault, remedy

    def __str__(self) -> str:
        """`where: fault; remedy`, one line."""
        text = _("{where}: {fault}; {remedy}") if self.remedy else _("{where}: {fault}")
        return text.format(where=self.where, fault=self.fault, remedy=self.remedy)
