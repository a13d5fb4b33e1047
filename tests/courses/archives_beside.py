"""Course folders with archives beside other entries, names too long for a disk, clocks, pipes."""

import os
from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, tarred, zipped

FILE = "assignsubmission_file_"


@course
def archives_of_sections_beside_each_other(at: Path) -> Course:
    put(at, {"tuesday.zip": zipped({f"tuesday/{who}/network.py": network(who) for who in ("ada", "bob")})})
    put(at, {"friday.tar.gz": tarred({f"{who}.py": network(who) for who in ("eve", "carl")})})
    put(
        at,
        {"late_dora.py": network("dora"), "finn.zip": zipped({"finn/network.py": network("finn"), "finn/q.py": b""})},
    )
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "carl", "dora", "finn"), 1))


@course
def an_export_beside_a_list_of_students(at: Path) -> Course:
    made = {f"{who} X_{n}_{FILE}/network.py": network(who) for n, who in enumerate(("ada", "bob"), 7)}
    put(at, {"CS1-77.zip": zipped(made), "roster.csv": b"name\nada\n"})
    return Course(at, {"ada": 1, "bob": 1}, (), "moodle")


@course
def names_too_long_for_a_disk(at: Path) -> Course:
    put(at, {"课" * 84 + "/network.py": network("ada"), "course-of-eve/network.py": network("eve")})
    return Course(at, {"ada": 1, "eve": 1})


@course
def an_archive_with_names_too_long_for_a_disk(at: Path) -> Course:
    inside = {
        "c/" + "课" * 120 + ".py": network("ada"),
        "c/" + "课" * 121 + ".py": network("bob"),
        "c/eve.py": network("eve"),
    }
    put(at, {"course.zip": zipped(inside)})
    return Course(at, dict.fromkeys(("ada", "bob", "eve"), 1))


@course
def what_is_no_file(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada")})
    (at / "bob").mkdir()
    for pipe in ("eve.py", "carl.zip", "dora.txt", "ada/pipe.py", "bob/network.py"):
        os.mkfifo(at / pipe)
    return Course(at, {"ada": 1}, ("bob", "eve", "carl", "dora"))


@course
def hidden_files_that_were_handed_in(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), ".bob.zip": zipped({"network.py": network("bob")}), ".eve.ipynb": b"{}"})
    return Course(at, {"ada": 1}, ("bob", "eve"))


@course
def gradescope_as_the_clocks_are_put_back(at: Path) -> Course:
    lines = []
    for number, when in ((10, "01:30:00 -0700"), (9, "01:10:00 -0800")):  # the second is 40 minutes later
        lines += [f"submission_{number}:", "  :submitters:", "  - :name: Ada", "    :email: ada@example.org"]
        lines += [f"  :created_at: 2026-11-01 {when}"]
    put(at, {"submission_metadata.yml": "\n".join(lines).encode()})
    put(at, {"submission_10/network.py": network("ada", 1), "submission_9/network.py": network("ada", 2)})
    return Course(at, {"ada": 2}, (), "gradescope")


@course
def brightspace_in_french_and_chinese(at: Path) -> Course:
    put(
        at,
        {
            "1-7 - Ada - 5 févr. 2026 22 h 45/n.py": network("ada", 1),
            "1-7 - Ada - 1 mars 2026 8 h 05/n.py": network("ada", 2),
        },
    )
    put(
        at,
        {
            "2-7 - 王 - 2026年9月5日 上午1145/n.py": network("wang", 1),
            "2-7 - 王 - 2026年9月5日 下午1045/n.py": network("wang", 2),
        },
    )
    return Course(at, {"ada": 2, "wang": 2}, (), "brightspace")


@course
def brightspace_with_the_folder_first_and_one_name(at: Path) -> Course:
    for n, who in enumerate(("wei", "wei2")):
        put(at, {f"7-10{n} - Li Wei - Jan 5, 2026 1045 PM/n.py": network(who)})
    return Course(at, {"wei": 1, "wei2": 1}, (), "brightspace")


@course
def versions_in_a_folder(at: Path) -> Course:
    put(at, {f"ada/network_v{n}.py": network("ada", n) for n in (2, 10)})
    put(at, {f"bob/attempt{n}/network.py": network("bob", n) for n in (1, 2)})
    return Course(at, {"ada": 10, "bob": 2})


NUMBERS = ("20231234", "20231235", "20239999")


@course
def numbers_of_students_in_the_only_folder(at: Path) -> Course:
    put(at / "hw1", {f"{who}/network.py": network(who) for who in NUMBERS})
    return Course(at, dict.fromkeys(NUMBERS, 1))


@course
def numbers_of_students_beside_a_word_in_an_archive(at: Path) -> Course:
    put(at, {"hw1.zip": zipped({f"hw1/network_{who}.py": network(who) for who in NUMBERS})})
    return Course(at / "hw1.zip", dict.fromkeys(NUMBERS, 1))


