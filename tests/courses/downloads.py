"""Course folders with several downloads of a platform: one assignment again, its late work, or another assignment."""

from collections.abc import Mapping
from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped

FILE = "assignsubmission_file"


def _canvas(*numbers: int, late: str = "") -> Mapping[str, bytes]:
    """Uploads by their numbers, of whose tens the first digit is the student's number and the second the attempt."""
    people = {1: "ada", 2: "bob", 3: "cy"}
    made = {}
    for number in numbers:
        student, attempt = number // 10 % 10, number % 10
        name = f"{people[student]}x{late}_{student}_{number}_network.py"
        made[name] = network(people[student], attempt)
    return made


@course
def canvas_again_in_folders(at: Path) -> Course:
    put(at / "submissions", _canvas(511, 521))
    put(at / "submissions (1)", {**_canvas(612, 521), **_canvas(631, late="_LATE")})
    return Course(at, {"ada": 2, "bob": 1, "cy": 1}, platform="canvas", rows=("adax_1", "bobx_2", "cyx_3"))


@course
def canvas_again_in_archives(at: Path) -> Course:
    put(at, {"submissions.zip": zipped(_canvas(511, 521)), "submissions (1).zip": zipped(_canvas(612, 521, 631))})
    return Course(at, {"ada": 2, "bob": 1, "cy": 1}, platform="canvas", rows=("adax_1", "bobx_2", "cyx_3"))


@course
def canvas_in_time_and_late(at: Path) -> Course:
    put(at / "on time", _canvas(511, 521))
    put(at / "late", _canvas(612, 631, late="_LATE"))
    return Course(at, {"ada": 2, "bob": 1, "cy": 1}, platform="canvas")


@course
def canvas_with_late_ones_within(at: Path) -> Course:
    late = zipped(_canvas(722, 731, late="_LATE"))
    put(at / "CS101 HW3", {**_canvas(511, 521), "late 2.zip": late})
    put(at / "CS101 HW3" / "late", _canvas(612, late="_LATE"))
    return Course(at, {"ada": 2, "bob": 2, "cy": 1}, platform="canvas")


@course
def canvas_of_two_assignments(at: Path) -> Course:
    for task, first in (("HW1", 5), ("HW2", 6)):
        files = {name.replace("x_", f"x{first}_"): network(f"{name[:3]}-{first}") for name in _canvas(511, 521)}
        files = {name.replace("_5", f"_{first}"): content for name, content in files.items()}
        put(at / task / "submissions", files)
    return Course(at, {f"{who}-{n}": 1 for who in ("ada", "bob") for n in (5, 6)}, platform="canvas")


@course
def canvas_archives_of_one_name_of_two_assignments(at: Path) -> Course:
    for first in (5, 6):
        files = {f"{who}x_{n}_{first}{n}1_network.py": network(f"{who}-{first}") for who, n in (("ada", 1), ("bob", 2))}
        put(at / f"HW{first}", {"submissions.zip": zipped(files), "notes.pdf": b"%PDF"})
    judged = {f"{who}-{n}": 1 for who in ("ada", "bob") for n in (5, 6)}
    return Course(at, judged, ("notes", "notes"), platform="canvas")


@course
def archives_of_one_name_in_two_sections(at: Path) -> Course:
    for section, people in (("Tuesday", ("ada", "bob")), ("Friday", ("ada", "dee"))):
        files = {f"{who}/network.py": network(f"{who}-{section}") for who in people}
        put(at / section, {"all.zip": zipped(files), "late.zip": zipped({"eve.py": network(f"eve-{section}")})})
    names = ("ada-Tuesday", "bob-Tuesday", "eve-Tuesday", "ada-Friday", "dee-Friday", "eve-Friday")
    return Course(at, dict.fromkeys(names, 1))


@course
def moodle_again_and_late(at: Path) -> Course:
    for download, people in (
        ("CS1-HW 3-77", {("Ada", 101): 1, ("Bob", 102): 1}),
        ("CS1-HW 3-77 (1)", {("Ada", 101): 2, ("Bob", 102): 1, ("Cy", 103): 1}),
        ("CS1-HW 3-77 late", {("Bob", 102): 2, ("Ada", 109): 3}),
    ):
        files = {f"{who} L_{n}_{FILE}/n.py": network(f"{who}-{n}", attempt) for (who, n), attempt in people.items()}
        put(at, {f"{download}.zip": zipped(files)})
    return Course(at, {"Ada-101": 2, "Bob-102": 2, "Cy-103": 1, "Ada-109": 3}, platform="moodle")


@course
def moodle_of_two_assignments(at: Path) -> Course:
    for task, first in ((1, 101), (2, 201)):
        put(at / f"CS1-HW {task}-7{task}", {f"Ada L_{first}_{FILE}/n.py": network(f"ada-{task}")})
        put(at / f"CS1-HW {task}-7{task}", {f"Bob R_{first + 1}_{FILE}/n.py": network(f"bob-{task}")})
    return Course(at, {"ada-1": 1, "ada-2": 1, "bob-1": 1, "bob-2": 1}, platform="moodle")


@course
def blackboard_again(at: Path) -> Course:
    for day, attempts in ((2, {"al1": 1, "br2": 1}), (9, {"al1": 2, "br2": 1})):
        files: dict[str, bytes] = {}
        for user, attempt in attempts.items():
            start = f"HW3_{user}_attempt_2026-11-0{attempt}-10-00-00"
            files |= {f"{start}.txt": f"Name: X ({user})\n".encode(), f"{start}_n.py": network(user, attempt)}
        put(at, {f"gradebook_CS1_HW3_2026-11-0{day}.zip": zipped(files)})
    return Course(at, {"al1": 2, "br2": 1}, platform="blackboard")


