"""Makes the settings of a run from options and configuration, for every command."""

import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nnkata import registry
from nnkata.configuration import Configuration, read
from nnkata.errors import UsageError
from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.features.tags import CHOICE
from nnkata.language import _, current
from nnkata.places import feature_files
from nnkata.project import FILE
from nnkata.runner.implementation import implementation_name, module_folder
from nnkata.runner.skipped import BY_LAWS, BY_SKIP
from nnkata.subject.walls.choice import NAMES, SANDBOX
from nnkata.subject.walls.limits import Limits
from nnkata.suggestions import meant
from nnkata.texts import printable

#: The data that come with a kata.
BUNDLED = "bundled"
#: `sandbox` is the strongest wall that works here; the names after it are single walls.
ISOLATIONS = ("none", "process", SANDBOX, *NAMES)
#: A chosen seed is below this, so that it is short enough to type.
SEEDS = 1_000_000


def new_seed() -> int:
    """A random seed."""
    return random.SystemRandom().randrange(SEEDS)


class UnknownClause(UsageError):
    """There is no clause of these `names`; the text states the form of a name and the closest one among `known`."""

    def __init__(self, names: Sequence[str], known: Collection[str], where: str = "", skipping: bool = True) -> None:
        """`skipping`: the names are of clauses to leave out, not to judge."""
        text = _("there is no clause {unknown}; clauses are named like {example}")
        text = text.format(
            unknown=", ".join(printable(name[:60]) for name in names), example=f"{registry.current().stages[0]}-1"
        )
        if names[0] in registry.current().stages:
            text = _(
                "{name} is a stage, not a clause: choose stages by --stage or --upto; to leave one out, skip its "
                "clauses: {clauses}"
            )
            own = [tag for tag in known if re.fullmatch(re.escape(names[0]) + r"-\d+", tag)]
            own.sort(key=lambda tag: int(tag.rpartition("-")[2]))
            text = text.format(name=names[0], clauses=" ".join(f"--skip {tag}" for tag in own))
            if not skipping:
                text = _("{name} is a stage, not a clause; judge it by --stage {name}").format(name=names[0])
        elif owner := _owner(names[0]):
            text += _("; ") + _("the kata {name} has it: {option}").format(name=owner, option=f"--kata {owner}")
        else:
            text += meant(names[0], known)
        super().__init__(where + text)
        self.names = tuple(names)


def _owner(tag: str) -> str:
    """The other kata with a stage of this clause; empty if there is none, or if the current kata has the stage."""
    stage = tag.rpartition("-")[0]
    if stage in registry.current().stages:
        return ""
    return next((other.name for other in registry.others() if stage in other.stages), "")


@dataclass(frozen=True)
class Settings:
    """The settings of one run.

    `kata` is the name of the contract. `skip` maps clauses to reasons, `only` names the clauses to run (all if None).
    `first_failure` ends the run at the first clause that does not pass, without a diagnosis. The name of the
    implementation is relative to the folder `start`, the working directory if None. `known_failures` maps clauses to
    reasons: they count as skipped while they fail, and as failed when they pass. `language` is that of the clauses and
    of the messages. `first_stage` runs before the others. `beside` runs mypy and the long stages at the same time as
    the others, on a second core. `user` is the number of the user as whom root starts the worker (`process` alone).
    `declared` is the kata's own table of the configuration. `waiting` skips a stage of the kata's `waits` if the one
    that it waits for has failed.
    """

    implementation: str
    kata: str = field(default_factory=lambda: registry.current().name)
    isolation: str = "process"
    data: str = BUNDLED
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
    beside: bool = True
    user: int | None = None
    declared: Mapping[str, object] = field(default_factory=dict)
    waiting: bool = False


@dataclass(frozen=True)
class Asked:
    """The options of a command as given; `known` reads the clauses to which they refer."""

    known: Callable[[], Sequence[Clause]]
    name: str | None = None
    stages: Sequence[str] = ()
    upto: str | None = None
    clauses: Sequence[str] = ()
    skipped: Sequence[str] = ()
    isolation: str = "process"
    data: str = BUNDLED
    seed: int | None = None
    features: Path | None = None
    laws: bool = False

    @property
    def of_clauses(self) -> bool:
        """Whether an option names clauses, or a property of theirs."""
        return bool(self.stages or self.upto or self.clauses or self.skipped or self.laws)


