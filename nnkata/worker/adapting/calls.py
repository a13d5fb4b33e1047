"""Ways to call a function: texts of arguments, from the names of its parameters and the available values."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from nnkata.worker.adapting.graph import is_name
from nnkata.worker.adapting.source.usual_names import NUMERIC, STARTS, key_of, role
from nnkata.worker.arguments import parameters_of, passed
from nnkata.worker.foreign_code.tensors import is_tensor

#: The names wanted: a pattern, or a predicate.
Matcher = re.Pattern[str] | Callable[[str], object]
#: The most ways tried per function.
MAX_WAYS = 60
#: Letters of a name that says nothing: p, W, th.
SHORT = 2
#: Names of a parameter for the network itself.
NETWORK = re.compile(r"^\w*(net|network|nn|model|mlp)$", re.I)
#: Roles of parameters that are None by default and passed nevertheless.
LATER = ("label", "input", "output", "cache", "params")
#: Optional parameters that are passed nevertheless: they set the amount of training.
GIVEN = ("rate", "epochs", "batch")
#: Names of a required parameter that may be samples with their labels: train, test_data.
SETS = re.compile(r"^(train|test|val|valid|dev)(ing|idation)?(_?(data|set|dataset))?$", re.I)
#: Roles whose value may be chosen by a string.
BY_STRING = ("unknown", "loss", "function", "error")


@dataclass
class AtHand:
    """Argument texts by role, in the order of trying, and by exact name."""

    roles: dict[str, list[str]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    #: Texts of the strings that the files know for a name.
    options: Callable[[str], list[str]] = field(default=lambda _name: [])
    #: Texts of the functions and objects that the author's own calls of a function pass, by the parameter.
    authored: Callable[[Callable[..., object]], Mapping[str, list[str]]] = field(default=lambda _function: {})

    def of(self, name: str) -> list[str]:
        """The argument texts for a parameter."""
        if name in self.named:
            return [self.named[name]]
        alike = [text for known, text in self.named.items() if key_of(known) == key_of(name)]
        if len(alike) == 1:  # a weight may be called W where it is made and weights where it is passed
            return alike
        found = role(name)
        if found in BY_STRING and (own := self.options(name)):
            return [*own, *self.roles.get(found, [])]
        if found == "gradient":  # a step with gradients of another call; a sample in its place only looks like one
            return self.roles.get(found, [])
        if found == "function" and name.lower().endswith("s") and self.roles.get("cache"):
            found = "cache"  # activations: the values of all layers
        texts = self.roles.get(found, [])
        if name == "a":  # a rate, or the activations of the first layer
            texts = [*texts, *self.roles.get("input", [])[:1]]
        if SETS.match(name) and self.roles.get("sets"):
            return [*self.roles["sets"], *texts]
        if found == "unknown" or not texts:
            texts = [
                *texts,
                *self.roles.get("label", [])[:2],
                *self.roles.get("input", [])[:1],
                *self.roles.get("output", []),
                *self.roles.get("cache", [])[:1],
                *self.roles.get("error", [])[:2],
                *self.roles.get("rate", [])[:1],
            ]
        return texts

    def plus(self, **roles: Sequence[str]) -> "AtHand":
        """A copy with other texts for some roles."""
        more = {n: list(texts) for n, texts in roles.items()}
        return AtHand({**self.roles, **more}, dict(self.named), self.options, self.authored)


#: The beginning of a private name outside of its class.
PRIVATE = re.compile(r"^_[A-Za-z]\w*?__(?=[a-z]\w*[^_]$)")


def ways(function: Callable[..., object], hand: AtHand) -> Iterator[str]:
    """Texts of the arguments within the brackets, the likeliest first."""
    choices: list[list[str]] = []
    own = hand.authored(function)
    for parameter in parameters_of(function):
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is parameter.empty:
            known = dict.fromkeys([*own.get(parameter.name, []), *hand.of(parameter.name)])
            choices.append([passed(parameter, text) for text in known])
        elif parameter.name in own:
            choices.append([*(f"{parameter.name}={text}" for text in own[parameter.name]), ""])
        elif (
            role(parameter.name) in GIVEN and parameter.name not in hand.named and hand.roles.get(role(parameter.name))
        ):
            choices.append([f"{parameter.name}={hand.roles[role(parameter.name)][0]}"])
        elif role(parameter.name) == "evaluating" and hand.roles.get("evaluating"):
            choices.append([*(f"{parameter.name}={text}" for text in hand.roles["evaluating"]), ""])
        elif parameter.default is None and (role(parameter.name) in LATER or parameter.name in hand.named):
            texts = hand.of(parameter.name)
            choices.append([*(f"{parameter.name}={text}" for text in texts), ""])
    seen: set[tuple[str, ...]] = set()
    for lists in (choices, _with_params(function, hand, choices)):
        for chosen in likeliest(lists, MAX_WAYS):
            if chosen not in seen:
                seen.add(chosen)
                yield ", ".join(text for text in chosen if text)


def likeliest(choices: Sequence[Sequence[str]], most: int) -> Iterator[tuple[str, ...]]:
    """At most so many combinations of one text per argument, those with the fewest and smallest deviations first.

    The first texts are the likeliest. A long list of one argument thus hides no second text of another.
    """
    left = most
    for deviation in range(sum(len(texts) - 1 for texts in choices) + 1 if all(choices) else 0):
        for chosen in islice(_deviating(choices, deviation), left):
            left -= 1
            yield chosen
        if not left:
            return


def _deviating(choices: Sequence[Sequence[str]], deviation: int) -> Iterator[tuple[str, ...]]:
    """The combinations whose places add up to a number."""
    if not choices:
        yield from [()] if not deviation else []
        return
    rest = sum(len(texts) - 1 for texts in choices[1:])
    for place, text in enumerate(choices[0]):
        if 0 <= deviation - place <= rest:
            yield from ((text, *others) for others in _deviating(choices[1:], deviation - place))


def _with_params(function: Callable[..., object], hand: AtHand, choices: list[list[str]]) -> list[list[str]]:
    """The parameters of the network as a last choice for short names, if no name asks for them: p, w."""
    required = [p for p in parameters_of(function) if p.default is p.empty and p.kind <= p.POSITIONAL_OR_KEYWORD]
    everything = hand.roles.get("params", [])
    if len(required) != len(choices) or any(text in texts for text in everything for texts in choices):
        return choices
    return [
        [*texts, *everything] if len(parameter.name) <= SHORT and role(parameter.name) != "input" else texts
        for parameter, texts in zip(required, choices, strict=True)
    ]


def takes_network(function: Callable[..., object]) -> bool:
    """Whether a function outside of the class wants the network, by the name of its first parameter."""
    return any(NETWORK.match(parameter.name) for parameter in parameters_of(function)[:1])


def functions_of(owner: object, prefix: str, pattern: Matcher) -> list[tuple[str, Callable[..., object]]]:
    """The callables of a module or an object with matching names: the text of each, and the callable."""
    found: list[tuple[str, Callable[..., object]]] = []
    for name in _names(owner):
        known = bare(name)
        if pattern.match(known) if isinstance(pattern, re.Pattern) else pattern(known):
            value = attribute(owner, name)
            if callable(value) and not isinstance(value, type):
                found.append((f"{prefix}.{name}", value))
    return found


def attribute(owner: object, name: str) -> object:
    """An attribute; None if there is none, or if the code of a property raises anything."""
    try:
        return getattr(owner, name, None)
    except Exception:
        return None


def others_of(
    owner: object, prefix: str, named: Iterable[tuple[str, object]]
) -> list[tuple[str, Callable[..., object]]]:
    """The methods of an object, or the own functions of a module, beside those found by names: names prove nothing."""
    known = {text for text, _function in named}
    found = functions_of(owner, prefix, lambda name: not STARTS.match(name) and not NUMERIC.search(name))
    if inspect.ismodule(owner):
        found = [pair for pair in found if "__left_out__" in getattr(pair[1], "__globals__", ())]
    return [(text, function) for text, function in found if text not in known and parameters_of(function)]


def bare(name: str) -> str:
    """A method's name as its class writes it: `__forward` of a class `Net` is `_Net__forward` outside."""
    return PRIVATE.sub("__", name)


def _names(owner: object) -> list[str]:
    if inspect.ismodule(owner):
        return [name for name in vars(owner) if not name.startswith("__")]
    names: dict[str, None] = {}
    for cls in type(owner).__mro__:
        if cls is not object:
            names.update(dict.fromkeys(vars(cls)))
    return [name for name in names if not name.startswith("__") or name == "__call__"]


def items(text: str, value: object, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The arrays in the result of a call, each with its access text."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if depth < 4 and is_name(key):
                yield from items(f"{text}[{key!r}]", item, depth + 1)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from items(f"{text}[{place}]", item, depth + 1) if depth < 4 else ()
    elif is_tensor(value):
        yield f"{text}.data", value.data
    else:
        yield text, value