@course
def brightspace_again(at: Path) -> Course:
    for day, attempts in ((2, (1,)), (9, (1, 8))):
        for attempt in attempts:
            name = f"101-55 - Ada L - Nov {attempt}, 2026 1030 AM"
            put(at / f"Download Nov {day}, 2026", {f"{name}/network.py": network("ada", attempt)})
        put(at / f"Download Nov {day}, 2026", {"102-55 - Bob R - Nov 1, 2026 1130 AM/n.py": network("bob")})
    return Course(at, {"ada": 8, "bob": 1}, platform="brightspace", files={"bob": ["n.py"]}, rows=("Ada L", "Bob R"))


@course
def gradescope_again_and_another_assignment(at: Path) -> Course:
    for export, people in (
        ("assignment_7_export", {1: ("ada", 1), 2: ("bob", 1)}),
        ("assignment_7_export (1)", {5: ("ada", 5), 2: ("bob", 1)}),
        ("assignment_8_export", {11: ("ada-8", 1), 12: ("bob-8", 1)}),
    ):
        told = ""
        for number, (who, attempt) in people.items():
            told += f"submission_{number}:\n  :submitters:\n  - :name: {who[:3]}\n    :email: {who[:3]}@x.org\n"
            told += f"  :created_at: 2026-11-0{attempt} 10:00:00 -0700\n"
            put(at / export, {f"submission_{number}/network.py": network(who, attempt)})
        put(at / export, {"submission_metadata.yml": told.encode()})
    return Course(at, {"ada": 5, "bob": 1, "ada-8": 1, "bob-8": 1}, platform="gradescope")


@course
def sakai_again(at: Path) -> Course:
    rows = ["HW3,Points", "", "Display ID,ID,Last Name,First Name,grade", "ada1,ada1,L,Ada,", "bob2,bob2,R,Bob,"]
    for download, people in (("HW3", {"L, Ada(ada1)": 1}), ("HW3 (1)", {"L, Ada(ada1)": 2, "R, Bob(bob2)": 1})):
        put(at / download, {"grades.csv": "\n".join(rows).encode()})
        for name, attempt in people.items():
            inner = at / download / name
            put(inner, {"Submission attachment(s)/n.py": network(name[-5:-2], attempt), "timestamp.txt": b"1"})
    return Course(at, {"ada": 2, "bob": 1}, platform="sakai", rows=("Ada L", "Bob R"))


@course
def clones_again_and_of_another_assignment(at: Path) -> Course:
    for folder, attempt, task in (("hw1", 1, 1), ("hw1 (1)", 2, 1), ("hw2", 1, 2)):
        for who in ("ada", "bob"):
            files = {".git/HEAD": b"ref", "network.py": network(f"{who}-{task}", attempt)}
            put(at / folder / f"hw{task}-{who}", files)
    return Course(at, {"ada-1": 2, "bob-1": 2, "ada-2": 1, "bob-2": 1}, platform="github")


@course
def canvas_files_of_a_quiz(at: Path) -> Course:
    put(at, {"lee_ada4000_question_529701_3693008_network.py": network("ada", imports="from layers import f\n")})
    put(at, {"lee_ada4000_question_529701_3693100_layers.py": helper("ada")})
    put(
        at,
        {"4148_question_529701_3693050_network.py": network("li"), "4150_question_529701_3693051_n.py": network("wu")},
    )
    files = {"ada": ["layers.py", "network.py"]}
    return Course(at, {"ada": 1, "li": 1, "wu": 1}, (), "canvas", files=files, rows=("4148", "4150", "lee_ada_4000"))


@course
def canvas_again_with_one_student_in_time(at: Path) -> Course:
    late = {"leeada_70011_3000051_network.py": network("ada", 2), "roebob_70022_3000060_n.py": network("bob")}
    put(at, {"submissions.zip": zipped({"leeada_70011_3000007_network.py": network("ada")})})
    put(at, {"submissions-late.zip": zipped(late)})
    return Course(at, {"ada": 2, "bob": 1}, platform="canvas")


@course
def brightspace_without_a_blank_before_the_date(at: Path) -> Course:
    for number, who, day, attempt in ((31, "Ada Lee", 9, 1), (31, "Ada Lee", 10, 2), (40, "Jean-Luc Roe", 8, 1)):
        put(at, {f"{number}-77 - {who}- Nov {day}, 2026 912 PM - net.py": network(who[:3].lower(), attempt)})
    put(at, {"index.html": b"<html>"})
    return Course(at, {"ada": 2, "jea": 1}, platform="brightspace", rows=("Ada Lee", "Jean-Luc Roe"))


@course
def a_classrooms_archive_in_a_folder(at: Path) -> Course:
    repositories = {f"lab3-submissions/lab3-2026{n}/network.py": network(f"s{n}") for n in (1003, 1094, 1203)}
    put(at / "abgaben", {"lab3-11-20-2026-10-11-12.zip": zipped(repositories)})
    return Course(at, {"s1003": 1, "s1094": 1, "s1203": 1})


@course
def canvas_again_after_comments(at: Path) -> Course:
    first = {f"{who}_{n}_{n}01_n.py": network(who) for n, who in ((101, "leeada"), (102, "roebob"))}
    second = {"leeada_101_20001_n.py": network("leeada", 2)}
    put(
        at,
        {
            "submissions.zip": zipped(first),
            "resubmissions after comments.zip": zipped(second | {"tancy_103_20002_n.py": network("tancy")}),
        },
    )
    return Course(at, {"leeada": 2, "roebob": 1, "tancy": 1}, platform="canvas")
