"""A single notebook, treated as in a batch: its cells become a file, and messages name the cells, not the file.

So is a notebook saved as a script.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import msgspec

from nnkata.grading.kinds import MAX_LISTED, below, is_data, is_notebook, leaving
from nnkata.runner.settings import Settings
from nnkata.subject import NotFound
from nnkata.subject.source.exported_notebooks import saved_as_script
from nnkata.subject.source.notebook import MAX_CODE
from nnkata.verdict import Verdict
from nnkata.worker.data import MAX_DATA


@contextmanager
def as_file(
    settings: Settings,
) -> Iterator[tuple[Settings, Callable[[Verdict], Verdict], list[str], Callable[[str], str]]]:
    """The settings for a file made from a notebook, and what its user is told.

    That is the change of its verdict to name and cells, its broken cells, and the change of a message to its cells.

    Anything but a notebook is unchanged.

    Raises:
        Refused: it is not a notebook in Python.
        NotFound: as raised inside, with the name of the notebook and its cells.
    """
    name = settings.implementation
    path = (settings.start or Path.cwd()) / name
    if not (is_notebook(name) or _is_script(path)) or not path.is_file():
        yield settings, lambda verdict: verdict, [], str
        return
    # With formats of archives, which a check of a file does without.
    from nnkata.grading.archives.archive import MAX_FILES
    from nnkata.grading.bundle import bundle
    from nnkata.grading.course.find import Found
    from nnkata.grading.task import in_cells, on_cells

    found = bundle(Found(path.stem, path))
    places = found.notebook.places if found.notebook else ()
    with tempfile.TemporaryDirectory(prefix="nnkata-notebook-") as made:
        for beside in _beside(path.parent, MAX_FILES):
            there = Path(made, beside.relative_to(path.parent))
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(beside, there)
        for file, content in found.files.items():
            Path(made, file).write_bytes(content)

        def named(verdict: Verdict) -> Verdict:
            return on_cells(msgspec.structs.replace(verdict, implementation=name), found.entry, places)

        broken = [f"{path.name}, {told}" for told in found.notebook.broken] if found.notebook else [*found.notes[:1]]
        inside = replace(settings, implementation=str(Path(made, found.entry)), start=Path(made))
        try:
            yield inside, named, broken, lambda text: in_cells(text, found.entry, places)
        except NotFound as error:
            from nnkata.subject.source.run_file import of_run_file  # for a notebook that cannot be judged alone

            more = of_run_file(found.notebook.text) if found.notebook else ""
            raise NotFound(in_cells(str(error), found.entry, places) + more) from None


def _beside(folder: Path, most: int) -> Iterator[Path]:
    """The Python files below a folder, the upper ones first, and the data in it, which its code may read."""
    there = islice(below(folder, unseen=lambda inner: leaving(inner.name, folder=True)), MAX_LISTED)
    plain = [path for path in there if path.is_file() and not path.is_symlink() and os.access(path, os.R_OK)]
    yield from islice((path for path in plain if path.suffix == ".py"), most)
    left = MAX_DATA
    for path in plain:
        if path.parent == folder and is_data(path.name) and path.stat().st_size <= left:
            left -= path.stat().st_size
            yield path


def _is_script(path: Path) -> bool:
    """Whether a file is a notebook saved as a script."""
    if path.suffix != ".py" or not path.is_file():
        return False
    with path.open("rb") as file:
        return saved_as_script(file.read(MAX_CODE + 1)) is not None
