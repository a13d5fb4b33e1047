"""The origin of the installed nnkata, so that another machine can install the same: pip records it (PEP 610)."""

import json
import shlex
from importlib.metadata import Distribution
from pathlib import PurePosixPath

from nnkata.exports.kit import installed, wheel
from nnkata.kata import Kata
from nnkata.kata_package import KIT, distributed

#: The folder of a repository for copies of the kit and its kata, if there is no public place to install them from.
KEPT = PurePosixPath(".github", KIT)


def installation(kata: Kata) -> tuple[str, dict[str, bytes]]:
    """The arguments of `pip install`, as words for a shell, and the files that they need.

    They install the kit, and a kata of another package. A release is named with its version, a repository by its
    address and commit, an archive by its address. A folder or a file of this machine exists on no other, so the files
    then include a wheel.

    Raises:
        UsageError: nnkata is not installed, only importable.
    """
    words: list[str] = []
    files: dict[str, bytes] = {}
    for found in filter(None, (installed(), distributed(kata))):
        word, content = _installation(found, kata)
        words.append(shlex.quote(word))
        files |= content
    return " ".join(words), files


def _installation(found: Distribution, kata: Kata) -> tuple[str, dict[str, bytes]]:
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    url, vcs = str(origin.get("url", "")), origin.get("vcs_info")
    if not url:
        return f"{found.name}=={found.version}", {}
    if vcs and not url.startswith("file:"):
        return f"{found.name} @ {vcs['vcs']}+{url}@{vcs['commit_id']}", {}
    if url.startswith("https:"):
        return f"{found.name} @ {url}", {}
    name, content = wheel(found, kata)
    path = (KEPT / name).as_posix()
    return f"./{path}", {path: content}
