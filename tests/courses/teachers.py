"""Course folders as a teacher meets them: drives in archives, stamps and tries in names, words of other languages."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def archives_with_drives_and_shares(at: Path) -> Course:
    names = {
        "ada": r"C:\Users\ada\Desktop\hw 3\network.py",
        "bob": "D:/work/network.py",
        "eve": r"\\server\share\eve\network.py",
        "jo": "/home/jo/network.py",
        "lu": r"hw3\network.py",
    }
    put(
        at,
        {f"{who}.zip": zipped({name: network(who), f"{name[:-10]}report.pdf": b"%PDF"}) for who, name in names.items()},
    )
    put(at, {"mo.zip": zipped({"C:/../mo/network.py": network("mo")})})
    return Course(at, dict.fromkeys(names, 1), ("mo",), files={"ada": ["Users/ada/Desktop/hw 3/network.py"]})


def _blackboard(at: Path, front: str, word: str, label: str, brackets: str = " ({})") -> Course:
    for user, name, days in (("s01", "Ada Núñez", (1, 2)), ("li_na", "李娜", (1,))):
        for day in days:
            start = f"{front}_{user}_{word}_2026-11-0{day}-10-00-00"
            said = f"{label}{name}{brackets.format(user)}\n{front}: x (1)\n"
            put(at, {f"{start}.txt": said.encode(), f"{start}_red.py": network(user.replace("_", "-"), day)})
    return Course(at, {"s01": 2, "li-na": 1}, (), "blackboard", rows=("Ada Núñez", "李娜"))


@course
def blackboard_in_spanish(at: Path) -> Course:
    return _blackboard(at, "Tarea 3", "intento", "Nombre: ")


@course
def blackboard_in_german(at: Path) -> Course:
    return _blackboard(at, "Übung_3", "Versuch", "Name: ")


@course
def blackboard_in_chinese(at: Path) -> Course:
    return _blackboard(at, "作业3", "尝试", "姓名：", "（{}）")


@course
def versions_by_time_that_are_not_blackboards(at: Path) -> Course:
    put(at, {f"ada_net_2026-11-0{n}-10-00-00_network.py": network("ada", n) for n in (1, 2)})
    put(at, {"bob_net_2026-11-01-10-00-00_network.py": network("bob"), "bob_notes_2026-11-01-10-00-00.txt": b"x"})
    return Course(at, {"ada": 2, "bob": 1})


@course
def groups_with_numbers(at: Path) -> Course:
    put(at, {f"Group {n}/network.py": network(f"g{n}") for n in (10, 9, 1, 2, 11)})
    rows = [f"Group {n}" for n in (1, 2, 9, 10, 11)]
    return Course(at, {f"g{n}": 1 for n in (1, 2, 9, 10, 11)}, rows=rows)


@course
def tries_in_words(at: Path) -> Course:
    put(at, {f"{who}.py": network(who) for who in ("ada", "eve", "jo")} | {"ada 2nd try.py": network("ada", 2)})
    put(at, {"bob_second attempt.py": network("bob", 2), "bob_third attempt.py": network("bob", 3)})
    put(at, {"eve take 2.py": network("eve", 2), "jo.zweiter Versuch.py": network("jo", 2)})
    put(at, {"lu_final.py": network("lu"), "lu_final_v2 (3).py": network("lu", 2)})
    put(at, {"王芳 20231236.py": network("wang"), "王芳 20231236 第二次提交.py": network("wang", 2)})
    return Course(at, {"ada": 2, "bob": 3, "eve": 2, "jo": 2, "lu": 2, "wang": 2})


@course
def tries_in_folders(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "ada/2nd try/network.py": network("ada", 2)})
    put(at, {f"bob/{n} try/network.py": network("bob", int(n[0])) for n in ("1st", "2nd")})
    put(at, {f"lu/第{n}次/network.py": network("lu", "一二".index(n) + 1) for n in "一二"})
    put(at, {f"jo/{n} submission/network.py": network("jo", len(n) - 4) for n in ("first", "second")})
    return Course(at, {"ada": 2, "bob": 2, "lu": 2, "jo": 2}, rows=("ada", "bob", "jo", "lu"))


@course
def seconds_of_unix(at: Path) -> Course:
    put(at, {f"ada_{n}_network.py": network("ada", n - 1762000000) for n in (1762000001, 1762090000)})
    put(at, {f"{n}123-bob.zip": zipped({"n.py": network("bob", n - 1762000000)}) for n in (1762000003, 1762000002)})
    put(
        at,
        {"1762000009_eve.py": network("eve"), "2012345678_li.py": network("li"), "2012345679_li.py": network("li-2")},
    )
    return Course(at, {"ada": 90000, "bob": 3, "eve": 1, "li": 1, "li-2": 1})


@course
def mails_by_day(at: Path) -> Course:
    put(at, {f"2026110{n}-ada@x.org-network.py": network("ada", n) for n in (1, 3)})
    put(at, {"20261102-bob@x.org-network.py": network("bob"), "20261101_li.py": network("li")})
    put(at, {"20261102_li.py": network("li-2")})
    return Course(at, {"ada": 3, "bob": 1, "li": 1, "li-2": 1})


@course
def sections_with_students_of_one_name(at: Path) -> Course:
    put(at / "Section A", {f"{who}.py": network(f"{who}-a") for who in ("Ada", "Bob")})
    put(at / "Section B", {f"{who}.py": network(f"{who}-b") for who in ("Ada", "Eve")})
    rows = ("Ada (Section A)", "Ada (Section B)", "Bob", "Eve")
    return Course(at, {"Ada-a": 1, "Ada-b": 1, "Bob-a": 1, "Eve-b": 1}, rows=rows)


@course
def late_ones_in_german(at: Path) -> Course:
    put(at / "pünktlich", {f"{who}.py": network(who.lower()) for who in ("Ada", "Bob")})
    put(at, {"nachgereicht/Jo.py": network("jo"), "on time/Lu.py": network("lu")})
    return Course(at, dict.fromkeys(("ada", "bob", "jo", "lu"), 1), rows=("Ada", "Bob", "Jo", "Lu"))


@course
def documents_and_results_beside_submissions(at: Path) -> Course:
    put(at, {f"{who}.py": network(who) for who in ("ada", "bob")} | {"readme/network.py": network("readme")})
    put(at, dict.fromkeys(("README.md", "HW3_rubric.pdf", "LICENSE", "评分标准.docx", "ada_readme.txt"), b"x"))
    put(at / "marks", {"gradebook.csv": b"submission\n", "verdicts/ada.json": b"{}", "index.html": b"<p>"})
    return Course(at, {"ada": 1, "bob": 1, "readme": 1}, rows=("ada", "bob", "readme"))


@course
def scripts_and_comparisons_beside_submissions(at: Path) -> Course:
    put(at, dict.fromkeys(("rename_files.py", "grade_all.py", "plagiarism_check.py"), b"import os\n"))
    put(at, {"jplag-result.zip": zipped({"files/n.py": network("teacher")}), "moss_results/match0.html": b"<p>"})
    put(at, {"example submission/n.py": network("teacher"), "ada.py": network("ada"), "grade.py": network("grade")})
    put(at, {"bob/n.py": network("bob", imports="import moss\n"), "bob/moss.py": helper("bob")})
    put(at, {"Moss.py": helper("kate")})
    judged = dict.fromkeys(("ada", "bob", "grade", "kate"), 1)
    return Course(at, judged, rows=("Moss", "ada", "bob", "grade"), files={"bob": ["moss.py", "n.py"]})


@course
def a_helper_called_like_a_script(at: Path) -> Course:
    put(at, {"hw3/network.py": network("ada", imports="import grading\n"), "hw3/grading.py": helper("ada")})
    return Course(at, {"ada": 1}, files={"ada": ["grading.py", "network.py"]})


@course
def archives_of_late_ones_and_of_the_others(at: Path) -> Course:
    put(
        at,
        {"submissions_late.zip": zipped({"ada.py": network("ada")}), "late_bob.zip": zipped({"n.py": network("bob")})},
    )
    put(at, {"submissions_ontime.zip": zipped({f"{who}/network.py": network(who) for who in ("eve", "jo")})})
    put(at, {"resubmissions.zip": zipped({"lu/network.py": network("lu")})})
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "jo", "lu"), 1), rows=("ada", "eve", "jo", "late_bob", "lu"))


@course
def versions_by_days_of_other_orders(at: Path) -> Course:
    put(at, {f"Ada 0{n}.11.2026.py": network("ada", n) for n in (1, 3)})
    put(at, {f"bob 11-{n}-2026.py": network("bob", n) for n in (9, 10)})
    put(at, {f"eve_20261101_{n}30.py": network("eve", n) for n in (10, 11)})
    return Course(at, {"ada": 3, "bob": 10, "eve": 11})
