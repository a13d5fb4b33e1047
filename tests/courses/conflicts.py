"""Course folders of whole courses, conflicts, uploads that failed."""

from pathlib import Path

from tests.courses.making import Course, course, network, notebook, put, zipped


@course
def nbgraders_whole_course(at: Path) -> Course:
    put(at, {f"{step}/hw1/network.ipynb": notebook("teacher") for step in ("source", "release")})
    for who in ("ada", "bob"):
        put(at, {f"{step}/{who}/hw1/network.ipynb": notebook(who) for step in ("submitted", "autograded")})
    put(at, {"feedback/ada/hw1/network.html": b"", "gradebook.db": b"", "nbgrader_config.py": b"c = get_config()\n"})
    return Course(at, {"ada": 1, "bob": 1})


@course
def a_folder_called_submitted_proves_no_nbgrader(at: Path) -> Course:
    put(at, {"submitted/ada.py": network("ada"), "submitted/bob.py": network("bob"), "source/network.py": network("x")})
    return Course(at, {"ada": 1, "bob": 1, "x": 1})


@course
def work_beside_the_starting_code(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(
            at,
            {f"{who}@example.org/work/network.py": network(who), f"{who}@example.org/startercode/start.py": b"x = 1"},
        )
        put(
            at,
            {f"{who}@example.org/startercode/network.py": b"class DeepNeuralNetwork:\n    def train(self): return 1"},
        )
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada@example.org", "bob@example.org"])


@course
def copies_of_synchronisers(at: Path) -> Course:
    copies = (
        "ada-LAPTOP-AB12CD3",
        "ada-DESKTOP-9XK2QPL",
        "ada (Ada's conflicted copy 2026-11-01)",
        "ada (conflicted copy 2026-11-01 100000)",
        "ada (In Konflikt stehende Kopie von ADA 2026-11-01)",
        "ada.sync-conflict-20261101-100000-ABCDEFG",
    )
    put(at, {f"{copy}.py": network("ada") for copy in copies} | {"ada.py": network("ada", 2), "bob.py": network("bob")})
    return Course(at, {"ada": 2, "bob": 1})


@course
def a_second_file_of_a_students_number(at: Path) -> Course:
    put(at, {"20231234.py": network("a"), "20231234_2.py": network("a", 2), "20231235.py": network("b")})
    put(at, {"20231236_1.py": network("c"), "20231236_2.py": network("c-2")})  # perhaps two tasks
    return Course(at, {"a": 2, "b": 1, "c": 1, "c-2": 1})


@course
def an_empty_upload_after_a_good_one(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "ada (1).py": b"", "bob.py": b"", "bob (1).py": network("bob", 2)})
    return Course(at, {"ada": 1, "bob": 2})


@course
def last_words_in_the_east(at: Path) -> Course:
    put(at, {"佐藤_課題1.py": network("sato"), "佐藤_課題1_再提出.py": network("sato", 2)})
    put(
        at,
        {"王小明_修改版.py": network("wang", 2), "王小明_最终版.py": network("wang", 3), "王小明.py": network("wang")},
    )
    put(at, {"김철수_최종.py": network("kim", 2), "김철수.py": network("kim")})
    return Course(at, {"sato": 2, "wang": 3, "kim": 2})


@course
def a_time_between_the_owner_and_the_file(at: Path) -> Course:
    names = {"2026-11-01_10-00-00": 1, "2026-11-02_09-00-00": 2}
    put(at, {f"Lovelace_Ada_ada@example.org_{time}_network.py": network("ada", n) for time, n in names.items()})
    put(at, {"Noyce_Bob_bob@example.org_2026-11-01_10-00-00_network.py": network("bob")})
    for day in (1, 2):
        packed = zipped({"hw1.ipynb": notebook("eve", day)})
        put(at, {f"eve_hw1_2026_11_0{day}T10_00_00_123456.zip": packed})
    return Course(at, {"ada": 2, "bob": 1, "eve": 2})


