"""Networks with another output at each call, as with dropout: the same with one of their switches off."""

import re
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

from nnkata.worker.adapting.calls import functions_of
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of

#: Names of a share of units that are kept or left out.
SHARE = re.compile(r"drop|keep", re.I)
#: Names of a method that switches a network from training to use.
USED = re.compile(r"^(set_?)?(eval(uate|uation)?|test(ing)?|infer(ence)?|predict(ion)?)(_?mode)?$|^no_?dropout$", re.I)
#: The most switches of one network that are tried.
MAX_SWITCHES = 6


def calmed(makers: Iterator[Maker], theirs: ModuleType) -> Iterator[Maker]:
    """Each way to make a network; after one whose output was random, the same with a switch off."""
    for maker in makers:
        yield maker
        if maker.random and not maker.passed and maker.block is None and not maker.chosen:
            yield from _calmed(maker, theirs)


def _calmed(maker: Maker, theirs: ModuleType) -> Iterator[Maker]:
    for switch in list(_switches(maker.net))[:MAX_SWITCHES]:
        lines = [*maker.lines[:-1], maker.lines[-1].replace("return ", "net = ", 1), switch, "return net"]
        lines = [line for line in lines if line != "net = net"]
        try:
            net = value_of(lines, theirs)
        except Fails:
            continue
        yield replace(maker, lines=lines, net=net, random=False, why=f"{maker.why}; without its dropout")


def _switches(net: object) -> Iterator[str]:
    """Lines that turn a switch of the network off, or leave no unit out."""
    for name, value in vars(net).items() if hasattr(net, "__dict__") else ():
        if value is True:
            yield f"net.{name} = False"
        elif type(value) is float and 0 < value < 1 and SHARE.search(name):
            yield from (f"net.{name} = {text}" for text in ("1.0", "0.0"))
        elif isinstance(value, str) and value == "train":
            yield from (f"net.{name} = {text!r}" for text in ("test", "eval"))
    for text, method in functions_of(net, "net", USED):
        if not parameters_of(method):
            yield f"{text}()"
