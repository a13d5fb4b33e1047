"""Course folders of unlucky names: lists with numbers, words of parts as people, signs of shells and spreadsheets."""

import io
import zipfile
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, tarred, zipped


def each(at: Path, names: dict[str, str]) -> Course:
    put(at, {name: network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def letters_as_names(at: Path) -> Course:
    return each(at, {f"{letter}.py": letter for letter in "ABCXYZ"})


@course
def people_called_as_parts(at: Path) -> Course:
    names = ("ann", "best", "deep", "main", "test", "old", "model", "van", "student", "data", "final")
    return each(at, {f"{name}.py": name for name in names})


@course
def numbered_lists_of_people(at: Path) -> Course:
    return each(at, {"1. Ada Lovelace.py": "ada", "2. Bob Roe.py": "bob", "10. Cy Tan.py": "cy", "11.Di Ng.py": "di"})


@course
def numbers_before_folders(at: Path) -> Course:
    return each(at, {"01_Ada/network.py": "ada", "02_Bob/network.py": "bob", "03_Cy/src/net.py": "cy"})


@course
def mails_as_names_of_files(at: Path) -> Course:
    put(at, {"ada@uni.edu.py": network("ada"), "b.roe@cs.uni.edu.zip": zipped({"n.py": network("bob")})})
    return Course(at, {"ada": 1, "bob": 1})


@course
def separators_that_differ(at: Path) -> Course:
    put(at, {"Ada Lovelace.py": network("ada"), "ada_lovelace_report.pdf": b"%PDF", "ADA-LOVELACE.txt": b"see"})
    put(at, {"Bob Roe.py": network("bob"), "bob.roe.pdf": b"%PDF"})
    return Course(at, {"ada": 1, "bob": 1}, rows=["Ada Lovelace", "Bob Roe"])


@course
def tasks_and_late_behind_names(at: Path) -> Course:
    put(at, {"Ada_Lovelace_HW3.py": network("ada"), "Ada_Lovelace_HW3_late.py": network("ada", 2)})
    put(
        at, {"hw3_bob.py": network("bob"), "hw3_bob (2).py": network("bob", 2), "Roe_Cy_12345678_hw3.py": network("cy")}
    )
    return Course(at, {"ada": 2, "bob": 2, "cy": 1})


@course
def students_and_teams_by_number(at: Path) -> Course:
    put(at, {f"student{n}.py": network(f"s{n}") for n in (1, 2, 3, 10, 11)})
    put(at, {"Team A.zip": zipped({"n.py": network("ta")}), "Team B.zip": zipped({"n.py": network("tb")})})
    return Course(at, dict.fromkeys(("s1", "s2", "s3", "s10", "s11", "ta", "tb"), 1))


@course
def groups_with_members_in_brackets(at: Path) -> Course:
    return each(at, {"Group 1 (Ada, Bob)/n.py": "g1", "Group 2 - Cy & Dee/n.py": "g2", "Group 10 (Eve)/n.py": "g10"})


@course
def signs_of_shells_and_spreadsheets(at: Path) -> Course:
    names = (
        "=1+1",
        "+x",
        "-rf",
        "@sum",
        "a;b",
        "a&b",
        "a'b",
        'a"b',
        "$(id)",
        "`id`",
        "a\tb",
        "a\nb",
        "a%20b",
        "a#b",
        "*",
    )
    return each(at, {f"{name}.py": f"w{n}" for n, name in enumerate(names)})


@course
def names_that_windows_keeps_for_itself(at: Path) -> Course:
    put(at, {"con.py": network("con"), "AUX/network.py": network("aux"), "nul.zip": zipped({"n.py": network("nul")})})
    return Course(at, {"con": 1, "aux": 1, "nul": 1})


@course
def files_without_an_ending(at: Path) -> Course:
    put(at, {"ada": network("ada"), "bob.py": network("bob"), "cy.PY.TXT": network("cy"), "dee.python": network("dee")})
    return Course(at, {"bob": 1, "cy": 1}, ("ada", "dee"))


@course
def a_loop_of_links_and_a_deep_folder(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "bob/" + "/".join("abcdefghijklmnop") + "/network.py": network("bob")})
    (at / "ada" / "again").symlink_to("..")
    return Course(at, {"ada": 1, "bob": 1})


@course
def archives_that_lead_out(at: Path) -> Course:
    put(at, {"ada.zip": zipped({"../../network.py": network("ada")}), "bob.py": network("bob")})
    put(at, {"cy.tar": tarred({"/etc/../../network.py": network("cy")}, "w")})
    return Course(at, {"bob": 1}, ("ada", "cy"))


@course
def the_archive_beside_its_content_in_each(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/hw3.zip": zipped({"hw3/network.py": network(who)}), f"{who}/hw3/network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1})


@course
def one_task_of_each_in_a_home(at: Path) -> Course:
    put(at, {f"{who}/hw3/network.ipynb": notebook(who) for who in ("ada", "bob", "cy")})
    put(at, {"cy/hw2/notes.txt": b"", "dee/hw2/old.txt": b"x"})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, ("dee",))


@course
def encodings_of_sources(at: Path) -> Course:
    put(at, {"ada.py": b"\xef\xbb\xbf" + network("ada"), "bob.py": network("bob").replace(b"\n", b"\r\n")})
    put(
        at,
        {
            "cy.py": b"# -*- coding: latin-1 -*-\n# \xe9\n" + network("cy"),
            "dee.py": network("dee").replace(b"\n", b"\r"),
        },
    )
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee"), 1))


