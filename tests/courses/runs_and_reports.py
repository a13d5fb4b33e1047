"""Course folders with runs of an online judge, copies of synchronisers, reports beside code, sections of one."""

from pathlib import Path

from tests.courses.making import Course, course, network, notebook, put, zipped


def _runs(at: Path, *names: str) -> None:
    """The runs of each student by number; the last one counts."""
    number = 57_522_700
    for who, name in zip(("ada", "bob", "cyd"), names, strict=True):
        for attempt in (1, 2, 3):
            number += 23
            put(at, {f"{name.format(number, 'OK' if attempt == 3 else 'WA')}.py": network(who, attempt)})


@course
def runs_of_an_online_judge(at: Path) -> Course:
    _runs(at, "ada.lee/{}", "s771007/{}", "1204009/{}")
    return Course(at, {"ada": 3, "bob": 3, "cyd": 3}, rows=["1204009", "ada.lee", "s771007"])


@course
def runs_with_verdicts(at: Path) -> Course:
    _runs(at, "dm35/A/{}_{}", "Bob Roe/A/{}_{}", "20261120/A/{}_{}")
    return Course(at, {"ada": 3, "bob": 3, "cyd": 3}, rows=["20261120", "Bob Roe", "dm35"])


@course
def runs_side_by_side(at: Path) -> Course:
    _runs(at, "{}-ada.lee-A-{}", "{}-dm35-A-{}", "{}-20261120-A-{}")
    return Course(at, {"ada": 3, "bob": 3, "cyd": 3}, rows=["20261120-A", "ada.lee-A", "dm35-A"])


@course
def uploads_by_mail_and_moment(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}@uni.edu/2026-11-0{n}T10-11-12Z/network.py": network(who, n) for n in (1, 2)})
    return Course(at, {"ada": 2, "bob": 2}, rows=["ada@uni.edu", "bob@uni.edu"])


@course
def archives_of_a_notebook_by_moment(at: Path) -> Course:
    for who in ("dm35", "20261000"):
        for n in (1, 2):
            name = f"{who}/hw3_2026_11_0{n}T21_16_34_6082{n}7.zip"
            put(at, {name: zipped({"hw3.ipynb": notebook(f"s-{who}", n)})})
    return Course(at, {"s-dm35": 2, "s-20261000": 2}, rows=["20261000", "dm35"])


@course
def answers_with_numbers_longer_than_a_students(at: Path) -> Course:
    names = {"Ada_Lee": 2, "Bob_Roe": 1}
    for who, count in names.items():
        for n in range(1, count + 1):
            put(at, {f"56000009775728{n}{len(who)}055_{who}/network.py": network(who[:3], n)})
    put(at, {"5600000977572890055_Lu/network.py": network("lu1"), "5600000977572890077_Lu/network.py": network("lu2")})
    return Course(at, {"Ada": 2, "Bob": 1, "lu1": 1, "lu2": 1})


@course
def late_by_days(at: Path) -> Course:
    late = {"on time/Ada Lee": 1, "1 day late/Bob Roe": 1, "2 days late/Ada Lee": 2}
    put(at, {f"{name}.py": network(name[-7:-4], n) for name, n in late.items()})
    return Course(at, {"Ada": 2, "Bob": 1}, rows=["Ada Lee", "Bob Roe"])


@course
def names_of_india_in_late_work(at: Path) -> Course:
    put(at, {"HW3/राम शर्मा.py": network("ram", 1), "HW3/रीमा शर्मा.py": network("rima", 1)})
    put(at, {"HW3 late/राम शर्मा.py": network("ram", 2)})
    return Course(at, {"ram": 2, "rima": 1}, rows=["राम शर्मा", "रीमा शर्मा"])


@course
def days_beside_names(at: Path) -> Course:
    put(at, {"08.11. Ada Lee.py": network("ada", 1), "12.11. Ada Lee.py": network("ada", 2)})
    put(at, {"Bob Roe (3 Nov).py": network("bob", 1), "Bob Roe (13 Nov).py": network("bob", 2)})
    put(at, {"Nov 7 - Cyd Tan.py": network("cyd", 1), "Nov 19 - Cyd Tan.py": network("cyd", 2)})
    return Course(at, {"ada": 2, "bob": 2, "cyd": 2}, rows=["Ada Lee", "Bob Roe", "Cyd Tan"])


@course
def copies_of_one_notebook_in_a_folder_of_a_day(at: Path) -> Course:
    put(at, {f"2026-11-20/Copy of HW3{n}.ipynb": notebook(f"s{len(n)}") for n in ("", " (1)", " (10)")})
    put(at, {"deadline.ics": b"BEGIN:VCALENDAR"})
    return Course(at, {"s0": 1, "s4": 1, "s5": 1})


@course
def numbers_of_students_in_sections(at: Path) -> Course:
    sections = ("inf21", "TA Kim", "104711", "迟交")
    put(at, {f"{name}/120{n}{i}77.py": network(f"s{n}{i}") for n, name in enumerate(sections) for i in (1, 2)})
    return Course(at, {f"s{n}{i}": 1 for n in range(4) for i in (1, 2)})


