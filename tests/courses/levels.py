"""Course folders of which the level of the students is hard to see: single exports, a README beside it, days."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def two_downloads_of_moodle_of_which_one_has_a_single_student(at: Path) -> Course:
    put(at, {"part1.zip": zipped({"Ada Lee_11_assignsubmission_file/network.py": network("ada")})})
    others = {
        f"{who} Ray_{number}_assignsubmission_file/network.py": network(who)
        for number, who in ((12, "bob"), (13, "cyd"))
    }
    put(at, {"part2.zip": zipped(others)})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, platform="moodle", rows=["Ada Lee", "bob Ray", "cyd Ray"])


@course
def late_downloads_of_brightspace_and_edx(at: Path) -> Course:
    put(at, {"late.zip": zipped({"12-9 - Ada Lee - Nov 1, 2026 1011 AM/network.py": network("ada")})})
    put(at, {"later.zip": zipped({"[1]W, [1]S, [1]U/[1] - bob - network.py": network("bob")})})
    put(at, {"cyd.zip": zipped({"network.py": network("cyd")})})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, platform="brightspace", rows=["Ada Lee", "bob", "cyd"])


@course
def a_readme_beside_the_folder_of_the_task(at: Path) -> Course:
    put(at, {f"course-2026/hw3/{who}.lee/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"course-2026/README.md": b"# Course"})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada.lee", "bob.lee"])


@course
def a_readme_beside_the_project_of_one_student(at: Path) -> Course:
    put(at, {"ada/README.md": b"# Mine", "ada/digits2/alpha.py": network("ada"), "ada/digits2/beta.py": helper("ada")})
    return Course(at, {"ada": 1}, rows=["ada"])


@course
def days_without_a_year_are_attempts(at: Path) -> Course:
    put(at, {f"ada/Nov {day}/network.py": network("ada", day) for day in (1, 9, 12)})
    put(at, {"bob/30. Dezember/network.py": network("bob", 1), "bob/2. Januar/network.py": network("bob", 2)})
    put(at, {"cyd/network.py": network("cyd")})
    return Course(at, {"ada": 12, "bob": 2, "cyd": 1}, rows=["ada", "bob", "cyd"])


@course
def names_that_begin_like_months_are_students(at: Path) -> Course:
    names = ("Maria 2", "Julia 5", "Augusta 4", "Decker 12", "Janina 1")
    put(at, {f"HW3/{name}/network.py": network(name.replace(" ", "-")) for name in names})
    return Course(at, {name.replace(" ", "-"): 1 for name in names}, rows=names)


@course
def folders_of_gradescope_that_are_packed_again(at: Path) -> Course:
    people = {"111": "Ada", "112": "Bob"}
    told = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: {who}\n    :sid: 's{n}'\n" for n, who in people.items()
    )
    put(at, {f"submission_{n}.zip": zipped({"network.py": network(who)}) for n, who in people.items()})
    put(at, {"submission_metadata.yml": told.encode()})
    return Course(at, {"Ada": 1, "Bob": 1}, platform="gradescope", rows=["Ada", "Bob"])


@course
def late_work_and_mail_beside_a_download_of_moodle(at: Path) -> Course:
    put(at, {f"{who} Lee_{n}_assignsubmission_file/network.py": network(who) for n, who in enumerate(("ada", "bob"))})
    put(at, {"late/cyd Lee_7_assignsubmission_file/network.py": network("cyd"), "by mail/dee.py": network("dee")})
    put(at, {"more.zip": zipped({"eve Lee_8_assignsubmission_file/network.py": network("eve")})})
    put(at, {"fay.zip": zipped({"network.py": network("fay")}), "gus/network.py": network("gus")})
    rows = ["ada Lee", "bob Lee", "cyd Lee", "dee", "eve Lee", "fay", "gus"]
    return Course(at, dict.fromkeys(("ada", "bob", "cyd", "dee", "eve", "fay", "gus"), 1), platform="moodle", rows=rows)


@course
def a_script_beside_the_folder_of_the_task(at: Path) -> Course:
    put(at, {f"CS/HW3/{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"CS/notes.docx": b"PK"})
    return Course(at, {"ada": 1, "bob": 1}, ["notes"])


@course
def a_report_beside_the_code_of_one_student(at: Path) -> Course:
    put(at, {"ada/report.pdf": b"%PDF", "ada/code/relu_net.py": network("ada"), "ada/code/tanh_net.py": helper("ada")})
    put(at, {"bob/report.pdf": b"%PDF", "bob/hw3/src/network.py": network("bob"), "bob/hw3/src/util.py": helper("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def tutors_archives_of_which_one_has_a_single_student(at: Path) -> Course:
    put(at, {"Tutor Kim.zip": zipped({f"{who}.py": network(who) for who in ("ada", "bob")})})
    put(at, {"Tutor Lee.zip": zipped({"cyd.py": network("cyd")}), "dee.zip": zipped({"network.py": network("dee")})})
    put(at, {"Tutor Sol.zip": zipped({"network.py": network("Sol")})})
    return Course(
        at, {"ada": 1, "bob": 1, "cyd": 1, "dee": 1, "Sol": 1}, rows=["Tutor Sol", "ada", "bob", "cyd", "dee"]
    )


@course
def classes_of_a_chinese_course_and_numbers_that_may_be_days(at: Path) -> Course:
    put(at, {"一班.zip": zipped({"wang.py": network("wang"), "li.py": network("li")})})
    put(at, {"二班.zip": zipped({"han.py": network("han")}), "计科3班/zhao.py": network("zhao")})
    put(
        at,
        {f"on-time/{n}.py": network(n) for n in ("20231001", "20231002")} | {"late/20231003.py": network("20231003")},
    )
    return Course(at, dict.fromkeys(("wang", "li", "han", "zhao", "20231001", "20231002", "20231003"), 1))


@course
def two_students_with_a_folder_for_one_task_are_no_library_of_teams(at: Path) -> Course:
    put(at, {"Ada Lee/HW/Version 1/network.py": network("ada"), "Bob Ray/HW/network.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, rows=["Ada Lee", "Bob Ray"])


@course
def submitted_files_of_teams_with_a_rubric(at: Path) -> Course:
    put(at, {f"Submitted files/{who}/Mine/Version 1/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"Submitted files/cyd/Mine/network.py": network("cyd"), "rubric.docx": b"PK"})
    return Course(at, {"ada": 1, "bob": 1, "cyd": 1}, rows=["ada", "bob", "cyd"])


@course
def two_versions_with_a_name_of_ones_own_are_one_students(at: Path) -> Course:
    put(at, {"ada/mynet.py": network("ada", 2), "ada/mynet_old.py": network("ada"), "bob/n.py": network("bob", 2)})
    put(
        at, {"bob/n_backup.py": network("bob"), "cyd/zebra.py": network("cyd", 1), "cyd/zebra_draft.py": network("cyd")}
    )
    put(at, {"TA1/dee.py": network("dee"), "TA1/eve.py": network("eve"), "TA2/fay.py": network("fay")})
    put(at, {"gus/mynet.py": network("gus"), "gus/mynet (1).py": network("gus", 2)})
    judged = {"ada": 2, "bob": 2, "cyd": 1, "dee": 1, "eve": 1, "fay": 1, "gus": 2}
    return Course(at, judged, rows=[*judged])


@course
def numbers_tell_students_of_one_word_apart(at: Path) -> Course:
    put(at, {"Tue/student1.py": network("s1"), "Tue/student2.py": network("s2"), "eve.py": network("eve")})
    put(at, {"Wed/li20231001.py": network("li1"), "Wed/li20231002.py": network("li2")})
    return Course(at, dict.fromkeys(("s1", "s2", "li1", "li2", "eve"), 1))
