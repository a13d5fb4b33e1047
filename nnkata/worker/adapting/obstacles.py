"""The obstacles of a search: for each part of an adapter, the first failure of each call that was tried."""

#: The most obstacles told of one part, and the most characters of each.
MOST, WIDE = 3, 160
_met: dict[str, dict[str, str]] = {}


def met(part: str, call: str, why: str, best: bool = False) -> None:
    """Keep why a call was no use for a part (`new`, `output`, `gradients`): the first of its function, or the best."""
    name = call if call.startswith("made(") else call.partition("(")[0]
    held = _met.setdefault(part, {})
    if best or name not in held:
        held[name] = f"{call}: {why}"


def told(part: str) -> list[str]:
    """The first obstacles of a part, each in one line."""
    lines = [" ".join(text.split()) for text in _met.get(part, {}).values()]
    return [line if len(line) <= WIDE else line[: WIDE - 3] + "..." for line in lines[:MOST]]


def forget(*parts: str) -> None:
    """Forget those of some parts, before another network; all of them, before another file."""
    for part in parts or list(_met):
        _met.pop(part, None)
