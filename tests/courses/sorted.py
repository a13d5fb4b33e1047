"""Course folders in which work lies once more, sorted by a tool or with comments, beside what a course gives."""

import json
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped

PLUGIN = "assignsubmission_file"
BLANK = b"class DeepNeuralNetwork:\n    def train(self): raise NotImplementedError\n"


def _two(at: Path, files: dict[str, bytes], platform: str = "files", attempts: tuple[int, int] = (1, 1)) -> Course:
    put(at, files)
    return Course(at, dict(zip(("ada", "bob"), attempts, strict=True)), platform=platform)


def _moodles(folder: str, attempt: int = 1) -> dict[str, bytes]:
    return {
        f"{name}_{number}_{folder}/network.py": network(who, attempt)
        for name, number, who in (("Ada L", 101, "ada"), ("Bob R", 102, "bob"))
    }


@course
def moodle_feedback_in_an_archive(at: Path) -> Course:
    own = zipped(_moodles("assignfeedback_file", 0))
    return _two(at, {"CS1-HW3.zip": zipped(_moodles(PLUGIN)), "CS1-HW3-more.zip": own}, "moodle")


@course
def feedback_to_upload_beside_its_download(at: Path) -> Course:
    own = zipped(_moodles(f"{PLUGIN}_", 0))
    return _two(at, {"CS1-HW3.zip": zipped(_moodles(PLUGIN)), "feedback HW3.zip": own}, "moodle")


@course
def work_after_feedback(at: Path) -> Course:
    later = zipped(_moodles(PLUGIN, 2))
    return _two(at, {"HW3.zip": zipped(_moodles(PLUGIN)), "HW3 after feedback.zip": later}, "moodle", (2, 2))


@course
def a_download_called_feedback(at: Path) -> Course:
    return _two(at, {f"multi_feedback/{who}/network.py": network(who) for who in ("ada", "bob")})


@course
def download_sorted_by_a_tool(at: Path) -> Course:
    raw = {"doeada_11_801_hw.zip": zipped({"network.py": network("ada")}), "roebob_12_802_n.py": network("bob")}
    put(at / "submissions", raw)
    return _two(at, {f"sorted/{name}/network.py": network(name[3:]) for name in ("doeada", "roebob")}, "canvas")


@course
def blackboard_sorted_by_a_tool(at: Path) -> Course:
    start = "HW3_{}_attempt_2026-11-01-10-00-00.txt"
    texts = {f"{number}/{start.format(number)}": b"Name: x\n" for number in (1001, 1002)}
    return _two(at, texts | {"1001/network.py": network("ada"), "1002/network.py": network("bob")})


@course
def archive_unpacked_in_part(at: Path) -> Course:
    who = ("ada", "bob", "cyd", "dora")
    put(at, {"all.zip": zipped({f"{one}.zip": zipped({"network.py": network(one)}) for one in who})})
    put(at, {f"{one}/network.py": network(one) for one in who[:2]} | {"ada/notes.txt": b"good"})
    return Course(at, dict.fromkeys(who, 1))


@course
def archive_with_other_students_of_the_same_names(at: Path) -> Course:
    put(at, {"Section A.zip": zipped({f"{one}/network.py": network(one) for one in ("ada", "bob")})})
    put(at, {f"{one}/network.py": network(f"{one}2") for one in ("ada", "bob")})
    return Course(at, dict.fromkeys(("ada", "bob", "ada2", "bob2"), 1))


@course
def the_only_archive_below_folders_of_any_name(at: Path) -> Course:
    files = {f"2026-11-01-10-00-00_{who}_network.py": network(who) for who in ("ada", "bob")}
    return _two(at, {"downloaded/ps1/archive/notebooks.zip": zipped(files)})


@course
def candidates_of_an_exam(at: Path) -> Course:
    return _two(at, {"Flow 9/1001_network.py": network("ada"), "Flow 9/1002_net.zip": zipped({"n.py": network("bob")})})


@course
def sizes_in_front(at: Path) -> Course:
    put(at, {f"nets/{size}_net.py": network("ada") for size in (1024, 2048, 4096)})
    return Course(at, {"ada": 1})


@course
def attempts_between_the_names(at: Path) -> Course:
    files = {f"Q1 - al1 - Ada L - Attempt{n}_network.py": network("ada", n) for n in (1, 2, 10)}
    files |= {"Q1 - br2 - Bob R - Attempt1_network.py": network("bob"), "exam_v1_cyd.py": network("cyd")}
    put(at, files | {"exam_v2_dora.py": network("dora")})
    return Course(at, {"ada": 10, "bob": 1, "cyd": 1, "dora": 1})


