"""Course folders with documented forms of names: collectors, other platforms, versions, copies, letters."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped


@course
def autolab_with_versions(at: Path) -> Course:
    for who, last in (("ada@andrew.cmu.edu", 10), ("bob_x@cs.example.org", 3)):
        mark = who.split("@")[0].replace("_", "-")
        put(at, {f"{who}_{n}_handin.py": network(mark, n) for n in range(1, last + 1)})
    return Course(at, {"ada": 10, "bob-x": 3}, (), "autolab")


@course
def versions_by_day(at: Path) -> Course:
    put(at, {f"ada_2026-11-0{n}.py": network("ada", n) for n in (1, 3)} | {"bob_2026-11-01.py": network("bob")})
    return Course(at, {"ada": 3, "bob": 1})


@course
def versions_by_day_in_front(at: Path) -> Course:
    put(at, {f"2026-11-0{n} Ada Lovelace/network.py": network("ada", n) for n in (1, 3)})
    put(at, {f"2026-11-0{n} Bob Noyce/network.py": network("bob", n) for n in (2, 1)})
    put(at, {"2026-11-02 Carl Gauss/network.py": network("carl")})
    return Course(at, {"ada": 3, "bob": 2, "carl": 1})


@course
def students_by_day_and_number(at: Path) -> Course:
    put(at, {f"20261101_{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"20261102_carl/network.py": network("carl")})
    return Course(at, {"ada": 1, "bob": 1, "carl": 1})


@course
def the_only_archive_is_a_students(at: Path) -> Course:
    put(at, {"lovelace.zip": zipped({"hw1/network.py": network("ada"), "hw1/util.py": helper("ada")})})
    return Course(at, {"ada": 1}, files={"ada": ["hw1/network.py", "hw1/util.py"]})


@course
def the_only_archive_is_a_course_of_one(at: Path) -> Course:
    put(at, {"submissions.zip": zipped({"hw/ada/network.py": network("ada")})})
    return Course(at, {"ada": 1}, files={"ada": ["network.py"]})


@course
def late_work_of_one_beside_a_section(at: Path) -> Course:
    put(at / "ontime", {f"{who}.py": network(who) for who in ("ada", "bob")})
    put(at, {"late/eve.py": network("eve"), "resubmitted/bob.py": network("bob-again")})
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "bob-again"), 1))


@course
def nbgrader_inbound(at: Path) -> Course:
    for who, n, when in (
        ("ada", 1, "2026-11-01 10:00:00.5"),
        ("ada", 2, "2026-11-01 11:00:00.1"),
        ("bob", 1, "2026-11-02 09:00:00"),
    ):
        put(
            at,
            {
                f"{who}+ps1+{when} UTC+x{n}/problem1.ipynb": notebook(who, n),
                f"{who}+ps1+{when} UTC+x{n}/timestamp.txt": b"t",
            },
        )
    return Course(at, {"ada": 2, "bob": 1}, (), "nbgrader")


@course
def nbgrader_submitted(at: Path) -> Course:
    for who in ("ada", "bob", "eve"):
        put(at / "submitted", {f"{who}/ps1/problem1.ipynb": notebook(who), f"{who}/ps1/timestamp.txt": b"2026"})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})


@course
def google_forms(at: Path) -> Course:
    put(at, {"network - Ada Lovelace.py": network("ada"), "helper - Ada Lovelace.py": helper("ada")})
    put(at, {"network - Alan Turing.py": network("alan", 1), "network (1) - Alan Turing.py": network("alan", 2)})
    put(at, {"my cool thing - 王小明.ipynb": notebook("wang"), "report - 王小明.pdf": b"%PDF"})
    files = {"ada": ["helper.py", "network.py"]}
    return Course(at, {"ada": 1, "alan": 2, "wang": 1}, (), "forms", files=files)


@course
def dropbox_file_request(at: Path) -> Course:
    put(at, {"Ada Lovelace - network.py": network("ada", 1), "Ada Lovelace - network (1).py": network("ada", 2)})
    put(at, {"Alan Turing - network.zip": zipped({"network.py": network("alan")})})
    return Course(at, {"ada": 2, "alan": 1}, (), "forms")


@course
def onedrive_file_request(at: Path) -> Course:
    put(at, {"Ada Lovelace_network.py": network("ada", 1), "Ada Lovelace_network 1.py": network("ada", 2)})
    put(at, {"姓　名_network.py": network("mei"), "姓　名_helper.py": helper("mei")})
    return Course(at, {"ada": 2, "mei": 1}, (), "forms", files={"mei": ["helper.py", "network.py"]})


@course
def microsoft_teams_library(at: Path) -> Course:
    for n in (1, 2, 10):
        put(at, {f"Submitted files/Ada Lovelace/HW 1/Version {n}/network.py": network("ada", n)})
    put(at, {"Submitted files/Alan Turing/HW 1/Version 1/network.py": network("alan")})
    put(
        at,
        {
            f"Working files/{who}/HW 1/network.py": network(who[:3].lower(), 0)
            for who in ("Ada Lovelace", "Alan Turing")
        },
    )
    return Course(at, {"ada": 10, "alan": 1})


@course
def microsoft_teams_in_japanese(at: Path) -> Course:
    for n in (1, 2):
        put(at, {f"提出済みのファイル/山田太郎/課題1/バージョン{n}/network.py": network("taro", n)})
    put(at, {"提出済みのファイル/鈴木花子/課題1/バージョン1/network.py": network("hanako")})
    return Course(at, {"taro": 2, "hanako": 1})


@course
def schoology_revisions(at: Path) -> Course:
    full = network("ada", 1) + b"    def softmax(self): pass\n    def sigmoid(self): pass\n"
    put(at, {"Lovelace, Ada - 101/Revision 1 - On Time/network.py": full})
    put(at, {"Lovelace, Ada - 101/Revision 2 - Late/network.py": network("ada", 2)})
    put(at, {"Turing, Alan - 102/Revision 1 - On Time/network.py": network("alan")})
    return Course(at, {"ada": 2, "alan": 1})


@course
def moodle_vpl(at: Path) -> Course:
    for when, n in (("2026-11-01-10-00-00", 1), ("2026-11-02-09-30-00", 2)):
        put(
            at,
            {
                f"Ada Lovelace ada1/{when}/network.py": network("ada", n),
                f"Ada Lovelace ada1/{when}.ceg/compilation.txt": b"ok",
            },
        )
    put(at, {"Alan Turing alan2/2026-11-01-10-00-00/network.py": network("alan")})
    return Course(at, {"ada": 2, "alan": 1})


@course
def moodle_groups(at: Path) -> Course:
    made = "assignsubmission_file_"
    put(
        at,
        {
            f"Group A-Ada Lovelace_101_{made}/network.py": network("ada"),
            f"Group A-Bob Ray_102_{made}/network.py": network("bob"),
        },
    )
    put(at, {f"Group B-Ada Lovelace_103_{made}/network.py": network("ada2")})
    return Course(at, {"ada": 1, "bob": 1, "ada2": 1}, (), "moodle")


@course
def moodle_quiz_essays(at: Path) -> Course:
    for who in ("Lovelace_Ada_7", "Turing_Alan_8"):
        put(at, {f"{who}_20261101_120000/Question_1_-_Net/attachments/network.py": network(who[:3])})
    return Course(at, {"Lov": 1, "Tur": 1})


@course
def ilias_feedback_folders(at: Path) -> Course:
    for who, login in (("Lovelace_Ada", "ada1_4711"), ("Turing_Alan", "alan2_4712")):
        put(at, {f"{who}_{login}/network.py": network(login[:3]), "status.xlsx": b"PK"})
    return Course(at, {"ada": 1, "ala": 1})


@course
def ilias_teams(at: Path) -> Course:
    put(
        at,
        {
            "Abgaben/Team 12/Ada_Lovelace_u1_77/network.py": network("ada"),
            "Abgaben/Team 13/Alan_Turing_u2_78/network.py": network("alan"),
        },
    )
    return Course(at, {"ada": 1, "alan": 1})


@course
def chaoxing_numbers_and_names(at: Path) -> Course:
    put(at, {"20231234-张三/作业1.py": network("zhang"), "20231235-李四/作业1.py": network("li4")})
    put(at, {"20231236-李四/作业1.py": network("li6"), "20231237-王五.zip": zipped({"网络.py": network("wang")})})
    return Course(at, {"zhang": 1, "li4": 1, "li6": 1, "wang": 1})


@course
def numbers_names_and_a_second_upload(at: Path) -> Course:
    put(at, {"20231234_张三.py": network("zhang", 1), "20231234_张三（1）.py": network("zhang", 2)})
    put(at, {"20231235_李四.py": network("li", 1), "20231235_李四_最终版.py": network("li", 2)})
    put(at, {"20231236_王五.py": network("wang", 2), "20231236_王五 - 副本.py": network("wang", 1)})
    return Course(at, {"zhang": 2, "li": 2, "wang": 2})


@course
def second_downloads(at: Path) -> Course:
    put(
        at,
        {
            "ada.py": network("ada", 1),
            "ada (1).py": network("ada", 2),
            "ada (2).py": network("ada", 3),
            "ada (2).pdf": b"%PDF",
        },
    )
    put(
        at,
        {"bob.zip": zipped({"network.py": network("bob", 1)}), "bob(1).zip": zipped({"network.py": network("bob", 2)})},
    )
    put(at, {"eve.py": network("eve", 1), "eve (1).pdf": b"%PDF"})
    return Course(at, {"ada": 3, "bob": 2, "eve": 1})


@course
def mail_attachments_of_one_name(at: Path) -> Course:
    put(at, {"network.py": network("one"), "network (1).py": network("two"), "network (2).py": network("three")})
    return Course(at, {"one": 1, "two": 1, "three": 1})


@course
def students_numbered_by_explorer(at: Path) -> Course:
    put(at, {f"student ({n}).py": network(f"s{n}") for n in range(1, 4)})
    put(at, {f"Gruppe ({n}).py": network(f"g{n}") for n in range(1, 3)} | {"Gruppe.py": network("g0")})
    return Course(at, dict.fromkeys(("s1", "s2", "s3", "g0", "g1", "g2"), 1))


@course
def numbers_that_may_be_other_students(at: Path) -> Course:
    put(
        at,
        {
            "wang.py": network("wang"),
            "wang1.py": network("wang1"),
            "wang2.py": network("wang2"),
            "li_2.py": network("li2"),
        },
    )
    return Course(at, dict.fromkeys(("wang", "wang1", "wang2", "li2"), 1))


@course
def versions_in_words(at: Path) -> Course:
    put(at, {"ada.py": network("ada", 1), "ada_v2.py": network("ada", 2), "ada_final.py": network("ada", 3)})
    put(at, {"bob_v1.py": network("bob", 1), "bob_v10.py": network("bob", 10), "bob_v9.py": network("bob", 9)})
    put(at, {"eve.py": network("eve", 2), "eve_old.py": network("eve", 1), "Copy of eve.py": network("eve", 0)})
    put(at, {"finn.py": network("finn", 1), "finn-late.py": network("finn", 2), "max new.py": network("max")})
    return Course(at, {"ada": 3, "bob": 10, "eve": 2, "finn": 2, "max": 1})


@course
def unpacked_beside_its_archive(at: Path) -> Course:
    put(
        at,
        {
            "ada.zip": zipped({"network.py": network("ada")}),
            "ada/network.py": network("ada"),
            "bob.zip": zipped({"n.py": network("bob")}),
        },
    )
    return Course(at, {"ada": 1, "bob": 1})


@course
def letters_of_a_name_written_in_two_ways(at: Path) -> Course:
    put(at, {"Zoe\u0308.py": network("zoe"), "Zo\u00eb.pdf": b"%PDF", "Åsa.py": network("asa")})
    return Course(at, {"zoe": 1, "asa": 1})


@course
def names_in_many_scripts(at: Path) -> Course:
    names = {
        "Ольга.py": "olga",
        "محمد.py": "mohammed",
        "ธนกร.py": "thanakorn",
        "김민수.py": "kim",
        "दीपा.py": "deepa",
        "Ñuño O'Neil-Smith.py": "nuno",
    }
    put(at, {name: network(who) for name, who in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def codes_of_students_in_sections_of_one_letter(at: Path) -> Course:
    put(at, {f"{section}/{section}{n}.py": network(f"{section}{n}") for section in "AB" for n in (1, 2)})
    return Course(at, {"A1": 1, "A2": 1, "B1": 1, "B2": 1})


@course
def one_section_of_one_letter(at: Path) -> Course:
    put(at, {f"A/A{n}.py": network(f"A{n}") for n in (1, 2, 3)})
    return Course(at, {"A1": 1, "A2": 1, "A3": 1})


@course
def versions_with_the_owners_name_in_a_folder(at: Path) -> Course:
    put(at, {"ada/ada_v1.py": network("ada", 1), "ada/ada_v2.py": network("ada", 2)})
    put(at, {"bob/bob_network.py": network("bob"), "bob/bob_test.py": helper("bob")})
    put(at, {"eve/eve.py": network("eve", 1), "eve/eve_helper.py": helper("eve")})
    return Course(at, {"ada": 2, "bob": 1, "eve": 1})


@course
def attempts_by_day_in_folders(at: Path) -> Course:
    full = network("ada", 1) + b"    def softmax(self): pass\n"
    put(at, {"ada/2026-11-01/network.py": full, "ada/2026-11-03/network.py": network("ada", 2)})
    put(at, {"bob/第1次提交/network.py": network("bob", 1), "bob/第2次提交/network.py": network("bob", 2)})
    put(at, {"eve/Attempt 1/network.py": network("eve", 1), "eve/Attempt 2/notes.txt": b"withdrawn"})
    return Course(at, {"ada": 2, "bob": 2, "eve": 1})


@course
def canvas_with_many_resubmissions(at: Path) -> Course:
    put(at, {f"lovelaceada_LATE_1_{98 + n}_network{'-' * (n > 0)}{n or ''}.py": network("ada", n) for n in range(12)})
    put(at, {"王小明_2_200_net.py": network("wang"), "group7_3_300_net.zip": zipped({"net.py": network("g7")})})
    return Course(at, {"ada": 11, "wang": 1, "g7": 1}, (), "canvas")


@course
def notebooks_copied_in_drive(at: Path) -> Course:
    put(
        at,
        {
            "ada.ipynb": notebook("ada", 2),
            "Copy of ada.ipynb": notebook("ada", 1),
            "“bob.ipynb”的副本.ipynb": notebook("bob"),
        },
    )
    return Course(at, {"ada": 2, "bob": 1})


@course
def people_with_names_that_look_like_marks(at: Path) -> Course:
    put(
        at,
        {
            "george_best.py": network("best"),
            "george_new.py": network("new"),
            "li_first.py": network("first"),
            "li_last.py": network("last"),
        },
    )
    return Course(at, dict.fromkeys(("best", "new", "first", "last"), 1))


@course
def sections_of_two_downloads(at: Path) -> Course:
    made = "assignsubmission_file_"
    put(at, {"CS1-A.zip": zipped({f"Ada L_11_{made}/n.py": network("ada"), f"Bob R_12_{made}/n.py": network("bob")})})
    put(at, {"CS1-B.zip": zipped({f"Eve X_11_{made}/n.py": network("eve"), f"Cy Y_12_{made}/n.py": network("cy")})})
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "cy"), 1), (), "moodle")
