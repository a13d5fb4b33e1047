"""The package that brought a kata from outside the kit: its distribution, and the files of its modules."""

from collections.abc import Iterator
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

from nnkata.kata import Kata
from nnkata.registry import offer

KIT = "nnkata"


def distributed(kata: Kata) -> Distribution | None:
    """The distribution that brought a kata; None for one of the kit."""
    entry = offer(kata)
    return entry.dist if entry is not None else None


def brought(kata: Kata) -> Iterator[tuple[str, Path]]:
    """The files of its packages and modules, also if it is installed from its folder: names in a wheel, and places.

    None for a kata of the kit.
    """
    entry, other = offer(kata), distributed(kata)
    if entry is None:
        return
    named = {module.partition(".")[0] for module in (entry.module, *kata.steps)}
    listed = {file.parts[0].removesuffix(".py") for file in (other and other.files) or () if file.suffix == ".py"}
    for name in sorted(
        {*named, *(each for each in listed if each.isidentifier() and not each.startswith("_"))} - {KIT}
    ):
        spec = find_spec(name)
        if spec is None:
            continue
        for folder in map(Path, spec.submodule_search_locations or ()):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and "__pycache__" not in inside.parts:
                    yield f"{name}/{inside.as_posix()}", path
        if spec.submodule_search_locations is None and spec.origin:
            yield Path(spec.origin).name, Path(spec.origin)