def configuration(start: Path | None = None) -> Configuration:
    """The local configuration, in which the chosen kata may have a table.

    Raises:
        UsageError: the configuration is wrong.
    """
    return read(start, [registry.current().name])


def settled(asked: Asked, configured: Configuration, implementation: str | None = None) -> Settings:
    """The settings of a run: options first, then the configuration. `implementation` is known already.

    Raises:
        UsageError: an option or the configuration names something unknown.
    """
    laws = asked.laws or configured.laws
    named = asked.of_clauses or laws or configured.skip or configured.known_failures
    known = asked.known() if named else ()  # reading them takes 15 ms, in which the worker can start
    tags = [clause.tag for clause in known]
    own = asked.features is not None
    return Settings(
        implementation or implementation_name(asked.name, configured),
        isolation=asked.isolation,
        data=asked.data,
        seed=new_seed() if asked.seed is None else asked.seed,
        skip={**choices(known, laws), **skips(asked.skipped, tags, configured)},
        only=chosen(known, asked.stages, asked.upto, asked.clauses),
        features=asked.features,
        limits=configured.limits,
        known_failures={} if own else known_failures(tags, configured),
        start=None if implementation else module_folder(asked.name, configured),
        declared=_declared(configured),
    )


def _declared(configured: Configuration) -> Mapping[str, object]:
    """The kata's own table.

    Raises:
        UsageError: the kata knows no such key or value.
    """
    table = configured.declared.get(registry.current().name, {})
    if fault := registry.current().undeclared(table):
        raise UsageError(f"{configured.folder / FILE}: {fault}")
    return table


def chosen(
    known: Sequence[Clause], stages: Sequence[str] = (), upto: str | None = None, names: Sequence[str] = ()
) -> frozenset[str] | None:
    """The clauses that --stage, --upto and --clause select together; None, for all, if none is given.

    Raises:
        UnknownClause: there is no such clause.
        UsageError: the chosen stages have none.
    """
    there = {clause.tag for clause in known}
    if unknown := sorted(set(names) - there):
        raise UnknownClause(unknown, there, skipping=False)
    order = registry.current().stages
    wanted = set(stages) | set(order[: order.index(upto) + 1] if upto else ())
    if not wanted and not names:
        return None
    tags = frozenset({clause.tag for clause in known if clause.stage in wanted} | set(names))
    if not tags:
        raise UsageError(_("no clause of these features belongs to {wanted}").format(wanted=", ".join(sorted(wanted))))
    return tags


def known_failures(known: Collection[str], configured: Configuration) -> Mapping[str, str]:
    """Clauses that are known to fail, each with its reason.

    Raises:
        UnknownClause: there is no such clause.
    """
    if unknown := sorted(set(configured.known_failures) - set(known)):
        raise UnknownClause(unknown, known, "[tool.nnkata] known_failures: ")
    return configured.known_failures


def skips(given: Sequence[str], known: Collection[str], configured: Configuration) -> dict[str, str]:
    """Clauses to leave out, each with its reason: the given ones, and `skip` of the configuration.

    Raises:
        UnknownClause: there is no such clause.
    """
    wanted = {**configured.skip, **dict.fromkeys(given, _(BY_SKIP))}
    unknown = set(wanted) - set(known)
    if not set(given) - set(known):  # the user's own features, beside a configuration for the contract
        unknown -= {clause.tag for clause in clauses(feature_files(None))} if unknown else set()
    if unknown:
        configured_only = not unknown & set(given)
        raise UnknownClause(sorted(unknown), known, "[tool.nnkata] skip: " if configured_only else "")
    return wanted


def choices(known: Sequence[Clause], left_out: bool) -> dict[str, str]:
    """If they are `left_out`, the clauses that rest on a choice of the kata's text, each with the reason."""
    reason = _(BY_LAWS)
    return {clause.tag: reason for clause in known if left_out and CHOICE in clause.tags}
