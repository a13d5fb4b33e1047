"""Course folders: packages, archives of several parts, late work, groups, odd names, and more platforms."""

import gzip
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, seven, tarred, zipped
from tests.courses.owned import using


@course
def packages_with_a_src_layout(at: Path) -> Course:
    put(at, {"ada/src/mynet/__init__.py": b"from .network import DeepNeuralNetwork\n"})
    put(at, {"ada/src/mynet/network.py": using("ada", ".layers"), "ada/src/mynet/layers.py": helper("ada")})
    put(
        at,
        {"ada/tests/test_network.py": helper("ada"), "ada/pyproject.toml": b"[project]\n", "ada/report.pdf": b"%PDF"},
    )
    put(at, {"bob/mlp/__init__.py": network("bob"), "bob/mlp/ops.py": helper("bob"), "bob/main.py": helper("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def packages_zipped_with_data(at: Path) -> Course:
    inner = {"proj/main.py": helper("ada"), "proj/models/net.py": network("ada"), "proj/data/train.csv": b"1,2\n"}
    put(
        at,
        {"ada.zip": zipped(inner | {"proj/README.md": b"#", "proj/report.pdf": b"%PDF", "proj/fig.png": b"\x89PNG"})},
    )
    put(at, {"bob.tar.xz": tarred({"./b/network.py": network("bob"), "./b/x.npy": b"\x93NUMPY"}, "w:xz")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def notebooks_beside_scripts(at: Path) -> Course:
    put(at, {"ada/Untitled.ipynb": helper_notebook("ada"), "ada/Untitled1.ipynb": notebook("ada")})
    put(at, {"bob/network.ipynb": notebook("bob"), "bob/network.py": network("bob"), "bob/plots.py": helper("bob")})
    put(at, {"eve/explore.ipynb": helper_notebook("eve"), "eve/lib/mlp.py": network("eve")})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1}, rows=["ada", "bob", "eve"])


def helper_notebook(who: str) -> bytes:
    return notebook(who).replace(b"DeepNeuralNetwork", b"Experiment")


@course
def drive_in_two_archives(at: Path) -> Course:
    first = {"HW 1/Ada/network.py": network("ada"), "HW 1/Bob/report.pdf": b"%PDF"}
    put(at, {"HW 1-20261128T101010Z-001.zip": zipped(first)})
    put(
        at,
        {
            "HW 1-20261128T101010Z-002.zip": zipped(
                {"HW 1/Bob/network.py": network("bob"), "HW 1/Eve/n.py": network("eve")}
            )
        },
    )
    return Course(at, {"ada": 1, "bob": 1, "eve": 1}, rows=["Ada", "Bob", "Eve"])


@course
def drive_in_one_archive(at: Path) -> Course:
    put(at, {"drive-download-20261128T101010Z-001.zip": zipped({f"{who}.py": network(who) for who in ("ada", "bob")})})
    return Course(at, {"ada": 1, "bob": 1})


@course
def archives_in_archives(at: Path) -> Course:
    deep = zipped({"a.zip": zipped({"x/network.py": network("ada")})})
    put(at, {"ada.zip": deep, "bob.zip": zipped({"bob.tar.gz": tarred({"network.py": network("bob")})})})
    put(at, {"eve.7z": seven({"eve/eve.zip": zipped({"network.py": network("eve")})})})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})


@course
def a_course_of_zips_in_a_zip(at: Path) -> Course:
    inner = {f"{who}.zip": zipped({f"{who}/network.py": network(who)}) for who in ("ada", "bob", "eve")}
    put(at, {"all.zip": zipped({"submissions/" + name: content for name, content in inner.items()})})
    return Course(at / "all.zip", {"ada": 1, "bob": 1, "eve": 1})


@course
def a_folder_for_the_late_ones(at: Path) -> Course:
    put(at, {f"{who}.py": network(who) for who in ("ada", "bob")} | {"late/eve.py": network("eve")})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1}, rows=["ada", "bob", "eve"])