@course
def counts_of_onedrive(at: Path) -> Course:
    files = {"花子_佐藤_network.py": network("ada"), "花子_佐藤_network 1.py": network("ada", 2)}
    put(at, {"hw_kim.py": network("kim"), "hw_kim 1.py": network("kim1")})
    put(at, files | {"太郎_山田_network.py": network("bob")})
    return Course(at, {"ada": 2, "bob": 1, "kim": 1, "kim1": 1})


@course
def boxes_of_openolat(at: Path) -> Course:
    files = {f"{who}_1{n}/dropbox/network.py": network(who) for n, who in enumerate(("ada", "bob"))}
    return _two(at, files | {"ada_10/returnbox/network.py": network("ada", 0)})


@course
def blank_templates(at: Path) -> Course:
    cells = {"cells": [{"cell_type": "code", "source": BLANK.decode()}], "metadata": {}, "nbformat": 4}
    files = {"HW3_template.ipynb": json.dumps(cells).encode(), "hw3 starter/network.py": BLANK, "作业3模板.py": BLANK}
    return _two(at, files | {"HW3_Ada_Lee.ipynb": notebook("ada"), "HW3_Bob_Roe.py": network("bob")})


@course
def solutions_that_may_be_students(at: Path) -> Course:
    files = {"hw3_template.py": network("cyd"), "hw3_solution.py": network("dora"), "hw3_sample_solution.py": BLANK}
    put(at, files | {"hw3_ada.py": network("ada"), "hw3_bob.py": network("bob"), "cyd/hw3_template.py": BLANK})
    put(at, {"cyd/network.py": network("fay"), "solution-eve/network.py": network("eve")})
    return Course(at, dict.fromkeys(("ada", "bob", "cyd", "dora", "eve", "fay"), 1))


@course
def solutions_among_clones_and_beside_students(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at / "hw3-submissions", {f"hw3-{who}/.git/HEAD": b"ref", f"hw3-{who}/network.py": network(who)})
    put(at / "hw3-submissions" / "hw3-solution", {".git/HEAD": b"ref", "network.py": network("teacher")})
    return _two(at, {"solution/network.py": network("teacher"), "starter/network.py": BLANK}, "github")


@course
def an_exam_with_short_numbers(at: Path) -> Course:
    return _two(at, {"Exam/101.py": network("ada"), "Exam/102.py": network("bob")})


@course
def an_exam_with_seats(at: Path) -> Course:
    return _two(at, {"room/A01_network.py": network("ada"), "room/B01_network.py": network("bob")})


@course
def the_only_archive_of_a_student(at: Path) -> Course:
    work = {"trainer/train.py": helper("ada"), "plotter/plot.py": helper("ada"), "network.py": network("ada")}
    put(at, {"ada/hw3.zip": zipped(work)})
    return Course(at, {"ada": 1}, rows=["ada"])


@course
def graders_copies_of_a_download(at: Path) -> Course:
    put(at, {"TA Lee/Cy Tan.py": network("cy"), "TA Kim/Ada L.py": network("ada"), "TA Kim/Bob R.py": network("bob")})
    raw = {f"Cy Tan_103_{PLUGIN}/n.py": network("cy")} | _moodles(PLUGIN)
    put(at, {"CS1-HW3-77.zip": zipped(raw)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, platform="moodle")


@course
def a_template_in_the_folder_of_a_task(at: Path) -> Course:
    files = {"CS1/HW3/HW3_template.py": BLANK, "CS1/HW3/ada/main.py": network("ada"), "roster.csv": b"name,id\nx,1\n"}
    return _two(at, files | {"CS1/HW3/bob/src/network.py": network("bob")})


@course
def a_template_beside_two_archives(at: Path) -> Course:
    files = {f"submissions/2023{n}.zip": zipped({"n.py": network(w)}) for n, w in ((1084, "ada"), (1091, "bob"))}
    return _two(at, files | {"submissions/HW3_template.py": BLANK, "starter/network.py": BLANK})


@course
def numbers_like_days_or_round_ones(at: Path) -> Course:
    who = {"20231000": "a", "20231014": "b", "20231049": "c", "20231105": "d"}
    put(at, {f"export/{number}/network.py": network(one) for number, one in who.items() if one != "d"})
    put(at, {"export/HW3_20231105.zip": zipped({"network.py": network("d")})})
    return Course(at, dict.fromkeys(who.values(), 1))


@course
def numbers_like_days_in_an_archive(at: Path) -> Course:
    files = {f"2023{n}_net.py": network(w) for n, w in ((1000, "ada"), (1014, "bob"))}
    put(at, {"download.zip": zipped(files), "Cy Tan.py": network("cy")})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def days_that_are_versions(at: Path) -> Course:
    put(at, {f"ada/202611{n:02}_network.py": network("ada", n) for n in (1, 2)} | {"bob/n.py": network("bob")})
    return Course(at, {"ada": 2, "bob": 1})
