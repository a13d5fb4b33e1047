"""The installed kit, and a kata of another package, as wheels for another machine; the versions of their dependencies.

They are made from the installed files and their metadata, so that an export needs neither the repository nor a build: a
checkout and an installed wheel give the same result.
"""

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from nnkata.errors import UsageError
from nnkata.kata import Kata
from nnkata.kata_package import KIT, brought, distributed
from nnkata.language import _
from nnkata.packaged import PACKAGED, placed

#: The oldest time that a zip archive can hold: the same content gives the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
WHEEL = "Wheel-Version: 1.0\nGenerator: nnkata\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheels(kata: Kata) -> dict[str, bytes]:
    """The kit and the package of a kata as wheels, by file name.

    Raises:
        UsageError: nnkata is not installed, only importable.
    """
    return dict(wheel(found, kata) for found in filter(None, (installed(), distributed(kata))))


def wheel(here: Distribution, kata: Kata) -> tuple[str, bytes]:
    """A distribution, the kit or that of a kata, as a wheel: its file name and its content.

    Its form is that of packaging.python.org, "Binary distribution format".
    """
    files = dict(_package()) if here.name == KIT else {name: path.read_bytes() for name, path in brought(kata)}
    name = re.sub(r"[-_.]+", "_", here.name).lower()
    info = f"{name}-{here.version}.dist-info"
    texts = {"METADATA": here.read_text("METADATA"), "entry_points.txt": here.read_text("entry_points.txt")}
    texts |= {"licenses/LICENSE": here.read_text("licenses/LICENSE"), "WHEEL": WHEEL}
    files |= {f"{info}/{name}": text.encode() for name, text in texts.items() if text is not None}
    record = f"{info}/RECORD"
    lines = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in files.items()]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return f"{name}-{here.version}-py3-none-any.whl", archive(files)


def archive(files: Mapping[str, bytes], executable: frozenset[str] = frozenset()) -> bytes:
    """A zip archive of files, name to content; the same bytes each time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr = (0o100755 if name in executable else 0o100644) << 16
            zipped.writestr(member, text, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def requirements(kata: Kata, *extras: str) -> str:
    """A requirements file of all dependencies of the kit, these extras and a kata, in the versions installed here.

    Raises:
        UsageError: one of them is not installed.
    """
    pins: dict[str, str] = {}
    other = distributed(kata)
    ours = {KIT} if other is None else {KIT, other.name}
    asked = {(KIT, extra) for extra in extras} | {(name, "") for name in ours}
    seen: set[tuple[str, str]] = set()
    while asked - seen:
        name, extra = min(asked - seen)
        seen.add((name, extra))
        found = installed(name)
        pins[found.name] = found.version
        for need in map(Requirement, found.requires or []):
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                asked |= {(need.name, inner) for inner in ("", *need.extras)}
    pins = {name: version for name, version in pins.items() if name not in ours}
    return "".join(f"{name}=={version}\n" for name, version in sorted(pins.items(), key=lambda pin: pin[0].casefold()))


def installed(name: str = KIT) -> Distribution:
    """An installed distribution.

    Raises:
        UsageError: there is none.
    """
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise UsageError(
            _("{name} is not installed here, so that it cannot be taken along: pip install {name}").format(name=name)
        ) from None


def _package() -> Iterator[tuple[str, bytes]]:
    """The package's files, and those that a checkout keeps beside it."""
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and "__pycache__" not in name.parts and name.parts[0] != "contract":
            yield f"{KIT}/{name.as_posix()}", path.read_bytes()
    for packaged in PACKAGED:
        place = placed(packaged)
        files = sorted(place.rglob("*.feature")) if place.is_dir() else [place]
        for path in files:
            inside = "" if path == place else f"/{path.relative_to(place).as_posix()}"
            yield f"{KIT}/contract/{packaged}{inside}", path.read_bytes()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