@course
def late_folders_of_folders(at: Path) -> Course:
    put(at, {f"{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"Late submissions/eve/network.py": network("eve"), "补交/王五/network.py": network("wang")})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1, "wang": 1}, rows=["ada", "bob", "eve", "王五"])


@course
def groups_with_a_network_for_each_member(at: Path) -> Course:
    put(at, {f"group1/{who}.py": network(who) for who in ("ada", "bob")})
    put(
        at,
        {
            "group2/network.py": network("g2"),
            "group2/layers.py": helper("g2"),
            "group3.zip": zipped({"n.py": network("g3")}),
        },
    )
    return Course(at, {"ada": 1, "bob": 1, "g2": 1, "g3": 1})


@course
def groups_named_by_their_members(at: Path) -> Course:
    put(
        at,
        {
            "ada+bob.py": network("ab"),
            "eve_and_finn.zip": zipped({"network.py": network("ef")}),
            "gus, hal/n.py": network("gh"),
        },
    )
    return Course(at, {"ab": 1, "ef": 1, "gh": 1})


@course
def names_of_hashes(at: Path) -> Course:
    names = ("3f2a9c1e-6b5d-4a77-9a51-0c1d2e3f4a5b", "9d8c7b6a-1111-4222-8333-944455556666")
    put(
        at,
        {f"{name}.py": network(name[:4]) for name in names}
        | {"a94a8fe5ccb19ba61c4c0873d391e987982fbbd3/n.py": network("a94a")},
    )
    return Course(at, {"3f2a": 1, "9d8c": 1, "a94a": 1})


@course
def gitlab_archives_of_repositories(at: Path) -> Course:
    for who, sha in (("ada", "1f" * 20), ("bob", "2e" * 20)):
        put(at, {f"mnist-{who}-main-{sha}.zip": zipped({f"mnist-{who}-main-{sha}/network.py": network(who)})})
    return Course(at, {"ada": 1, "bob": 1}, platform="github", rows=["mnist-ada", "mnist-bob"])


@course
def ok_backups_by_mail(at: Path) -> Course:
    for who in ("ada@berkeley.edu", "bob@berkeley.edu"):
        put(at, {f"{who}/2026-11-0{n}T10-00-00/network.py": network(who[:3], n) for n in (1, 2)})
    return Course(at, {"ada": 2, "bob": 2})


@course
def gradescope_without_its_list(at: Path) -> Course:
    put(at / "assignment_77_export", {f"submission_{n}/network.py": network(f"s{n}") for n in (901, 902, 903)})
    return Course(at, {"s901": 1, "s902": 1, "s903": 1}, rows=["submission_901", "submission_902", "submission_903"])


@course
def moodle_without_the_last_line(at: Path) -> Course:
    made = "assignsubmission_file"
    put(
        at,
        {
            f"Ada Lovelace_101_{made}/network.py": network("ada"),
            f"Bob Ray_102_{made}/bob.zip": zipped({"n.py": network("bob")}),
        },
    )
    return Course(at, {"ada": 1, "bob": 1}, (), "moodle")


@course
def brightspace_groups(at: Path) -> Course:
    put(at, {f"101-{n} - Group {n} - Nov 2, 2026 1000 AM/network.py": network(f"g{n}") for n in (1, 2)})
    return Course(at, {"g1": 1, "g2": 1}, (), "brightspace")


@course
def names_that_differ_in_case(at: Path) -> Course:
    put(at, {"Ada.py": network("ada1"), "ada.py": network("ada2"), "ADA": b""})
    return Course(at, {"ada1": 1, "ada2": 1}, ("ADA",))


@course
def odd_endings(at: Path) -> Course:
    put(
        at,
        {
            "ada.py.zip": zipped({"network.py": network("ada")}),
            "bob.py.txt": network("bob"),
            "cy.ipynb.json": notebook("cy"),
        },
    )
    put(
        at,
        {
            "dan.zipx": b"PK",
            "ed.tar.zst": b"\x28\xb5\x2f\xfd",
            "fay.pyw": network("fay"),
            "gus.py.gz": gzip.compress(network("gus")),
        },
    )
    put(
        at,
        {
            "hal.docx": b"PK",
            "ida.html": b"<pre>class DeepNeuralNetwork:</pre>",
            "jo.eml": b"Content-Type: x",
            "kit.ipynb.txt": notebook("kit"),
        },
    )
    judged = dict.fromkeys(("ada", "bob", "cy", "fay", "gus", "kit"), 1)
    return Course(at, judged, ("dan", "ed", "hal", "ida", "jo"))


@course
def nothing_in_them(at: Path) -> Course:
    for who in ("ada", "bob"):
        (at / who).mkdir(parents=True)
    put(
        at,
        {
            "bob/.DS_Store": b"",
            "cy.zip": zipped({}),
            "dan/network.py": network("dan"),
            "eve/net/__pycache__/n.pyc": b"",
        },
    )
    return Course(at, {"dan": 1}, ("ada", "bob", "cy", "eve"))


@course
def odd_letters(at: Path) -> Course:
    names = {
        "a\nb.py": "ab",
        "-rf.py": "rf",
        "🦊 fox.py": "fox",
        "\u202egnp.py": "rtl",
        "İpek Şahin.py": "ipek",
        "O’Brien.py": "obrien",
    }
    names |= {
        "Nguyễn Văn Ánh.py": "nguyen",
        "أحمد علي.py": "ahmed",
        "【赵六】.py": "zhao",
        "２０２３１２３４.py": "wide",
    }
    put(at, {name: network(who) for name, who in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def skeletons_of_the_course_in_each_folder(at: Path) -> Course:
    empty = b"class DeepNeuralNetwork:\n    def train(self): raise NotImplementedError\n"
    for who in ("ada", "bob"):
        put(
            at,
            {
                f"{who}/skeleton.py": empty,
                f"{who}/my_network.py": network(who),
                f"{who}/old/network.py": network(who, 0),
            },
        )
    return Course(at, {"ada": 1, "bob": 1})


@course
def first_names_that_are_words_of_parts(at: Path) -> Course:
    put(at, {f"section 1/{who}.py": network(who) for who in ("deep", "raj", "anil")})
    put(at, {f"section 2/{who}/network.py": network(who) for who in ("page", "ben")})
    return Course(
        at, dict.fromkeys(("deep", "raj", "anil", "page", "ben"), 1), rows=["deep", "raj", "anil", "page", "ben"]
    )


@course
def a_class_with_a_folder_of_its_term(at: Path) -> Course:
    put(at, {f"2026 Fall/CS101/HW 3/{who}/network.py": network(who) for who in ("ada", "bob", "eve")})
    return Course(at, dict.fromkeys(("ada", "bob", "eve"), 1))


@course
def replies_by_mail(at: Path) -> Course:
    put(
        at,
        {
            "ada@x.edu/network.py": network("ada"),
            "ada@x.edu/message.txt": b"Dear all",
            "bob@x.edu/hw.zip": zipped({"n.py": network("bob")}),
        },
    )
    put(at, {"eve@x.edu/message.txt": b"I am ill"})
    return Course(at, {"ada": 1, "bob": 1}, ("eve",))


@course
def the_courses_own_files_beside(at: Path) -> Course:
    put(at, {f"{who}.py": network(who) for who in ("ada", "bob", "eve")})
    put(at, {"roster.csv": b"name,mail\nAda,a@x\n", ".gitignore": b"*", "Thumbs.db": b""})
    return Course(at, dict.fromkeys(("ada", "bob", "eve"), 1), passed=2)


@course
def marks_of_versions_in_brackets_and_in_a_row(at: Path) -> Course:
    put(at, {"20260101 王小明.py": network("wang", 1), "20260101 王小明（修改版）.py": network("wang", 2)})
    put(at, {f"ada_net{mark}.py": network("ada", n) for n, mark in enumerate(("", "_final", "_final_final"), 1)})
    put(at, {"Українка Л.py": network("lesya", 1), "Українка Л (виправлено).py": network("lesya", 2)})
    put(at, {"bob (Tue).py": network("bob"), "bob (Wed).py": network("other-bob")})
    return Course(at, {"wang": 2, "ada": 3, "lesya": 2, "bob": 1, "other-bob": 1})


@course
def finders_icons_of_folders(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "bob/network.py": network("bob"), "Icon\r": b"", "ada/Icon\r": b""})
    return Course(at, {"ada": 1, "bob": 1}, passed=1)
