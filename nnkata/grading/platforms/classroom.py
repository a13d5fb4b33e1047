"""GitHub Classroom: one clone per student, `gh classroom clone student-repos` or by hand, all named ASSIGNMENT-USER.

Source: github/gh-classroom, cmd/gh-classroom/clone (names of the clones) and assignment-grades (the columns of the
grades: github_username, student_repository_name and more). User names and assignments both have dashes, so the user is
the part after the common part of all clones; the name of the repository, which is certain, is kept too.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from nnkata.grading.course.handouts import is_given
from nnkata.grading.kinds import has, head_of, stem
from nnkata.grading.names.named import names_a_part
from nnkata.grading.platforms.handed import Handed, Listing, common_start

#: A GitHub user: letters, digits, single dashes within, at most 39.
USER = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$")
#: GitHub's "Download ZIP" is called REPOSITORY-BRANCH, GitLab's REPOSITORY-BRANCH-COMMIT; a browser adds a number to a
#: second one.
BRANCH = re.compile(r"-(?:main|master)(?:-[0-9a-f]{40})?(?: ?\(\d+\))?$")
#: The number of a folder of a name that is there already; no name of a repository has brackets.
COPY = re.compile(r" ?\((?P<number>\d{1,2})\)$")
REMOTE = re.compile(
    r"url\s*=\s*\S*?github[^\s/:]*[/:](?P<owner>[^/\s]+)/(?P<name>[^/\s]+?)(?:\.git)?\s*$", re.MULTILINE
)


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by repository; None if there are neither clones nor GitHub's own archives of repositories."""
    clones = [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
    packed = [entry for entry in entries if BRANCH.search(stem(entry.name)) and not entry.is_symlink()]
    if len(packed) > 1 and 2 * len(packed) > len(entries) and (sure or _start(map(_plain, packed))):
        clones = packed
    elif not sure and (not clones or 2 * sum(has(clone, ".git") for clone in clones) < len(entries)):
        return None
    shared = _start(map(_plain, clones)) if len(clones) > 1 else ""
    if not sure and not shared and not (len(clones) == 1 and _repository(clones[0]) == clones[0].name):
        return None
    given = [clone for clone in clones if is_given(clone)]
    clones = [clone for clone in clones if clone not in given]
    handed = []
    first = {} if sure else _of_copies(clones, len(shared))
    for clone in clones:
        name = _plain(first.get(clone, clone))
        repository = _repository(clone) or name
        user = name[len(shared) :] if shared else ""
        ids = {"repository": repository} | ({"github": user} if USER.match(user) else {})
        branch = BRANCH.search(stem(clone.name))
        again = COPY.search(branch[0] if branch else clone.name if clone in first else "")
        number = int(again["number"]) if again else 0
        handed.append(Handed(clone, name, name, ids, "" if clone.is_dir() else clone.name, (number,)))
    return Listing(handed, [*given, *(entry for entry in entries if entry.is_file() and entry.suffix == ".csv")])


def _of_copies(clones: Sequence[Path], shared: int) -> dict[Path, Path]:
    """The second folders of one clone, `hw1-ada (1)`, and the first one: not of a name that several have, `hw1`."""
    found = {}
    plain = {clone.name: clone for clone in clones if COPY.search(clone.name) is None}
    users = {name[shared:] for name in plain}
    for clone in clones:
        first = plain.get(COPY.sub("", clone.name))
        if first is None or first == clone or len(users) < len((first, clone)) or names_a_part(first.name[shared:]):
            continue
        if _remote(clone) == _remote(first):
            found[clone] = first
    return found


def _plain(entry: Path) -> str:
    """The name of the repository, of a folder or of an archive that is named after it and its branch."""
    return BRANCH.sub("", stem(entry.name)) if BRANCH.search(stem(entry.name)) else entry.name


def _start(names: Iterable[str]) -> str:
    """The common beginning of all names, up to a dash."""
    shared = common_start(list(names))
    return shared[: shared.rfind("-") + 1]


def _repository(clone: Path) -> str:
    """The name of the cloned repository."""
    return _remote(clone)[1]


def _remote(clone: Path) -> tuple[str, str]:
    """The owner and the name of the cloned repository."""
    try:
        match = REMOTE.search(head_of(clone / ".git" / "config", 1 << 16).decode(errors="replace"))
    except OSError:
        return "", ""
    return (match["owner"], match["name"]) if match else ("", "")