@course
def numbers_of_students_in_sections(at: Path) -> Course:
    put(at, {f"{section}/{section}{who}.py": network(section + who) for section in "ab" for who in NUMBERS})
    return Course(at, dict.fromkeys((section + who for section in "ab" for who in NUMBERS), 1))


@course
def small_numbers_in_the_folder_of_a_task(at: Path) -> Course:
    put(at / "hw", {"1/network.py": network("one"), "2/network.py": network("two"), "3/hello.txt": b"I was ill"})
    return Course(at, {"one": 1, "two": 1}, ("3",))


@course
def days_and_numbers_of_epochs_in_folders_of_students(at: Path) -> Course:
    put(at / "ada", {f"{day}/network.py": network("ada", n) for n, day in enumerate((20231101, 20231103))})
    put(at / "bob", {f"network_{n}000.py": network("bob", n) for n in (5, 10)})
    return Course(at, {"ada": 1, "bob": 10})


@course
def one_of_two_was_ill_in_the_only_folder(at: Path) -> Course:
    put(at / "hw1", {"ada/network.py": network("ada"), "bob/notes.txt": b"ill", "cy.txt": network("cy")})
    return Course(at, {"ada": 1}, ("bob", "cy"))


@course
def classes_of_other_names_in_the_only_folder(at: Path) -> Course:
    put(at / "week 3", {f"{who}.py": f"# by {who}#1\nclass Net:\n    pass\n".encode() for who in ("ada", "bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def a_project_is_the_only_folder(at: Path) -> Course:
    put(at / "ada", {"lenet.py": network("ada", 1, "import layers\n"), "layers.py": helper("ada")})
    return Course(at, {"ada": 1})


@course
def sections_below_folders_and_one_called_best(at: Path) -> Course:
    put(at / "all" / "tue" / "hw", {f"{who}.py": network(who) for who in ("ada", "bob", "cy", "di", "best")})
    put(at / "all" / "wed" / "hw", {f"{who}.py": network(who) for who in ("ed", "fay")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di", "best", "ed", "fay"), 1))


@course
def sakai_with_brackets_in_a_name(at: Path) -> Course:
    for who, folder in (("ada", "Lovelace, Ada(ada1)"), ("bob", "Roe, Robert (Bob)(rr7)")):
        put(at, {f"{folder}/Submission attachment(s)/network.py": network(who), f"{folder}/timestamp.txt": b"2026"})
        put(at, {f"{folder}/Feedback Attachment(s)/a_network.py": network("tutor")})
    return Course(at, {"ada": 1, "bob": 1}, (), "sakai")


@course
def compiled_alone_and_beside_its_source(at: Path) -> Course:
    put(at, {"ada.pyc": b"\0", "bob.py": network("bob"), "bob.pyc": b"\0"})
    return Course(at, {"bob": 1}, ("ada",))


@course
def github_archives_of_repositories(at: Path) -> Course:
    for who in ("octo-cat", "ann"):
        put(at, {f"hw1-{who}-main.zip": zipped({f"hw1-{who}-main/network.py": network(who)})})
    put(at, {"hw1-bob-master/network.py": network("bob"), "classroom_roster.csv": b"identifier,github_username\n"})
    return Course(at, dict.fromkeys(("octo-cat", "ann", "bob"), 1), (), "github")


@course
def archives_of_main_programs_are_nobodys_repositories(at: Path) -> Course:
    put(at, {f"{who}-main.zip": zipped({"network.py": network(who)}) for who in ("ada", "bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def a_solution_of_the_courses_own_among_few(at: Path) -> Course:
    put(at / "hw1", {f"{who}/network.py": network(who) for who in ("ada", "bob", "solution")})
    return Course(at, dict.fromkeys(("ada", "bob", "solution"), 1))


@course
def several_tasks_in_the_only_folder(at: Path) -> Course:
    put(at / "course", {f"hw{n}/{who}.py": network(f"{who}-{n}") for n in (1, 2) for who in ("ada", "bob")})
    return Course(at, {f"{who}-{n}": 1 for n in (1, 2) for who in ("ada", "bob")})


@course
def numbers_of_students_that_begin_with_a_year(at: Path) -> Course:
    put(at / "hw", {f"{who}_network.py": network(who) for who in ("20231101", "20231102")})
    return Course(at, {"20231101": 1, "20231102": 1})


@course
def longer_numbers_that_begin_with_a_year_in_sections(at: Path) -> Course:
    for section, first in (("mon", 2021010201), ("tue", 2021010301)):
        put(at / section, {f"{number}/network.py": network(str(number)) for number in (first, first + 1)})
    return Course(at, {str(n): 1 for n in (2021010201, 2021010202, 2021010301, 2021010302)})
