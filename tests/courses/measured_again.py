"""Course folders of kinds that a measurement with other generated folders has found wrong."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped


@course
def an_export_in_the_only_folder_is_no_copy_of_itself(at: Path) -> Course:
    """Beside Gradescope's list: the folder around it has the same files, as it has no other."""
    people = {"ada": 31, "bob": 32}
    told = "".join(f"submission_{n}:\n  :submitters:\n  - :name: {who}\n    :sid: '{n}'\n" for who, n in people.items())
    put(at / "assignment_7_export", {"submission_metadata.yml": told.encode()})
    put(at / "assignment_7_export", {f"submission_{n}/network.py": network(who) for who, n in people.items()})
    return Course(at, {"ada": 1, "bob": 1}, platform="gradescope")


@course
def an_export_with_texts_in_two_folders_in_each_other(at: Path) -> Course:
    for who in ("ada", "bob"):
        name = f"2026/HW3/HW3_{who}_attempt_2026-11-03-10-00-00"
        put(at, {f"{name}.txt": f"Name: {who} ({who})\n".encode(), f"{name}_network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1}, platform="blackboard")


@course
def teams_with_a_document_beside(at: Path) -> Course:
    for who in ("Ada Lee", "Bob Roe"):
        put(at / "Fichiers envoyés", {f"{who}/HW 3/Version {n}/n.py": network(who[:3], n) for n in (1, 2)})
        put(at / "Fichiers de travail", {f"{who}/HW 3/n.py": network(who[:3], 0)})
    put(at, {"Barème.pdf": b"%PDF"})
    return Course(at, {"Ada": 2, "Bob": 2}, rows=["Ada Lee", "Bob Roe"])


@course
def teams_in_an_unknown_language_with_a_document_beside(at: Path) -> Course:
    for who in ("Ada Lee", "Bob Roe"):
        put(at / "Odevzdáno", {f"{who}/HW 3/Version {n}/n.py": network(who[:3], n) for n in (1, 2)})
        put(at / "Rozpracováno", {f"{who}/HW 3/n.py": network(who[:3], 0)})
    put(at, {"README.md": b"HW3"})
    return Course(at, {"Ada": 2, "Bob": 2}, rows=["Ada Lee", "Bob Roe"])


@course
def runs_under_short_names(at: Path) -> Course:
    for number, who in enumerate(("su40", "mk7", "xeb12")):
        put(at / who, {f"7658{number}1{n}9.py": network(who, n) for n in (1, 2, 3)})
    return Course(at, {"su40": 3, "mk7": 3, "xeb12": 3}, rows=["mk7", "su40", "xeb12"])


@course
def classes_of_one_year_hold_students_numbers(at: Path) -> Course:
    """`inf21` and `bwl21` have the year in common; `20231234` begins with one."""
    for number, name in enumerate(("inf21", "bwl21", "mat21")):
        put(at / name, {f"7658{number}1{n}9.py": network(f"{name}s{n}") for n in (1, 2)})
    return Course(at, {f"{name}s{n}": 1 for name in ("inf21", "bwl21", "mat21") for n in (1, 2)})


@course
def groups_of_letters_and_numbers_hold_students_of_a_year(at: Path) -> Course:
    for name in ("su40", "mk7", "xeb12"):
        put(at / name, {f"202312{len(name)}{n}.py": network(f"{name}s{n}") for n in (1, 2)})
    return Course(at, {f"{name}s{n}": 1 for name in ("su40", "mk7", "xeb12") for n in (1, 2)})


@course
def names_of_one_word_in_drafts_and_final_work_of_one_class(at: Path) -> Course:
    put(at / "Draft", {f"{who}.py": network(who) for who in ("ada", "bob", "cyd")})
    put(at / "Final", {f"{who}.py": network(who, 2) for who in ("ada", "bob")})
    return Course(at, {"ada": 2, "bob": 2, "cyd": 1}, rows=["ada", "bob", "cyd"])


@course
def a_name_of_one_word_that_the_drafts_have_and_another_one(at: Path) -> Course:
    """Where another one is in the final folder alone, the two of one name may be two students."""
    put(at / "Draft", {f"{who}.py": network(who) for who in ("ada", "bob")})
    put(at / "Final", {"ada.py": network("other"), "dee.py": network("dee")})
    return Course(at, {"ada": 1, "bob": 1, "other": 1, "dee": 1})


@course
def families_called_like_versions_behind_a_line(at: Path) -> Course:
    put(at, {"Sam_Old.py": network("sam"), "Sam_Old_v2.py": network("sam", 2), "Bob_Roe.py": network("bob")})
    put(at, {"Tina_New_draft.py": network("tina"), "Tina_New_final.py": network("tina", 2)})
    put(at, {"Ivy_Draft.py": network("ivy"), "Ivy_Draft (1).py": network("ivy", 2)})
    put(at, {"Ada_Old.py": network("ada"), "Ada.py": network("ada", 2)})
    rows = ["Ada", "Bob_Roe", "Ivy_Draft", "Sam_Old", "Tina_New"]
    return Course(at, {"sam": 2, "bob": 1, "tina": 2, "ivy": 2, "ada": 2}, rows=rows)


@course
def numbered_students_in_an_archive_of_submissions(at: Path) -> Course:
    packed = {
        "01-Deep.py": network("deep"),
        "02-Roe.zip": zipped({"n.py": network("roe")}),
        "03-Nord.py": network("no"),
    }
    return Course(put(at, {"submissions.zip": zipped(packed)}), {"deep": 1, "roe": 1, "no": 1})


@course
def numbered_parts_of_one_student(at: Path) -> Course:
    parts = {"01-load.py": helper("ada"), "02-network.py": network("ada"), "03-plot.py": helper("ada")}
    return Course(put(at, {"Ada Lee.zip": zipped(parts), "Bob Roe.py": network("bob")}), {"ada": 1, "bob": 1})


@course
def clones_in_an_archive_with_a_document_beside(at: Path) -> Course:
    for tutor, people in {"TA Kim": ("ada", "bob"), "TA Lee": ("cyd", "dee")}.items():
        files = {f"hw3-11-05-2026/hw3-{who}/network.py": network(who) for who in people}
        files |= {f"hw3-11-05-2026/hw3-{who}/.git/HEAD": b"ref" for who in people}
        put(at, {f"{tutor}.zip": zipped({**files, "rubric.pdf": b"%PDF"})})
    return Course(at, dict.fromkeys(("ada", "bob", "cyd", "dee"), 1), platform="github")


@course
def documents_of_the_course_in_several_languages(at: Path) -> Course:
    own: tuple[str, ...] = (
        "hw3_spec.pdf",
        "Late policy.txt",
        "exam_rules.pdf",
        "marking scheme.docx",
        "Bewertungsbogen.xlsx",
    )
    own += ("enunciado.pdf", "sujet.pdf", "consigna.pdf", "extensions.txt", "TODO.txt", "Aufgabenstellung.pdf")
    put(at, {"Ada Lee.py": network("ada"), "Bob Roe.py": network("bob"), **dict.fromkeys(own, b"x")})
    put(at, {"Cyd Rules.pdf": b"%PDF", "Policy_Dee.docx": b"PK"})  # names
    return Course(at, {"ada": 1, "bob": 1}, ["Cyd Rules", "Policy_Dee"])