@course
def a_task_and_a_day_before_the_student(at: Path) -> Course:
    put(at, {f"hw1_2026-11-0{day}_{who}.py": network(who) for day, who in ((1, "ada"), (2, "bob"), (2, "eve"))})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})


@course
def later_downloads_in_a_students_folder(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "ada/network (1).py": network("ada", 2), "ada/util.py": b"x = 1\n"})
    put(at, {"bob/hw1.zip": zipped({"network.py": network("bob")})})
    put(at, {"bob/hw1_fixed.zip": zipped({"network.py": network("bob", 2)})})
    more = b"    def forward_pass(self, x): return x\n"
    put(at, {"eve/network.py": network("eve", 2) + more, "eve/network (1).py": network("eve")})  # a skeleton, again
    return Course(at, {"ada": 2, "bob": 2, "eve": 2})


@course
def a_lone_folder_of_a_task_with_downloads_of_nobodys_name(at: Path) -> Course:
    put(at / "HW 3", {f"network{n}.py": network(f"who{n.strip()[1:2] or '0'}") for n in ("", " (1)", " (2)")})
    return Course(at, {"who0": 1, "who1": 1, "who2": 1})


@course
def a_lone_folder_of_code_with_a_second_download_is_one_students(at: Path) -> Course:
    put(at / "code", {"network.py": network("ada"), "network (1).py": network("ada", 2)})
    return Course(at, {"ada": 2})


@course
def a_lone_folder_of_a_task_with_the_files_of_one_network_is_one_students(at: Path) -> Course:
    put(at / "HW 3", {"network.py": network("ada"), "network_old.py": network("ada", 0), "relu.py": network("ada", 0)})
    return Course(at, {"ada": 1})


@course
def students_of_a_task_of_whom_some_have_names_of_parts(at: Path) -> Course:
    names = ("best", "page", "long", "case", "max", "early", "deep", "carl")
    put(at / "HW3", {f"{name}.py": network(name) for name in names})
    return Course(at, dict.fromkeys(names, 1))


@course
def repositories_of_one_name_are_several_students(at: Path) -> Course:
    for number, who in (("", "ada"), (" (1)", "bob")):
        put(at, {f"backprop-kata-master{number}.zip": zipped({"backprop-kata-master/network.py": network(who)})})
    put(at, {"eve.py": network("eve"), "eve (1).py": network("eve", 2)})
    return Course(at, {"ada": 1, "bob": 1, "eve": 2})


@course
def a_broken_part_hides_no_other(at: Path) -> Course:
    put(at, {"ada/Draft.ipynb": b"", "ada/network.ipynb": notebook("ada"), "ada/z.zip": zipped({"more.py": b"x = 1"})})
    put(at, {"bob/a.zip": b"PK", "bob/b.zip": zipped({"network.py": network("bob")}), "bob/c.zip": b""})
    put(at, {"eve.zip": zipped({"A.ipynb": b"<html>", "hw/network.ipynb": notebook("eve"), "in.zip": b"PK"})})
    put(at, {"fay/a.zip": b"PK", "fay/A.ipynb": b"<html>"})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1}, ["fay"], files={"ada": ["network.py", "z/more.py"]})


@course
def contents_under_a_name_of_another_kind(at: Path) -> Course:
    put(at, {"ada.py": notebook("ada"), "bob/network.py": notebook("bob"), "eve.ipynb": network("eve")})
    put(at, {"fay.zip": zipped({"network.py": notebook("fay")}), "gus.py": zipped({"network.py": network("gus")})})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1, "fay": 1}, ["gus"])


@course
def a_course_below_its_year_term_course_and_task(at: Path) -> Course:
    put(at / "2026" / "Fall" / "CS101" / "HW3" / "submissions", {f"{who}.py": network(who) for who in ("ada", "bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def an_archive_with_a_thousand_folders_in_each_other(at: Path) -> Course:
    deep = {f"eve/{'a/' * 1200}network.py": network("eve"), "bob/network.py": network("bob")}
    put(at, {"course.zip": zipped(deep | {"ada.py": network("ada")})})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})
