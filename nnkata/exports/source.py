"""The origin of the installed nnkata, so that another machine can install the same: pip records it (PEP 610)."""

import json
import shlex
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import PurePosixPath

from nnkata.errors import UsageError
from nnkata.exports.kit import NAME, wheel
from nnkata.language import _

#: The folder of a repository for a copy of the kit, if there is no public place to install it from.
KEPT = PurePosixPath(".github", NAME)


def installation() -> tuple[str, dict[str, bytes]]:
    """The arguments of `pip install`, as words for a shell, and the files that they need.

    A release is named with its version, a repository by its address and commit, an archive by its address. A folder or
    a file of this machine exists on no other, so the files then include the kit as a wheel.

    Raises:
        UsageError: nnkata is not installed, only importable.
    """
    try:
        found = distribution(NAME)
    except PackageNotFoundError:
        text = _("{name} is not installed here, so that it cannot be taken along: pip install {name}")
        raise UsageError(text.format(name="nnkata")) from None
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    url, vcs = str(origin.get("url", "")), origin.get("vcs_info")
    if not url:
        return shlex.quote(f"{NAME}=={found.version}"), {}
    if vcs and not url.startswith("file:"):
        return shlex.quote(f"{NAME} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"), {}
    if url.startswith("https:"):
        return shlex.quote(f"{NAME} @ {url}"), {}
    name, content = wheel()
    path = (KEPT / name).as_posix()
    return shlex.quote(f"./{path}"), {path: content}
