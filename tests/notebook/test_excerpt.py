"""The statements on which a class rests: those taken from the cells, and those left out."""

from nnkata.notebook.excerpt import Cell, excerpt


def taken(*cells: str, names: tuple[str, ...] = ("Net",), known: tuple[str, ...] = ()) -> str:
    made = [Cell(f"<{n}>", f"cell {n}", text) for n, text in enumerate(cells, 1)]
    return excerpt(made, names, known.__contains__).text


def test_the_latest_definition_counts_with_what_it_uses() -> None:
    cells = ("def helper(): return 1", "class Net:\n    pass", "def helper(): return 2", "class Net:\n    a = helper()")
    assert taken(*cells) == "def helper(): return 2\n\n\nclass Net:\n    a = helper()\n"


def test_unused_statements_are_left_out_even_on_the_same_line() -> None:
    assert (
        taken("import a; import b", "class Net:\n    a = a\nprint(Net)  # shown")
        == "import a\n\n\nclass Net:\n    a = a\n"
    )


def test_a_local_name_is_not_the_notebooks() -> None:
    net = "class Net:\n    def f(self, x):\n        y = x\n        return [y for y in x]\n"
    assert taken("x = load()\ny = x", net) == net


def test_a_global_that_a_method_reads_is_taken_with_its_changes() -> None:
    net = "class Net:\n    def f(self):\n        return rate, table\n"
    cells = ("rate = 1", "table = {}", net, "rate *= 2\ntable['a'] = 1\nother = rate")
    assert taken(*cells) == f"rate = 1\ntable = {{}}\n\n\n{net}rate *= 2\ntable['a'] = 1\n"


def test_methods_attached_later_are_taken() -> None:
    cells = ("class Net: ...", "def f(self): ...\nNet.f = f", "for name in ['g']: setattr(Net, name, f)")
    assert "Net.f = f\nfor name in ['g']: setattr(Net, name, f)\n" in taken(*cells)


def test_a_class_that_replaces_its_own_base_keeps_it_and_a_recursion_does_not() -> None:
    assert taken("class Net: a = 1", "class Net(Net): b = 2") == "class Net: a = 1\n\n\nclass Net(Net): b = 2\n"
    again = "def Net(n):\n    return Net(n - 1)\n"
    assert taken("def Net(n): ...", again) == again


def test_names_in_quoted_annotations_are_used_and_other_texts_are_not() -> None:
    cells = ("Array = list", "W1 = 5", "class Net:\n    def f(self, a: 'Array') -> 'W2': return a['W1']")
    assert taken(*cells).startswith("Array = list\n\n\nclass Net")


def test_imports_from_the_future_are_always_taken_but_statements_that_never_ran_are_not() -> None:
    cells = ("from __future__ import annotations", "this is not Python", "class Net: ...", "await Net")
    assert taken(*cells) == "from __future__ import annotations\n\n\nclass Net: ...\n"


def test_a_name_that_no_statement_binds_is_missing_unless_a_star_may_bring_it() -> None:
    net = Cell("<2>", "cell 2", "class Net:\n    a = b")
    assert excerpt([net], ["Net"], lambda name: name == "b").missing == ("b",)
    assert excerpt([net], ["Net"]).missing == ()
    star = excerpt([Cell("<1>", "cell 1", "from c import *"), net], ["Net"], lambda name: name == "b")
    assert (star.missing, star.text.split("\n")[0]) == ((), "from c import *")


def test_the_definition_at_a_place_goes_before_the_latest() -> None:
    cells = [Cell("<1>", "cell 1", "class Net: a = 1"), Cell("<2>", "cell 2", "class Net: a = 2")]
    assert excerpt(cells, ["Net"], place=lambda name: ("<1>", 1)).text == "class Net: a = 1\n"


def test_every_line_knows_its_cell_and_its_line_there() -> None:
    cells = [Cell("<1>", "cell 1", "import a\n"), Cell("<2>", "cell 2", "\n@a\nclass Net:\n    b = 1", above=1)]
    found = excerpt(cells, ["Net"])
    lines = dict(zip(found.text.split("\n"), found.places, strict=False))
    assert lines["import a"] == ("cell 1", 1)
    assert lines["    b = 1"] == ("cell 2", 5)
