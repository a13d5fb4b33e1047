"""Course folders in the forms of instructors: platforms, archives, what tools leave behind."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, seven, tarred, zipped


@course
def plain_files(at: Path) -> Course:
    put(at, {f"{who}.py": network(who) for who in ("ada", "bob", "eve")})
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})


@course
def every_kind_of_file(at: Path) -> Course:
    put(at, {"ada.ipynb": notebook("ada"), "bob.tar.gz": tarred({"network.py": network("bob")})})
    put(at, {"carl.7z": seven({"network.py": network("carl")}), "dora.txt": network("dora"), "ed.pdf": b"%PDF"})
    put(at, {"fay.PY": network("fay"), "gus.tar.xz": tarred({"x/network.py": network("gus")}, "w:xz")})
    put(at, {"hal.zip": zipped({"hal/network.py": network("hal")}), "ida/network.py": network("ida")})
    put(at, {"jon.rar": b"Rar!\x1a\x07\x01\x00 a damaged one", "kay": network("kay"), "README.md": b"# the course"})
    judged = dict.fromkeys(("ada", "bob", "carl", "fay", "gus", "hal", "ida"), 1)
    return Course(at, judged, ("dora", "ed", "jon", "kay"))


@course
def names_of_any_bytes(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "Zoë Ü.py": network("zoe"), "王小明.py": network("wang")})
    (at / b"m\xfcller.py".decode(errors="surrogateescape")).write_bytes(network("mueller"))
    put(at / b"k\xf6nig".decode(errors="surrogateescape"), {"network.py": network("koenig")})
    (at / b"k\xf6nig".decode(errors="surrogateescape") / b"h\xe9lp.py".decode(errors="surrogateescape")).write_bytes(
        helper("koenig")
    )
    return Course(at, dict.fromkeys(("ada", "zoe", "wang", "mueller", "koenig"), 1))


@course
def a_scheme_that_looks_like_canvas(at: Path) -> Course:
    put(at, {f"lab_3_2023_{who}.py": network(who) for who in ("smith", "jones", "garcia")})
    return Course(at, dict.fromkeys(("smith", "jones", "garcia"), 1))


@course
def another_that_looks_like_canvas(at: Path) -> Course:
    put(at, {f"hw_1_{n}_{who}.py": network(who) for n, who in enumerate(("smith", "jones"), 1)})
    return Course(at, dict.fromkeys(("smith", "jones"), 1))


@course
def names_before_numbers_that_look_like_canvas(at: Path) -> Course:
    put(at, {f"{who}_3_{2023 + n}_network.py": network(who) for n, who in enumerate(("smith", "jones"))})
    return Course(at, dict.fromkeys(("smith", "jones"), 1))


@course
def moodle_folders(at: Path) -> Course:
    made = "assignsubmission_file_"
    put(at, {f"Ada Lovelace_101_{made}/network.py": network("ada")})
    put(at, {f"Alan Turing_102_{made}/turing.zip": zipped({"net/network.py": network("alan")})})
    put(
        at,
        {f"Grace Hopper_103_{made}/network.py": network("grace"), f"Grace Hopper_103_{made}/queue.py": helper("grace")},
    )
    put(at, {"Grace Hopper_103_assignsubmission_onlinetext_/onlinetext.html": b"<p>see my file</p>"})
    put(at, {"Kurt Goedel_104_assignsubmission_onlinetext_/onlinetext.html": b"<p>def f(x):<br>return x</p>"})
    return Course(
        at, {"ada": 1, "alan": 1, "grace": 1}, ("Kurt",), "moodle", files={"grace": ["network.py", "queue.py"]}
    )


@course
def moodle_flat_after_4_1(at: Path) -> Course:
    made = "assignsubmission_file"
    put(
        at, {f"Ada Lovelace_101_{made}_network.py": network("ada"), f"Ada Lovelace_101_{made}_helper.py": helper("ada")}
    )
    put(at, {"Ada Lovelace_101_assignsubmission_onlinetext_onlinetext.html": b"<p>hello</p>"})
    put(at, {f"Alan Turing_102_{made}_my_net_v2.py": network("alan")})
    put(at, {f"Alan Turing_103_{made}_network.py": network("alan2")})
    files = {"ada": ["helper.py", "network.py"]}
    return Course(at, {"ada": 1, "alan": 1, "alan2": 1}, (), "moodle", files=files)


@course
def moodle_anonymous(at: Path) -> Course:
    put(at, {f"Participant_{n}_assignsubmission_file_/network.py": network(f"p{n}") for n in (12345, 12346, 12347)})
    return Course(at, {"p12345": 1, "p12346": 1, "p12347": 1}, (), "moodle")


@course
def moodle_as_its_zip(at: Path) -> Course:
    made = {f"{who} X_{n}_assignsubmission_file_/network.py": network(who) for n, who in enumerate(("ada", "bob"), 7)}
    put(at, {"CS1-HW-2 (1)-77.zip": zipped({**made, "Ünal Y_9_assignsubmission_file_/network.py": network("unal")})})
    return Course(at / "CS1-HW-2 (1)-77.zip", {"ada": 1, "bob": 1, "unal": 1}, (), "moodle")


@course
def canvas(at: Path) -> Course:
    put(at, {"lovelaceada_1_99_network.py": network("ada", 1), "lovelaceada_1_100_network-1.py": network("ada", 2)})
    put(at, {"lovelaceada_1_101_helper.py": helper("ada", 2), "turingalan_LATE_2_105_network.py": network("alan")})
    put(
        at,
        {"hoppergrace_3_106_hw.zip": zipped({"network.py": network("grace")}), "goedelkurt_4_text.html": b"<p>hi</p>"},
    )
    put(at, {"smith_jones_5_107_my_net_1.ipynb": notebook("smith")})
    files = {"ada": ["helper.py", "network.py"]}
    return Course(at, {"ada": 2, "alan": 1, "grace": 1, "smith": 1}, ("goedelkurt",), "canvas", files=files)


@course
def canvas_anonymous(at: Path) -> Course:
    put(at, {"anon_aB3xY_20_network.py": network("aB3xY"), "anon_ab3xy_21_network.py": network("ab3xy")})
    put(
        at,
        {"anon_Zz9qq_LATE_22_network.py": network("Zz9qq", 1), "LATE_anon_Zz9qq_123_network-1.py": network("Zz9qq", 2)},
    )
    return Course(at, {"aB3xY": 1, "ab3xy": 1, "Zz9qq": 2}, (), "canvas")


@course
def gradescope(at: Path) -> Course:
    submitters = {
        "submission_11": ("Ada Lovelace", "s1", "ada@example.org", "2026-11-01 10:00:00 -0700"),
        "submission_12": ("Alan Turing", "s2", "alan@example.org", "2026-11-01 11:00:00 -0700"),
        "submission_9": ("Alan Turing", "s2", "alan@example.org", "2026-11-01 09:00:00 -0700"),
    }
    lines = ["---"]
    for folder, (name, sid, mail, when) in submitters.items():
        lines += [f"{folder}:", "  :submitters:", f"  - :name: {name}", f"    :sid: {sid}", f"    :email: {mail}"]
        lines += [f"  :created_at: {when}", "  :score: 0.0"]
    export = at / "assignment_77_export"
    put(export, {"submission_metadata.yml": "\n".join(lines).encode(), "submission_11/network.py": network("ada")})
    put(export, {"submission_12/network.py": network("alan", 2), "submission_9/network.py": network("alan", 1)})
    return Course(at, {"ada": 1, "alan": 2}, (), "gradescope")


@course
def blackboard(at: Path) -> Course:
    front = "Homework_1"
    for user, who, when, attempt in (
        ("alovelace", "Ada Lovelace", "2026-11-02-10-00-00", 1),
        ("alovelace", "Ada Lovelace", "2026-11-03-09-00-00", 2),
        ("a_turing", "Alan Turing", "2026-11-02-23-59-59", 1),
    ):
        start, mark = f"{front}_{user}_attempt_{when}", who.split()[0].lower()
        told = f"Name: {who} ({user})\nAssignment: Homework_1\nDate Submitted: then\nCurrent Grade: Needs Grading\n"
        put(at, {f"{start}.txt": told.encode(), f"{start}_network.py": network(mark, attempt)})
        put(at, {f"{start}_helper.py": helper(mark, attempt)})
    put(
        at,
        {f"{front}_khopper_attempt_2026-11-02-10-00-01.txt": b"Name: K Hopper (khopper)\nSubmission Field:\nforgot\n"},
    )
    files = {"ada": ["helper.py", "network.py"], "alan": ["helper.py", "network.py"]}
    return Course(at, {"ada": 2, "alan": 1}, ("K Hopper",), "blackboard", files=files)


@course
def brightspace(at: Path) -> Course:
    put(at, {"index.html": b"<html></html>"})
    put(at, {"12345-678 - Ada Lovelace - Sep 5, 2026 945 AM/network.py": network("ada", 1)})
    put(at, {"12345-678 - Ada Lovelace - Sep 5, 2026 1045 AM/network.py": network("ada", 2)})
    put(at, {"12345-678 - Ada Lovelace - Oct 1, 2026 1200 AM/network.py": network("ada", 3)})
    put(at, {"12346-678 - Turing, Alan - Sep 15, 2026 102 PM/alan.zip": zipped({"alan\\network.py": network("alan")})})
    return Course(at, {"ada": 3, "alan": 1}, (), "brightspace")


@course
def brightspace_flat_in_german(at: Path) -> Course:
    put(at, {"12345-678 - Ada Lovelace - 5 Dez., 2026 2245 - network.py": network("ada", 2)})
    put(at, {"12345-678 - Ada Lovelace - 5 Dez., 2026 2245 - helper.py": helper("ada", 2)})
    put(at, {"12345-678 - Ada Lovelace - 30 Nov., 2026 0900 - network.py": network("ada", 1)})
    put(at, {"12346-678 - Alan Turing - 1 März, 2026 0859 - my - net.py": network("alan")})
    return Course(at, {"ada": 2, "alan": 1}, (), "brightspace", files={"ada": ["helper.py", "network.py"]})


@course
def sakai(at: Path) -> Course:
    inner = at / "Homework 1"
    rows = ["Homework 1,Points", "", "Display ID,ID,Last Name,First Name,grade"]
    rows += ["ada1,ada1,Lovelace,Ada,", "alan2,alan2,Turing,Alan,", "kurt3,kurt3,Goedel,Kurt,"]
    put(inner, {"grades.csv": "\n".join(rows).encode()})
    for who, folder in (("ada", "Lovelace, Ada(ada1)"), ("alan", "Turing, Alan(alan2)")):
        put(inner, {f"{folder}/Submission attachment(s)/network.py": network(who), f"{folder}/timestamp.txt": b"2026"})
        put(inner, {f"{folder}/Feedback Attachment(s)/old.py": b"# by the tutor", f"{folder}/comments.txt": b""})
    return Course(at, {"ada": 1, "alan": 1}, (), "sakai")


@course
def github_classroom(at: Path) -> Course:
    for who in ("octo-cat", "octo-dog", "ann"):
        config = f'[remote "origin"]\n\turl = https://github.com/cs1/hw1-{who}.git\n'
        put(at / f"hw1-{who}", {".git/config": config.encode(), "network.py": network(who), ".github/x.yml": b""})
    return Course(at, dict.fromkeys(("octo-cat", "octo-dog", "ann"), 1), (), "github")


@course
def a_zip_of_a_folder(at: Path) -> Course:
    inside = {f"course/{who}.py": network(who) for who in ("ada", "bob", "eve")}
    put(at, {"course.zip": zipped({**inside, "__MACOSX/course/._ada.py": b"\0"})})
    return Course(at / "course.zip", dict.fromkeys(("ada", "bob", "eve"), 1), passed=1)


@course
def a_zip_in_a_folder(at: Path) -> Course:
    put(at, {"submissions.zip": zipped({f"hw/{who}/main.py": network(who) for who in ("ada", "bob")})})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def a_tar_of_a_course(at: Path) -> Course:
    put(at, {"course.tgz": tarred({f"./course/{who}/network.py": network(who) for who in ("ada", "bob")})})
    return Course(at / "course.tgz", dict.fromkeys(("ada", "bob"), 1))


@course
def a_zip_from_windows(at: Path) -> Course:
    put(at, {"ada.zip": zipped({"ada\\network.py": network("ada"), "ada\\layers\\dense.py": helper("ada")})})
    put(at, {"王.zip": zipped({"王/网络.py": network("wang")}, utf8=False)})
    return Course(at, {"ada": 1, "wang": 1}, files={"wang": ["王/网络.py"]})


@course
def what_tools_leave_behind(at: Path) -> Course:
    for leaving in (
        "venv/lib/a.py",
        "env/pyvenv.cfg",
        "env/lib/b.py",
        "node_modules/c.py",
        ".git/d.py",
        "__pycache__/e.py",
    ):
        put(at / "ada", {leaving: b"# by a tool"})
    put(at / "ada", {".ipynb_checkpoints/network-checkpoint.py": network("ada", 0), "network.py": network("ada")})
    put(at / "ada", {f"venv/lib/{n}.py": b"# by a tool" for n in range(250)})
    put(
        at,
        {
            "bob.zip": zipped(
                {"network.py": network("bob"), **{f"my/lib/{n}.py": b"" for n in range(250)}, "my/pyvenv.cfg": b""}
            )
        },
    )
    put(at, {"__MACOSX/._ada.py": b"\0", ".DS_Store": b"\0", "venv/lib/x.py": b"", "Thumbs.db": b""})
    return Course(at, {"ada": 1, "bob": 1}, passed=4)


@course
def two_zips_and_a_folder_in_a_folder(at: Path) -> Course:
    put(at, {"ada/code.zip": zipped({"network.py": network("ada")}), "ada/report.zip": zipped({"report.pdf": b"%PDF"})})
    put(
        at,
        {
            "bob/bob/bob/network.py": network("bob"),
            "eve/inner.zip": zipped({"deep.zip": zipped({"n.py": network("eve")})}),
        },
    )
    return Course(at, {"ada": 1, "bob": 1, "eve": 1})


@course
def several_candidates_in_a_folder(at: Path) -> Course:
    put(at, {"ada/main.py": b"from model import DeepNeuralNetwork\n", "ada/model.py": network("ada")})
    put(at, {"bob/network_old.py": network("bob", 1), "bob/net.py": network("bob", 2)})
    put(at, {"eve/a.py": helper("eve"), "eve/b.py": helper("eve"), "eve/test_net.py": network("eve")})
    return Course(at, {"ada": 1, "bob": 2, "eve": 1})


@course
def a_file_and_what_belongs_to_it(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "ada.pdf": b"%PDF", "bob.ipynb": notebook("bob"), "bob.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def sections_in_folders(at: Path) -> Course:
    put(at / "tuesday", {f"{who}.py": network(who) for who in ("ada", "bob")})
    put(at / "friday", {f"{who}/network.py": network(who) for who in ("eve", "carl")})
    put(at, {"late_dora.py": network("dora")})
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "carl", "dora"), 1))


@course
def names_by_a_pattern(at: Path) -> Course:
    put(
        at,
        {
            f"hw3-{who}-{n}-{file}": network(who, n)
            for who in ("ada", "bob")
            for n in (2, 10)
            for file in ("network.py",)
        },
    )
    put(at, {"hw3-ada-10-helper.py": helper("ada", 10), "notes.txt": b"of the course"})
    pattern = r"hw3-(?P<who>\w+)-(?P<attempt>\d+)-(?P<file>.+)"
    files = {"ada": ["helper.py", "network.py"]}
    return Course(at, {"ada": 10, "bob": 10}, ("notes",), options={"pattern": pattern}, files=files)


@course
def links_and_empty_folders(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "carl/notes.txt": b"I was ill"})
    (at / "bob").mkdir()
    (at / "eve.py").symlink_to("/etc/passwd")
    return Course(at, {"ada": 1}, ("bob", "eve", "carl"))


@course
def archives_that_lie(at: Path) -> Course:
    put(
        at,
        {
            "ada.zip": tarred({"network.py": network("ada")}),
            "bob.zip": b"PK\x03\x04 nothing",
            "eve.7z": b"7z\xbc\xaf\x27\x1c",
        },
    )
    put(at, {"carl.zip": zipped({"../network.py": network("carl")}), "dora.tar.gz": b"\x1f\x8b\x08"})
    return Course(at, {"ada": 1}, ("bob", "eve", "carl", "dora"))