@course
def repositories_downloaded_three_times(at: Path) -> Course:
    counts = {"ada": ("", " (1)", " (2)"), "bob": ("", " (1)"), "cyd": ("",)}
    for who, all_of_one in counts.items():
        for attempt, count in enumerate(all_of_one, 1):
            put(at, {f"hw3-{who}-main{count}.zip": zipped({f"hw3-{who}-main/network.py": network(who, attempt)})})
    return Course(at, {"ada": 3, "bob": 2, "cyd": 1}, platform="github")


@course
def copies_of_more_synchronisers(at: Path) -> Course:
    marks = (
        " (SFConflict ada@uni.edu 2026-11-01-10-11-12)",
        "_conflict-20261101-101112",
        " (Case Conflict)",
        " (# Name clash 2026-11-01 #)",
        " (конфликтующая копия)",
        "（冲突副本 2026-11-01）",
        " (Margaret (Peggy)'s conflicted copy 2026-11-01)",
    )
    names = ("Ada Lee", "Bob Roe", "Cyd Tan", "Dan Poe", "Анна Орлова", "李娜", "Peggy Olsen")
    for number, (name, mark) in enumerate(zip(names, marks, strict=True)):
        put(at, {f"{name}.py": network(f"s{number}", 2), f"{name}{mark}.py": network(f"s{number}", 1)})
    put(at, {"771416_马凯.py": network("s7", 1), "771416_马凯_改.py": network("s7", 2)})
    return Course(at, dict.fromkeys([f"s{number}" for number in range(8)], 2))


@course
def a_section_of_one_student_beside_another_ones_export(at: Path) -> Course:
    put(at, {f"01 Kim/{who}_70{n}_4400002{n}_net.py": network(who) for n, who in ((1, "leeada"), (2, "roebob"))})
    put(at, {"02 Lee/tancyd_7013_44000302_net.py": network("tancyd")})
    return Course(
        at, {"leeada": 1, "roebob": 1, "tancyd": 1}, platform="canvas", rows=["leeada_701", "roebob_702", "tancyd_7013"]
    )


@course
def one_student_for_each_state_of_marking(at: Path) -> Course:
    put(at, {"graded/Lee, Ada.py": network("ada"), "to grade/Roe, Bob.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["Lee, Ada", "Roe, Bob"])


@course
def files_of_the_teacher_beside_the_students(at: Path) -> Course:
    own = ("HW3_solution.py", "solucion_profesor.py", "Lösung Dozent.py")
    put(at, {f"HW3/{name}": b"class DeepNeuralNetwork:\n    def train(self): return 7\n" for name in own})
    put(at, {"HW3/mnist/train-images-idx3-ubyte.gz": b"\x1f\x8b", "HW3/Takeout/archive_browser.html": b"<p>"})
    put(at, {f"HW3/students/{who}.py": network(who) for who in ("ada", "bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def labs_of_two_days(at: Path) -> Course:
    put(
        at,
        {
            f"2026-10-{d} Lab/{who}": network(f"{who[:3]}{d}")
            for d in ("05", "12")
            for who in ("Ada Lee.py", "Bob Roe.py")
        },
    )
    return Course(at, {f"{who}{d}": 1 for d in ("05", "12") for who in ("Ada", "Bob")})


@course
def reports_in_a_folder_of_their_own(at: Path) -> Course:
    put(at, {f"Code/{who} Lee.py": network(who) for who in ("ada", "bob")})
    put(at, {f"Report/{who} Lee.pdf": b"%PDF" for who in ("ada", "bob", "cyd")})
    return Course(at, {"ada": 1, "bob": 1}, ("cyd",), rows=["ada Lee", "bob Lee", "cyd Lee"])


@course
def a_report_in_small_letters(at: Path) -> Course:
    put(at, {"Ada_Lee.py": network("ada"), "ada_lee.pdf": b"%PDF", "Bob_Roe.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def archives_of_two_days_with_a_student_each(at: Path) -> Course:
    for day, who, name in (("Mon", "ada", "Ada_Lee"), ("Tue", "bob", "Bob_Roe")):
        put(at, {f"{day}.zip": zipped({f"HW3/HW3_{name}.py": network(who)})})
    return Course(at, {"ada": 1, "bob": 1}, rows=["HW3_Ada_Lee", "HW3_Bob_Roe"])


@course
def an_archive_in_an_archive_with_a_student_called_week(at: Path) -> Course:
    names = ("Ada Lee", "Bob Roe", "Ann Week")
    inner = zipped({f"{name}.py": network(f"s{number}") for number, name in enumerate(names)})
    put(at, {"export.zip": zipped({"submissions.zip": inner})})
    return Course(at, {"s0": 1, "s1": 1, "s2": 1}, rows=sorted(names))
