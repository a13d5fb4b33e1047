"""Course folders of chats, mails, shared drives, resubmissions, groups, and names in many scripts."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, tarred, zipped


@course
def whatsapp_and_wechat_names(at: Path) -> Course:
    put(at, {"陈晨-20261101-作业三.py": network("chen"), "李华-20261102-作业三.py": network("li")})
    put(at, {"王伟(1)-20261101-作业三.py": network("wang")})
    return Course(at, dict.fromkeys(("chen", "li", "wang"), 1))


@course
def classes_numbers_names_and_tasks_in_chinese(at: Path) -> Course:
    put(at, {f"计科2{n}班_2023000{n}_{who}_实验三/实验三.py": network(f"s{n}") for n, who in enumerate("张王李赵", 1)})
    put(
        at,
        {
            "计科25班_20230005_孙_实验三.zip": zipped(
                {"实验三/代码/network.py": network("s5"), "实验三/报告.docx": b"PK"}
            )
        },
    )
    return Course(at, {f"s{n}": 1 for n in range(1, 6)})


@course
def two_students_of_one_name(at: Path) -> Course:
    put(at, {"Wang Wei (20230001).py": network("one"), "Wang Wei (20230002).py": network("two")})
    put(at, {"Li Na.py": network("li")})
    return Course(at, dict.fromkeys(("one", "two", "li"), 1))


@course
def two_students_of_one_name_in_moodle(at: Path) -> Course:
    put(at, {"Wei Wang_111_assignsubmission_file/network.py": network("one")})
    put(at, {"Wei Wang_222_assignsubmission_file/network.py": network("two")})
    return Course(at, dict.fromkeys(("one", "two"), 1), platform="moodle")


@course
def google_classroom_folders(at: Path) -> Course:
    put(at, {"Ada Lovelace - network.py": network("ada"), "Bob Noyce - network.ipynb": notebook("bob")})
    put(at, {"Cy Young - network.py": network("cy")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1), platform="forms")


@course
def a_drive_folder_with_copies(at: Path) -> Course:
    put(
        at / "Homework 3",
        {"Ada Lovelace/Copy of network.ipynb": notebook("ada"), "Bob Noyce/network.ipynb": notebook("bob")},
    )
    put(at / "Homework 3", {"Cy Young/Copy of Copy of network (1).ipynb": notebook("cy")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def onedrive_conflicts(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "ada/network-DESKTOP-4F2A1B.py": network("ada", 0)})
    put(at, {"bob/network.py": network("bob"), "bob/network (Bob's conflicted copy 2026-11-01).py": network("bob", 0)})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def the_only_file_is_a_downloaded_copy(at: Path) -> Course:
    put(
        at, {"ada/network (1).py": network("ada"), "bob/network (3).py": network("bob"), "cy/network.py": network("cy")}
    )
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def checkpoints_alone(at: Path) -> Course:
    put(at, {"ada/.ipynb_checkpoints/net-checkpoint.ipynb": notebook("ada", 0), "ada/net.ipynb": notebook("ada")})
    put(at, {"bob/.ipynb_checkpoints/net-checkpoint.ipynb": notebook("bob", 0), "cy/net.ipynb": notebook("cy")})
    return Course(at, dict.fromkeys(("ada", "cy"), 1), ("bob",))


@course
def resource_forks_beside(at: Path) -> Course:
    put(at, {"ada.zip": zipped({"ada/network.py": network("ada"), "__MACOSX/ada/._network.py": b"\0\5\x16\7"})})
    put(at, {"bob/network.py": network("bob"), "bob/._network.py": b"\0\5\x16\7", "._bob": b"\0\5\x16\7"})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def mails_with_their_attachments(at: Path) -> Course:
    put(
        at,
        {
            "ada@uni.edu_2026-11-01_1030/network.py": network("ada"),
            "bob@uni.edu_2026-11-01_1130/net.zip": zipped({"n.py": network("bob")}),
        },
    )
    put(at, {"cy@uni.edu_2026-11-02_0900/network.txt": b"I forgot it"})
    return Course(at, dict.fromkeys(("ada", "bob"), 1), ("cy",))


@course
def resubmissions_by_mail(at: Path) -> Course:
    put(
        at,
        {
            "ada@uni.edu_2026-11-01_1030/network.py": network("ada"),
            "ada@uni.edu_2026-11-03_0830/network.py": network("ada", 2),
        },
    )
    put(at, {"bob@uni.edu_2026-11-01_1130/network.py": network("bob")})
    return Course(at, {"ada": 2, "bob": 1})


@course
def resubmitted_in_words(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "ada_resubmission.py": network("ada", 2), "bob.py": network("bob")})
    put(at, {"cy.py": network("cy"), "cy (final version).py": network("cy", 2)})
    return Course(at, {"ada": 2, "bob": 1, "cy": 2})


@course
def resubmitted_in_chinese(at: Path) -> Course:
    put(at, {"张三.py": network("zhang"), "张三_修改版.py": network("zhang", 2), "李四.py": network("li")})
    put(
        at,
        {
            "王五_最终版.py": network("wang", 2),
            "王五.py": network("wang"),
            "赵六 - 副本.py": network("zhao", 0),
            "赵六.py": network("zhao"),
        },
    )
    return Course(at, {"zhang": 2, "li": 1, "wang": 2, "zhao": 1})


@course
def late_in_a_folder_beside_sections(at: Path) -> Course:
    put(at, {f"Section A/{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {f"Section B/{who}/network.py": network(who) for who in ("cy", "dan")})
    put(at, {"Late/eve/network.py": network("eve")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dan", "eve"), 1))


@course
def late_in_chinese(at: Path) -> Course:
    put(at, {"按时/张三.py": network("zhang"), "按时/李四.py": network("li"), "迟交/王五.py": network("wang")})
    return Course(at, dict.fromkeys(("zhang", "li", "wang"), 1))


@course
def only_a_report(at: Path) -> Course:
    put(at, {"ada/report.pdf": b"%PDF", "bob/network.py": network("bob"), "cy/network.docx": b"PK"})
    return Course(at, {"bob": 1}, ("ada", "cy"))


@course
def a_text_named_twice(at: Path) -> Course:
    put(at, {"ada/network.py.txt": network("ada"), "bob/network.py": network("bob"), "cy/network.py.py": network("cy")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def links_to_a_file_outside(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada")})
    put(at.parent / "outside", {"network.py": network("secret")})
    (at / "bob").mkdir()
    (at / "bob/network.py").symlink_to(at.parent / "outside/network.py")
    (at / "cy").symlink_to("ada")
    return Course(at, {"ada": 1}, ("bob", "cy"))


@course
def zips_of_zips_of_each(at: Path) -> Course:
    inner = {who: zipped({f"{who}/network.py": network(who)}) for who in ("ada", "bob")}
    put(at, {"ada.zip": zipped({"homework.zip": inner["ada"]}), "bob.tar.gz": tarred({"homework.zip": inner["bob"]})})
    put(at, {"cy.zip": zipped({"src.tar.gz": tarred({"network.py": network("cy")}), "readme.md": b"hi"})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def groups_as_canvas_gives_them(at: Path) -> Course:
    put(at, {"group1_4821_99001_network.py": network("one"), "group2_4822_99002_network.py": network("two")})
    put(at, {"group3_LATE_4823_99003_network.py": network("three")})
    return Course(at, dict.fromkeys(("one", "two", "three"), 1), platform="canvas")


@course
def canvas_with_several_files_each(at: Path) -> Course:
    put(
        at,
        {
            "lovelaceada_11_901_network.py": network("ada"),
            "lovelaceada_11_902_layers.py": helper("ada"),
            "lovelaceada_11_903_report.pdf": b"%PDF",
        },
    )
    put(at, {"noycebob_12_904_network-1.ipynb": notebook("bob", 2), "noycebob_12_900_network.ipynb": notebook("bob")})
    return Course(at, {"ada": 1, "bob": 2}, platform="canvas")


@course
def canvas_with_a_cluster_of_late_zips(at: Path) -> Course:
    put(at, {"lovelaceada_LATE_11_901_hw 3.zip": zipped({"hw 3/network.py": network("ada")})})
    put(at, {"nguyễnvănánh_12_902_network.py": network("anh"), "o'brien_13_903_network.py": network("brien")})
    return Course(at, dict.fromkeys(("ada", "anh", "brien"), 1), platform="canvas")


@course
def classroom_clones_of_teams(at: Path) -> Course:
    put(at, {"mnist-team-rocket/network.py": network("rocket"), "mnist-team-rocket/.git/config": b""})
    put(at, {"mnist-the-a-team/src/network.py": network("a-team"), "mnist-the-a-team/.git/config": b""})
    put(at, {"mnist-solo/network.py": network("solo")})
    return Course(at, dict.fromkeys(("rocket", "a-team", "solo"), 1), platform="github")


@course
def kaggle_notebooks(at: Path) -> Course:
    put(at, {"notebook8f3a1c2b4d.ipynb": notebook("ada"), "notebook1b2c3d4e5f.ipynb": notebook("bob")})
    put(at, {"mnist-from-scratch-numpy.ipynb": notebook("cy")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def replit_and_colab_exports(at: Path) -> Course:
    put(at, {"ada-lovelace-hw3.zip": zipped({"main.py": network("ada"), ".replit": b"", "poetry.lock": b""})})
    put(
        at,
        {
            "bob-noyce-hw3.zip": zipped({"main.py": network("bob"), "replit.nix": b""}),
            "Cy_Young_hw3_colab.ipynb": notebook("cy"),
        },
    )
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def names_from_right_to_left_and_with_marks(at: Path) -> Course:
    names = {
        "محمد بن سلمان": "m",
        "נועה לוי": "n",
        "Trần Thị Hồng": "t",
        "สมชาย": "s",
        "Жанна Д'Арк": "z",
        "김민준": "k",
    }
    put(at, {f"{name}/network.py": network(who) for name, who in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def one_name_in_two_cases_of_a_platform(at: Path) -> Course:
    put(
        at,
        {
            "ADA LOVELACE/NETWORK.PY": network("ada"),
            "Bob Noyce/Network.py": network("bob"),
            "cy/NETWORK.IPYNB": notebook("cy"),
        },
    )
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1))


@course
def a_virtual_environment_with_each(at: Path) -> Course:
    put(at, {f"{who}/network.py": network(who) for who in ("ada", "bob")})
    put(
        at,
        {
            "ada/myenv/pyvenv.cfg": b"home = /usr",
            "ada/myenv/lib/python3.11/site-packages/numpy/network.py": network("numpy"),
        },
    )
    put(at, {"bob/.idea/workspace.xml": b"", "bob/.vscode/settings.json": b"{}", "bob/data/train.csv": b"1,2\n"})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def teams_with_versions(at: Path) -> Course:
    for who, name in (("ada", "Lovelace, Ada"), ("bob", "Noyce, Bob")):
        put(
            at / "Submitted files" / name / "Homework 3",
            {"Version 1/network.py": network(who), "Version 2/network.py": network(who, 2)},
        )
    return Course(at, {"ada": 2, "bob": 2})


@course
def pairs_in_one_name(at: Path) -> Course:
    put(
        at,
        {
            "ada_lovelace_bob_noyce.py": network("pair1"),
            "cy_young_dan_brown.py": network("pair2"),
            "eve_stone.py": network("eve"),
        },
    )
    return Course(at, dict.fromkeys(("pair1", "pair2", "eve"), 1))


@course
def tests_and_drafts_beside_the_network(at: Path) -> Course:
    put(
        at,
        {
            "ada/network.py": network("ada"),
            "ada/test_network.py": b"from network import DeepNeuralNetwork\n",
            "ada/draft.py": network("ada", 0),
        },
    )
    put(
        at,
        {
            "bob/main.py": b"from network import DeepNeuralNetwork\nDeepNeuralNetwork().train()\n",
            "bob/network.py": network("bob"),
        },
    )
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def blackboard_with_a_zip_and_a_second_attempt(at: Path) -> Course:
    for who, day, n in (("al123", "01", 1), ("al123", "03", 2), ("bn456", "02", 1)):
        stem = f"Homework 3_{who}_attempt_2026-11-{day}-10-00-00"
        put(
            at,
            {
                f"{stem}.txt": f"Name: {who} ({who})\nAssignment: Homework 3\n".encode(),
                f"{stem}_hw 3.zip": zipped({"network.py": network(who, n)}),
            },
        )
    return Course(at, {"al123": 2, "bn456": 1}, platform="blackboard")


@course
def brightspace_with_resubmissions(at: Path) -> Course:
    put(at, {"index.html": b"<html>", "101-55 - Ada Lovelace - Nov 1, 2026 1030 AM/network.py": network("ada")})
    put(
        at,
        {
            "101-55 - Ada Lovelace - Nov 3, 2026 230 PM/network.py": network("ada", 2),
            "102-55 - Bob Noyce - Nov 2, 2026 1100 PM/net.ipynb": notebook("bob"),
        },
    )
    return Course(at, {"ada": 2, "bob": 1}, platform="brightspace")


@course
def resubmissions_by_day_and_time_in_front(at: Path) -> Course:
    put(at, {"2026-11-01 10.30 Ada Lovelace.py": network("ada"), "2026-11-03 08.15 Ada Lovelace.py": network("ada", 2)})
    put(at, {"2026-11-01T11-30-05 Bob Noyce.py": network("bob"), "2026-11-01 Cy Young.py": network("cy")})
    put(at, {"2026-11-01 09.00 Cy Young.py": network("cy", 2)})
    return Course(at, {"ada": 2, "bob": 1, "cy": 2})


@course
def late_in_front_of_a_name(at: Path) -> Course:
    put(at, {"LATE_ada.py": network("ada"), "bob.py": network("bob"), "LATE_bob.py": network("bob", 2)})
    put(at, {"late - cy.py": network("cy", 2), "cy.ipynb": notebook("cy"), "迟交_王五.py": network("wang", 2)})
    put(at, {"王五.py": network("wang"), "Late Dan.py": network("late-dan"), "Dan.py": network("dan")})
    return Course(at, {"ada": 1, "bob": 2, "cy": 2, "wang": 2, "late-dan": 1, "dan": 1})


@course
def ilias_with_times_before_the_files(at: Path) -> Course:
    put(at / "Lovelace_Ada_4711", {"20261101103000_network.py": network("ada", 1, "import helper\n")})
    put(at / "Lovelace_Ada_4711", {"20261101103000_helper.py": helper("ada"), "20261101103000_report.pdf": b"%PDF"})
    put(at / "Noyce_Bob_4712", {f"2026110{n}103000_net.py": network("bob", n) for n in (1, 3)})
    put(at / "Young_Cy_4713", {"20261101103000_net.ipynb": notebook("cy")})
    files = {"ada": ["network.py", "helper.py"], "bob": ["20261101103000_net.py", "net.py"]}
    return Course(at, {"ada": 1, "bob": 3, "cy": 1}, files=files)
