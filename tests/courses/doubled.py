"""Folders with one download twice, sections whose work says nobody, an exchange of nbgrader, the course's own lists."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped


def two(front: str = "") -> dict[str, bytes]:
    return {f"{front}{who}/network.py": network(who) for who in ("ada", "bob")}


@course
def an_archive_beside_its_content(at: Path) -> Course:
    put(at, {"hw3.zip": zipped({**two("hw3/"), "__MACOSX/hw3/._ada": b"\0"}), **two()})
    put(at, {"ada/__pycache__/network.cpython-311.pyc": b"later"})
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def an_archive_beside_its_folder(at: Path) -> Course:
    inside = {"Zoe\u0308 Lee.py": network("zoe"), "Bob Roe.zip": zipped({"network.py": network("bob")})}
    put(at, {"HW3.zip": zipped(inside), "HW3/Zoë Lee.py": network("zoe"), "HW3/Bob Roe.zip": inside["Bob Roe.zip"]})
    return Course(at, {"zoe": 1, "bob": 1}, rows=["Bob Roe", "Zoë Lee"])


@course
def sections_as_archives_and_unpacked(at: Path) -> Course:
    for number, people in (("1", ("ada", "bob")), ("2", ("cy", "di"))):
        inside = {f"{who}.py": network(who) for who in people}
        put(at / f"section {number}", inside)
        put(at, {f"section {number}.zip": zipped(inside)})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1), rows=["ada", "bob", "cy", "di"])


@course
def a_copy_of_the_whole_folder(at: Path) -> Course:
    put(at / "HW3", two())
    put(at / "HW3 - Copy", two())
    return Course(at, {"ada": 1, "bob": 1}, rows=["ada", "bob"])


@course
def clones_and_their_backup(at: Path) -> Course:
    clones = {f"nn-{who}/network.py": network(who) for who in ("ada", "bob")}
    put(at, {"backup.zip": zipped(clones), **clones, "nn-ada/.git/HEAD": b"", "nn-bob/.git/HEAD": b""})
    return Course(at, {"ada": 1, "bob": 1}, (), "github", rows=["nn-ada", "nn-bob"])


@course
def an_older_folder_beside_a_newer_archive_of_more(at: Path) -> Course:
    put(at, {"hw3.zip": zipped({**two(), "cy.py": network("cy")}), **two("hw3/")})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, rows=["ada", "bob", "cy"])


@course
def sections_with_one_name_of_two_students(at: Path) -> Course:
    for number in (1, 2):
        put(at / f"section {number}", {f"{who}.py": network(f"{who}{number}") for who in ("ada", "bob")})
    return Course(at, {"ada1": 1, "bob1": 1, "ada2": 1, "bob2": 1})


@course
def sections_with_numbers(at: Path) -> Course:
    put(at, {"section 1/1.py": network("a"), "section 1/2.py": network("b")})
    put(at, {"section 2/submission_1/network.py": network("c"), "section 2/submission_2/n.py": network("d")})
    put(
        at,
        {"tutorial 3.zip": zipped({"tutorial 3/network.py": network("e"), "tutorial 3/network (1).py": network("f")})},
    )
    put(at, {"1班/01.py": network("g"), "1班/02.ipynb": notebook("h")})
    return Course(at, dict.fromkeys("abcdefgh", 1))


@course
def sections_with_numbers_in_a_task(at: Path) -> Course:
    put(at, {f"HW3/section {section}/{n}.py": network(f"s{section}{n}") for section in (1, 2) for n in (1, 2)})
    return Course(at, {"s11": 1, "s12": 1, "s21": 1, "s22": 1})


@course
def numbers_in_the_folders_of_groups(at: Path) -> Course:
    put(at, {"group 1/network.py": network("g1", 1), "group 1/network (1).py": network("g1", 2)})
    put(at, {"group 2/1.py": helper("g2"), "group 2/2.py": network("g2"), "section 3/v1.py": network("s3", 1)})
    put(at, {"section 3/v2.py": network("s3", 2)})
    return Course(at, {"g1": 2, "g2": 1, "s3": 2}, rows=["group 1", "group 2", "section 3"])


@course
def a_second_folder_of_a_clone(at: Path) -> Course:
    for folder, who, attempt in (("nn-ada", "ada", 1), ("nn-ada (1)", "ada", 2), ("nn-bob", "bob", 1)):
        put(at / folder, {".git/HEAD": b"", "network.py": network(who, attempt)})
    return Course(at, {"ada": 2, "bob": 1}, (), "github", rows=["nn-ada", "nn-bob"])


@course
def clones_of_one_name_that_say_nobody(at: Path) -> Course:
    for folder, who in (("neural-network", "ada"), ("neural-network (1)", "bob"), ("neural-net-scratch", "cy")):
        put(at / folder, {".git/HEAD": b"", "network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, (), "github")


@course
def clones_of_one_name_and_two_owners(at: Path) -> Course:
    for folder, who in (("kata-sudoku", "ada"), ("kata-sudoku (1)", "bob"), ("kata-chess", "cy")):
        config = f'[remote "origin"]\n\turl = https://github.com/{who}/{folder[:11].strip()}.git\n'
        put(at / folder, {".git/config": config.encode(), "network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, (), "github")


@course
def the_exchange_of_nbgrader(at: Path) -> Course:
    times = (("ada", 1, 1), ("ada", 2, 2), ("bob", 1, 1))
    inbound = {f"{who}+ps3+2026-11-0{day} 10:00:00 UTC+{day}/n.ipynb": notebook(who, n) for who, day, n in times}
    put(at / "inbound", inbound)
    put(at, {"outbound/ps3/n.ipynb": notebook("teacher"), "feedback/ab12.html": b"<html>"})
    return Course(at, {"ada": 2, "bob": 1}, (), "nbgrader")


@course
def one_student_with_two_tasks_beside_one_with_one(at: Path) -> Course:
    put(at, {"Ada Lee/HW 3/Version 1/n.py": network("ada3"), "Ada Lee/HW 4/Version 1/n.py": network("ada4")})
    put(at, {"Bob Roe/HW 3/Version 1/n.py": network("bob", 1), "Bob Roe/HW 3/Version 2/n.py": network("bob", 2)})
    return Course(at, {"ada3": 1, "ada4": 1, "bob": 2})


@course
def lists_and_data_of_the_course(at: Path) -> Course:
    put(at, {"status.xlsx": b"PK", "计科2301班学生名单.xlsx": b"PK", "未交名单.txt": b"", "作业要求.docx": b"PK"})
    put(at, {"作业成绩.xlsx": b"PK", "mnist_train.csv": b"1", "data/mnist.npz": b"PK", "feedback/ada.pdf": b"%PDF"})
    put(at, {"ada.py": network("ada"), "images/network.py": network("bob"), "王五_实验成绩.xlsx": b"PK"})
    return Course(at, {"ada": 1, "bob": 1}, ("王五",))


@course
def notebooks_of_nobody_with_a_second_ending(at: Path) -> Course:
    put(at, {"network.ipynb.json": notebook("ada"), "network (1).ipynb.json": notebook("bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def a_download_in_a_folder_of_any_name(at: Path) -> Course:
    made = {f"{who.title()} Lee_{n}_assignsubmission_file/n.py": network(who) for n, who in ((7, "ada"), (8, "bob"))}
    put(at, {"moodle/CS1-HW3-77.zip": zipped(made), "sent/Cy Tan.py": network("cy"), "sent/Di Ng.py": network("di")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1), (), "moodle")


@course
def a_download_in_a_folder_beside_its_content(at: Path) -> Course:
    made = {f"{who.title()} Lee_{n}_assignsubmission_file/n.py": network(who) for n, who in ((7, "ada"), (8, "bob"))}
    put(at, {"raw/CS1-HW3-77.zip": zipped(made), **made})
    return Course(at, {"ada": 1, "bob": 1}, (), "moodle")


@course
def downloads_in_folders_of_campuses(at: Path) -> Course:
    berlin = {"leeada_11_801_n.py": network("ada"), "roebob_12_802_n.py": network("bob")}
    put(at / "HW3", {"berlin/submissions.zip": zipped(berlin)})
    put(at / "HW3", {"Kim/all.zip": zipped({"Cy Tan/n.py": network("cy"), "Di Ng/n.py": network("di")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1), (), "canvas")


@course
def archives_with_the_packages_of_a_student(at: Path) -> Course:
    put(at, {"ada/hw3.zip": zipped({"core/network.py": network("ada"), "viz/plot.py": helper("ada")})})
    put(at, {"bob/hw3.zip": zipped({"Neural Network/n.py": network("bob"), "Unit Tests/t.py": helper("bob")})})
    put(at, {"cy/hw3.zip": zipped({"mine/n.py": network("cy"), "bobs/n.py": network("cy")})})
    put(at, {"di/hw3.zip": zipped({"di-nn-main/n.py": network("di"), "di-lib-main/lib.py": helper("di")})})
    put(at, {"ed/hw3.zip": zipped({"exp_784_128_n.py": network("ed"), "net_784_64_n.py": helper("ed")})})
    put(at, {"fy/hw3.zip": zipped({"HW3 - Fy.py": network("fy"), "HW3 - Plots.py": helper("fy")})})
    students = ("ada", "bob", "cy", "di", "ed", "fy")
    return Course(at, dict.fromkeys(students, 1), rows=students)


@course
def an_archive_of_one_student_beside_its_folder(at: Path) -> Course:
    sections = {
        "section 1": {"ada.py": network("ada"), "bob.py": network("bob")},
        "section 2": {"cy.py": network("cy")},
    }
    for name, inside in sections.items():
        put(at, {f"{name}.zip": zipped(inside), **{f"{name}/{file}": content for file, content in inside.items()}})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def a_download_beside_late_work_in_a_folder(at: Path) -> Course:
    berlin = {"leeada_11_801_n.py": network("ada"), "roebob_12_802_n.py": network("bob")}
    put(at / "berlin", {"submissions.zip": zipped(berlin), "Ed Fox.py": network("ed")})
    paris = {"tancy_13_803_n.py": network("cy"), "ngdi_14_804_n.py": network("di")}
    put(at / "paris", {"dl/submissions.zip": zipped(paris)})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di", "ed"), 1), (), "canvas")
