"""The exception of a submission: its kind, its message, and its line."""


class Raised(Exception):
    """The submission raised: `kind` is the exception's type, `where` its line in the submission, if known."""

    kind: str
    message: str
    where: str

    def __init__(self, kind: str, message: str, where: str) -> None:
        super().__init__((f"{kind}: {message}" if message else kind) + (f" ({where})" if where else ""))
        self.kind, self.message, self.where = kind, message, where

    def __reduce__(self) -> tuple[type["Raised"], tuple[str, str, str]]:
        """Pickles it with its arguments, between processes of the judging side."""
        return type(self), (self.kind, self.message, self.where)


def message_of(error: BaseException) -> str:
    """The message of an exception of the submission."""
    try:
        return str(error)
    except BaseException:  # an exception class of the submission may do anything in __str__
        return "(its message raises)"
