"""Course folders of files named by owner and part, of modules that others import, and of several tasks of each."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put


def using(who: str, module: str) -> bytes:
    return network(who, imports=f"from {module} import f\n")


@course
def a_network_and_its_helper_by_owner(at: Path) -> Course:
    put(at, {"ada_network.py": using("ada", "ada_helper"), "ada_helper.py": helper("ada")})
    put(
        at, {"bob_network.py": using("bob", "helper"), "bob_helper.py": helper("bob"), "eve_network.py": network("eve")}
    )
    files = {"ada": ["ada_helper.py", "ada_network.py"], "bob": ["helper.py", "network.py"]}
    return Course(at, {"ada": 1, "bob": 1, "eve": 1}, files=files, rows=["ada_network", "bob_network", "eve_network"])


@course
def the_part_before_the_owner(at: Path) -> Course:
    for who in ("ada_lovelace", "alan_turing"):
        put(
            at,
            {f"network_{who}.py": network(who[:3]), f"layers_{who}.py": helper(who[:3]), f"report_{who}.pdf": b"%PDF"},
        )
    return Course(at, {"ada": 1, "ala": 1})


@course
def numbers_of_students_and_parts(at: Path) -> Course:
    for who in ("20231234", "20231235"):
        put(at, {f"{who}_network.py": using(who, "layers"), f"{who}_layers.py": helper(who)})
        put(at, {f"{who}_report.docx": b"PK", f"{who}_README.md": b"# mine"})
    return Course(at, {"20231234": 1, "20231235": 1})


@course
def chinese_names_and_parts(at: Path) -> Course:
    for who, name in (("zhang", "张三"), ("li", "李四")):
        put(at, {f"{name}_网络.py": network(who), f"{name}_工具.py": helper(who), f"{name}-实验报告.pdf": b"%PDF"})
    return Course(at, {"zhang": 1, "li": 1})


@course
def a_report_beside_each_file(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}.py": network(who), f"{who}_report.pdf": b"%PDF", f"{who} - README.txt": b"see my file"})
    put(at, {"eve_report.pdf": b"%PDF"})
    return Course(at, {"ada": 1, "bob": 1}, ("eve",), rows=["ada", "bob", "eve_report"])


@course
def two_tasks_of_each_side_by_side(at: Path) -> Course:
    put(at, {f"{who}_hw{n}.py": network(f"{who}-{n}") for who in ("ada", "bob") for n in (1, 2)})
    return Course(at, {f"{who}-{n}": 1 for who in ("ada", "bob") for n in (1, 2)})


@course
def people_of_one_surname(at: Path) -> Course:
    put(at, {f"smith_{who}.py": network(who) for who in ("ada", "bob")} | {"smith.py": network("smith")})
    return Course(at, {"ada": 1, "bob": 1, "smith": 1})


@course
def a_module_of_the_course_that_all_import(at: Path) -> Course:
    put(at, {f"{who}.py": network(who, imports="import utils\n") for who in ("ada", "bob", "eve")})
    put(at, {"utils.py": b"def load(): return 1\n"})
    files = {who: [f"{who}.py", "utils.py"] for who in ("ada", "bob", "eve")}
    return Course(at, dict.fromkeys(("ada", "bob", "eve"), 1), files=files)


@course
def nbgrader_with_two_tasks_of_each(at: Path) -> Course:
    for who in ("ada", "bob", "eve"):
        for n in (1, 2):
            put(
                at / "submitted",
                {f"{who}/ps{n}/problem.ipynb": notebook(f"{who}-{n}"), f"{who}/ps{n}/timestamp.txt": b"t"},
            )
    return Course(
        at,
        {f"{who}-{n}": 1 for who in ("ada", "bob", "eve") for n in (1, 2)},
        rows=[f"{who} ps{n}" for who in ("ada", "bob", "eve") for n in (1, 2)],
    )


@course
def two_tasks_in_folders_of_each(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/Homework {n}/network.py": network(f"{who}-{n}") for n in (1, 2)})
    put(at, {"eve/Homework 1/network.py": network("eve-1")})
    return Course(
        at,
        {"ada-1": 1, "ada-2": 1, "bob-1": 1, "bob-2": 1, "eve-1": 1},
        rows=["ada Homework 1", "ada Homework 2", "bob Homework 1", "bob Homework 2", "eve"],
    )


@course
def other_tasks_without_a_network(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/lab1/sort.py": helper(who), f"{who}/lab2/network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1})