@course
def a_course_repository_with_its_own_files(at: Path) -> Course:
    put(at, {f"submissions/{who}/network.py": network(who) for who in ("ada", "bob", "cy")})
    put(at, {"README.md": b"#", "requirements.txt": b"numpy", "Makefile": b"all:", ".git/HEAD": b"ref"})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, rows=["ada", "bob", "cy"])


@course
def canvas_names_with_numbers(at: Path) -> Course:
    put(
        at,
        {
            "smith_12_101_net.py": network("s1"),
            "smith2_13_102_net.py": network("s2"),
            "smith_14_103_net.py": network("s3"),
        },
    )
    put(at, {"o_neil_15_104_my_net_2_3.py": network("on"), "李四_16_105_net.py": network("li")})
    return Course(at, dict.fromkeys(("s1", "s2", "s3", "on", "li"), 1), (), "canvas")


@course
def moodle_with_a_zip_named_as_the_folder(at: Path) -> Course:
    made = "Ada Lovelace_101_assignsubmission_file_"
    put(at, {f"{made}/{made}.zip": zipped({"hw/network.py": network("ada"), "hw/helper.py": helper("ada")})})
    put(at, {"Bob_Roe_102_assignsubmission_file_/network.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, (), "moodle")


@course
def drive_archives_that_share_a_student(at: Path) -> Course:
    name = "HW3-20261101T101010Z"
    put(
        at,
        {f"{name}-001.zip": zipped({"HW3/Ada L/network.py": network("ada"), "HW3/Bob R/network.py": network("bob")})},
    )
    put(
        at,
        {f"{name}-002.zip": zipped({"HW3/Ada L/helper.py": helper("ada"), "HW3/Cy T/network.ipynb": notebook("cy")})},
    )
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, files={"ada": ["helper.py", "network.py"]})


@course
def sections_with_a_roster_each(at: Path) -> Course:
    for n, people in ((1, ("ada", "bob")), (2, ("cy", "dee"))):
        put(at, {f"section {n}/roster.csv": b"Name,ID\n", **{f"section {n}/{who}.py": network(who) for who in people}})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee"), 1))


@course
def a_student_with_an_unreadable_notebook_beside_a_file(at: Path) -> Course:
    put(at, {"ada/net.ipynb": b"{broken", "ada/network.py": network("ada"), "bob/net.ipynb": b"{broken"})
    return Course(at, {"ada": 1}, ("bob",))


@course
def blackboard_whose_latest_attempt_is_a_report(at: Path) -> Course:
    front = "HW1_ada1_attempt_2026-11-0"
    put(at, {f"{front}2-10-00-00_network.py": network("ada", 1), f"{front}3-10-00-00_report.docx": b"PK"})
    put(
        at,
        {"HW1_bob_2_attempt_2026-11-02-10-00-00_n.py": network("bob"), f"{front}2-10-00-00.txt": b"Name: Ada L (ada1)"},
    )
    return Course(at, {"ada": 1, "bob": 1}, (), "blackboard")


def packed(at: Path, files: dict[str, bytes], folders: tuple[str, ...] = ()) -> Path:
    """The archive of a course, with empty folders."""
    content = io.BytesIO(zipped(files))
    with zipfile.ZipFile(content, "a") as archive:
        for name in folders:
            archive.writestr(f"{name}/", "")
    return put(at, {"all.zip": content.getvalue()}) / "all.zip"


@course
def an_archive_with_empty_folders_and_blanks_behind_names(at: Path) -> Course:
    files = {"Ada L/network.py": network("ada"), "Bob R/net.py ": network("bob"), "__MACOSX/x": b""}
    return Course(
        packed(at, files, ("Cy T", "Di N/hw3", "__MACOSX/y", "Ada L")), {"ada": 1, "bob": 1}, ("Cy T", "Di N")
    )


@course
def an_archive_in_the_folder_of_a_task(at: Path) -> Course:
    files = {f"{who}/network.py": network(who) for who in ("ada", "bob", "cy")}
    put(at, {"HW 3 download/HW 3.zip": zipped(files)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def times_behind_names_in_the_folder_of_a_task(at: Path) -> Course:
    for who, day, attempt in (("Ada L", 1, 1), ("Ada L", 3, 2), ("Bob R", 1, 1)):
        put(at, {f"HW 3/{who} - 2026-11-0{day}T10.00.00/network.py": network(who[:3].lower(), attempt)})
    return Course(at, {"ada": 2, "bob": 1})


@course
def the_only_student_with_a_time_behind_the_name(at: Path) -> Course:
    put(at, {"HW 3/Ada L - 2026-11-01T10.00.00/network.py": network("ada")})
    return Course(at, {"ada": 1}, rows=["Ada L - 2026-11-01T10.00.00"])


@course
def two_without_a_name_among_eight(at: Path) -> Course:
    people = ("ada", "bob", "cy", "dee", "eve", "flo", "gus", "hal")
    put(at, {f"HW 3/{who}.py": network(who) for who in (*people, "main")})
    put(at, {"HW 3/network (1).py": network("network")})
    return Course(at, dict.fromkeys((*people, "main", "network"), 1))


@course
def an_archive_of_nbgraders_inbound(at: Path) -> Course:
    times = {"ada": "2026-11-01 10:00:00.5 UTC+x1", "bob": "2026-11-01 11:30:00 UTC+x2"}
    files = {f"{who}+ps1+{time}/net.ipynb": notebook(who) for who, time in times.items()}
    return Course(packed(at, files), {"ada": 1, "bob": 1}, (), "nbgrader", rows=["ada", "bob"])
