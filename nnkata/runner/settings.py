"""What a run is asked to do, and where the contract lies."""

import os
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nnkata.gherkin import clauses
from nnkata.katas.article.protocol import STAGES
from nnkata.language import _, current, reason
from nnkata.subject.limits import Limits, limits_of

ISOLATIONS = ("none", "process", "sandbox")
VARIABLE = "NNKATA_IMPLEMENTATION"
#: A seed that nobody gave is below this, so that it is short enough to type.
SEEDS = 1_000_000


def new_seed() -> int:
    """A seed that nobody chose."""
    return secrets.randbelow(SEEDS)


class UsageError(Exception):
    """What was asked for cannot be done; the text says what to change."""


@dataclass(frozen=True)
class Settings:
    """One run: what to judge and how.

    `skip` maps clauses to reasons, `only` names the clauses to run (all if None). `first_failure` ends the run at the
    first clause that does not pass, without asking which mistake it was. `start` is the folder that the name of the
    implementation starts from, the working directory if None. `known_failures` maps clauses that are known to fail to
    reasons: they count as skipped while they fail, and as failed when they pass. `language` is that of the clauses and
    of the messages. `first_stage` is run before the others. `mypy_beside` runs mypy beside the other stages, which
    takes a part of a second core; else it follows them. `user` is the number of the user that root starts the worker
    as (`process` alone).
    """

    implementation: str
    isolation: str = "process"
    data: str = "bundled"
    seed: int = field(default_factory=new_seed)
    skip: Mapping[str, str] = field(default_factory=dict)
    only: frozenset[str] | None = None
    features: Path | None = None
    first_failure: bool = False
    limits: Limits = field(default_factory=Limits)
    known_failures: Mapping[str, str] = field(default_factory=dict)
    start: Path | None = None
    language: str = field(default_factory=current)
    first_stage: str | None = None
    mypy_beside: bool = True
    user: int | None = None


def contract_folder() -> Path:
    """The folder with `test_contract.py`: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "contract"
    return packaged if (packaged / "test_contract.py").is_file() else package.parent / "tests" / "contract"


def features_folder(language: str = "en") -> Path:
    """The contract's own features in a language: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "contract" / "features"
    folder = packaged if packaged.is_dir() else package.parent / "features"
    return folder if language == "en" else folder / language


def skeleton_file() -> Path:
    """The network with holes to fill: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "contract" / "skeleton.py"
    return packaged if packaged.is_file() else package.parent / "solutions" / "skeleton.py"


def reference_file() -> Path:
    """The network that others are compared with: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "contract" / "reference.py"
    return packaged if packaged.is_file() else package.parent / "reference" / "network.py"


def feature_files(folder: Path | None, language: str | None = None) -> list[Path]:
    """The contract's features in the order of its stages, or those of a folder of one's own in the order of names.

    The contract's are in a language, the current one where none is said; those of one's own are in whichever they are.

    Raises:
        UsageError: there is none.
    """
    if folder is None:
        own = features_folder(language or current())
        return [own / f"{stage}.feature" for stage in STAGES]
    files = sorted(folder.resolve().glob("*.feature"))
    if not files:
        raise UsageError(_("there is no .feature file in {folder}").format(folder=folder))
    return files


def configured(start: Path | None = None) -> tuple[dict[str, Any], Path]:
    """`[tool.nnkata]` of the nearest pyproject.toml at or above `start`, and the folder that it lies in.

    Raises:
        UsageError: that file is not TOML, or the table is no table.
    """
    here = (Path.cwd() if start is None else start).resolve()
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            try:
                tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise UsageError(_("{path} is not TOML: {error}").format(path=path, error=error)) from None
            except OSError as error:
                raise UsageError(
                    _("{path} cannot be read: {strerror}").format(path=path, strerror=reason(error))
                ) from None
            table = tools.get("nnkata", {}) if isinstance(tools, dict) else tools
            if not isinstance(table, dict):
                raise UsageError(_("{path}: [tool.nnkata] is not a table").format(path=path))
            return table, folder
    return {}, here


def implementation_name(given: str | None) -> str:
    """The implementation to judge: as given, else from the environment, else from the configuration.

    Raises:
        UsageError: none of them names one.
    """
    if name := given or os.environ.get(VARIABLE):
        return name
    table, folder = configured()
    name = table.get("implementation")
    if not isinstance(name, str) or not name:
        raise UsageError(
            _(
                "no implementation is named: give a path, set {variable}, "
                "or set `implementation` under [tool.nnkata] in pyproject.toml"
            ).format(variable=VARIABLE)
        )
    path, colon, cls = name.partition(":")
    there = folder / path
    return f"{os.path.relpath(there)}{colon}{cls}" if there.exists() else name


def module_folder(given: str | None) -> Path | None:
    """The folder that the name of a module starts from: the configuration's, where it is named there; else None."""
    if given or os.environ.get(VARIABLE):
        return None
    table, folder = configured()
    is_path = (folder / str(table.get("implementation", "")).partition(":")[0]).exists()
    return None if is_path else folder


def limits() -> Limits:
    """The limits of the configuration.

    Raises:
        UsageError: one is unknown or out of range.
    """
    try:
        return limits_of(configured()[0].get("limits", {}))
    except ValueError as error:
        raise UsageError(str(error)) from None


def known_failures(known: Sequence[str]) -> dict[str, str]:
    """`known_failures` of the configuration: clauses, each with its reason.

    Raises:
        UsageError: there is no such clause, or a reason is missing.
    """
    table = configured()[0].get("known_failures", {})
    if not isinstance(table, dict) or not all(isinstance(reason, str) and reason for reason in table.values()):
        raise UsageError(_('known_failures under [tool.nnkata] has to be a table of reasons: {forward-1 = "why"}'))
    if unknown := sorted(set(table) - set(known)):
        raise UsageError(
            _("known_failures: there is no clause {unknown}; clauses are named like backward-3").format(
                unknown=", ".join(unknown)
            )
        )
    return table


def skips(given: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Clauses to leave out, each with its reason: those given, and `skip` of the configuration.

    `skip` is a table, clause = "reason".

    Raises:
        UsageError: there is no such clause, or a reason is missing.
    """
    table = configured()[0].get("skip", {})
    if not isinstance(table, dict) or not all(isinstance(reason, str) and reason for reason in table.values()):
        raise UsageError(_('skip under [tool.nnkata] has to be a table of reasons: skip = {forward-1 = "why"}'))
    chosen = {**table, **dict.fromkeys(given, _("left out by --skip"))}
    unknown = sorted(set(chosen) - set(known))
    if unknown and not set(given) - set(known):  # features of one's own, beside a configuration for the contract
        unknown = sorted(set(unknown) - {clause.tag for clause in clauses(feature_files(None))})
    if unknown:
        raise UsageError(
            _("there is no clause {unknown}; clauses are named like backward-3").format(unknown=", ".join(unknown))
        )
    return chosen
