"""Why there is no verdict: one family of errors, exit status 2."""


class NotJudged(Exception):
    """There is no verdict; the text has the reason and the remedy."""

    def _render_traceback_(self) -> list[str]:
        """Its display in IPython: the text alone, without nnkata's own lines."""
        return [f"nnkata: {self}"]


class UsageError(NotJudged):
    """The request cannot be carried out; the text has the remedy."""
