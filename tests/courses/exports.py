"""Course folders as platforms and people really export them: trees of versions, corrections, lists, odd letters.

Sources of the forms: PrairieLearn, pages/instructorAssessmentDownloads (names of submitted files); OpenOlat,
GTACourseNode.java (`1_task`, `2_submissions`, `3_corrections`, `4_revisions_1`); Submitty, docs of the course's
directories (versions and `user_assignment_settings.json`); Stud.IP's `archive_filelist.csv`; Microsoft Forms'
FILE_NAME.
"""

import json
import unicodedata
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped

MADE = "assignsubmission_file_"


@course
def moodle_online_texts_beside_files(at: Path) -> Course:
    put(at, {f"Ada Lovelace_101_{MADE}/network.py": network("ada")})
    put(at, {"Ada Lovelace_101_assignsubmission_onlinetext_/onlinetext.html": b"<p>see my file</p>"})
    put(at, {"Bob Roe_102_assignsubmission_onlinetext_/onlinetext.html": b"<p>sorry</p>"})
    put(at, {"Eve X_103_assignsubmission_comments_/x.txt": b"late", f"Eve X_103_{MADE}/n.ipynb": notebook("eve")})
    return Course(at, {"ada": 1, "eve": 1}, ("Bob Roe",), "moodle")


@course
def moodle_feedback_beside_the_work(at: Path) -> Course:
    put(at, {f"Ada Lovelace_101_{MADE}/network.py": network("ada"), f"Bob Roe_102_{MADE}/net.py": network("bob")})
    put(at, {"Ada Lovelace_101_assignfeedback_file_/network.py": network("tutor")})
    put(at, {"Bob Roe_102_assignfeedback_editpdf_/a.pdf": b"%PDF"})
    return Course(at, {"ada": 1, "bob": 1}, (), "moodle")


@course
def moodle_flat_with_plugins_and_names_in_two_forms(at: Path) -> Course:
    zoe = "Zoë Łuc-O'Brien"
    put(at, {f"{unicodedata.normalize('NFD', zoe)}_7_{MADE}network.py": network("zoe")})
    put(at, {f"{unicodedata.normalize('NFC', zoe)}_7_assignsubmission_onlinetext_onlinetext.html": b"<p>hi</p>"})
    put(at, {f"María José García López_8_{MADE}mi red (1).py": network("maria")})
    put(
        at,
        {f"محمد علي_9_{MADE}شبكة.py": network("ali"), f"김민준_10_{MADE}network.zip": zipped({"n.py": network("kim")})},
    )
    return Course(at, dict.fromkeys(("zoe", "maria", "ali", "kim"), 1), (), "moodle")


@course
def moodle_blind_in_polish(at: Path) -> Course:
    put(at, {f"Uczestnik_{n}_{MADE}/network.py": network(f"p{n}") for n in (31, 32, 33)})
    return Course(at, {"p31": 1, "p32": 1, "p33": 1}, (), "moodle")


@course
def moodle_empty_folders_of_some(at: Path) -> Course:
    put(at, {f"Ada L_1_{MADE}/network.py": network("ada")})
    (at / f"Bob R_2_{MADE}").mkdir()
    put(at, {f"Cy S_3_{MADE}/empty.zip": b""})
    return Course(at, {"ada": 1}, ("Bob R", "Cy S"), "moodle")


@course
def canvas_with_the_test_student_and_its_table(at: Path) -> Course:
    put(
        at,
        {"lovelaceada_11_501_network.py": network("ada", 1), "lovelaceada_LATE_11_509_network-1.py": network("ada", 2)},
    )
    put(at, {"studenttest_99_502_network.py": network("test"), "turingalan_12_503_net.ipynb": notebook("alan")})
    put(at, {"hoppergrace_13_text.html": b"<p>by mail</p>", "2026-11-29T1000_Grades-CS101.csv": b"Student,ID\n"})
    return Course(at, {"ada": 2, "test": 1, "alan": 1}, ("hoppergrace",), "canvas")


@course
def canvas_groups_and_links(at: Path) -> Course:
    put(at, {"projectgroup1_70_901_network.py": network("g1"), "projectgroup1_70_902_helper.py": helper("g1")})
    put(at, {"projectgroup2_71_903_work.zip": zipped({"a/network.py": network("g2")}), "doejane_72_link.html": b"<a>"})
    return Course(at, {"g1": 1, "g2": 1}, ("doejane",), "canvas")


@course
def canvas_anonymous_and_late(at: Path) -> Course:
    put(at, {"anon_aB3xZ_601_network.py": network("a1", 1), "LATE_anon_aB3xZ_602_network-1.py": network("a1", 2)})
    put(at, {"anon_q9Rt2_603_net.ipynb": notebook("a2"), "anon_Ww1Yy_604_report.pdf": b"%PDF"})
    return Course(at, {"a1": 2, "a2": 1}, ("Ww1Yy",), "canvas")


@course
def canvas_sections_in_folders(at: Path) -> Course:
    put(at / "section 1" / "submissions", {"adal_1_11_n.py": network("ada"), "bobr_2_12_n.py": network("bob")})
    put(at / "section 2" / "submissions", {"cyt_3_13_n.py": network("cy"), "diu_LATE_4_14_n.py": network("di")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1), (), "canvas")


@course
def blackboard_in_its_folder_with_odd_users(at: Path) -> Course:
    at_ = at / "gradebook_CS101_Homework203a20Nets_2026-11-29-10-00-00"
    for user, who, mark in (("ada.l@uni.edu", "Ada (Countess) Lovelace", "ada"), ("20231234", "王 小明", "wang")):
        front = f"Homework: Nets_{user}_attempt_2026-11-02-10-00-00".replace(":", "")
        told = f"Name: {who} ({user})\nAssignment: Homework: Nets\n"
        put(at_, {f"{front}.txt": told.encode("utf-8-sig"), f"{front}_my_attempt_2026.py": network(mark)})
    return Course(at, {"ada": 1, "wang": 1}, (), "blackboard")


@course
def blackboard_groups_with_a_later_text_alone(at: Path) -> Course:
    front = "HW1_Group 1_attempt_2026-11-02-10-00-00"
    put(at, {f"{front}_network.py": network("g1"), f"{front}.txt": b"Group: Group 1\n"})
    put(at, {"HW1_Group 1_attempt_2026-11-04-10-00-00.txt": b"Group: Group 1\nplease see above\n"})
    put(at, {"HW1_Group 2_attempt_2026-11-02-10-00-00_net.ipynb": notebook("g2")})
    return Course(at, {"g1": 1, "g2": 1}, (), "blackboard")


@course
def brightspace_names_with_dashes(at: Path) -> Course:
    put(at, {"12-9 - Anne - Marie Smith - Nov 2, 2026 945 AM/network.py": network("anne")})
    put(at, {"13-9 - Müller-Lüdenscheidt, Jörg - Nov 2, 2026 1145 PM/my work.zip": zipped({"n.py": network("joerg")})})
    put(
        at,
        {
            "14-9 - Li Wei - Nov 2, 2026 1201 PM/n.py": network("li1"),
            "15-9 - Li Wei - Nov 3, 2026 801 AM/n.py": network("li2"),
        },
    )
    put(at, {"index.html": b"<html>", "16-9 - Bo Peep - Nov 3, 2026 802 AM/report.docx": b"PK"})
    return Course(at, {"anne": 1, "joerg": 1, "li1": 1, "li2": 1}, ("Bo Peep",), "brightspace")


@course
def sakai_with_texts_alone_and_empty_folders(at: Path) -> Course:
    inner = at / "HW 1"
    rows = ["HW 1,Points", "", "Display ID,ID,Last Name,First Name,grade", "ada1,ada1,Lovelace,Ada,"]
    put(inner, {"grades.csv": "\n".join([*rows, "bob2,bob2,Roe,Bob,", "cy3,cy3,Tan,Cy,"]).encode()})
    put(inner, {"Lovelace, Ada(ada1)/Submission attachment(s)/network.py": network("ada")})
    put(
        inner,
        {"Roe, Bob(bob2)/Roe, Bob(bob2)_submissionText.html": b"<p>no file</p>", "Roe, Bob(bob2)/timestamp.txt": b"2"},
    )
    (inner / "Tan, Cy(cy3)" / "Submission attachment(s)").mkdir(parents=True)
    (inner / "Tan, Cy(cy3)" / "Feedback Attachment(s)").mkdir()
    return Course(at, {"ada": 1}, ("Bob Roe", "Cy Tan"), "sakai")


@course
def gradescope_groups_and_a_zip(at: Path) -> Course:
    lines = ["---"]
    for number, people in ((21, (("Ada L", "a@x.org"), ("Bob R", "b@x.org"))), (22, (("Cy T", "c@x.org"),))):
        lines += [f"submission_{number}:", "  :submitters:"]
        for name, mail in people:
            lines += [f"  - :name: {name}", "    :sid: ''", f"    :email: {mail}"]
        lines += [
            "  :created_at: 2026-11-01 10:00:00.000000000 Z",
            "  :score:",
            "  :status: unprocessed",
            "  :history: []",
        ]
    put(at, {"submission_metadata.yml": "\n".join(lines).encode(), "submission_21/src/network.py": network("ab")})
    put(at, {"submission_22/metadata.yml": b"a: 1", "submission_22/hw.zip": zipped({"hw/network.py": network("cy")})})
    return Course(at, {"ab": 1, "cy": 1}, (), "gradescope")


@course
def prairielearn_all_files(at: Path) -> Course:
    """UID_INSTANCE_QID_VARIANT_NUMBER_SUBMISSION_FILE."""
    for number in (2, 10):
        put(at, {f"ada@uni.edu_1_hw3-net_1_{number}_{800 + number}_network.py": network("ada", number)})
    put(at, {"ada@uni.edu_1_hw3-net_1_10_810_helper.py": helper("ada", 10)})
    put(at, {"bob@uni.edu_1_hw3-net_1_1_805_network.py": network("bob", 1)})
    put(at, {"bob@uni.edu_2_hw3-net_1_1_806_network.py": network("bob", 2)})
    return Course(at, {"ada": 10, "bob": 2}, (), "prairielearn", files={"ada": ["helper.py", "network.py"]})


@course
def prairielearn_below_the_folder_of_a_question(at: Path) -> Course:
    """A QID has slashes, which make folders in the archive."""
    inner = at / "Homework3"
    for who, number in (("ada", 801), ("bob", 802)):
        put(inner / f"{who}@uni.edu_1_hw3", {f"net_1_1_{number}_network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1}, (), "autolab")


@course
def prairielearn_for_manual_grading(at: Path) -> Course:
    """UID_UIN_QID_SUBMISSION_FILE, of the last submission."""
    for who, number in (("ada", 11), ("bob", 12), ("cy", 13)):
        put(at, {f"{who}@uni.edu_9000{number}_hw3-net_8{number}_network.py": network(who)})
        put(at, {f"{who}@uni.edu_9000{number}_hw3-net_8{number}_helper.py": helper(who)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1}, (), "prairielearn", files={"ada": ["helper.py", "network.py"]})


@course
def github_with_the_classroom_roster(at: Path) -> Course:
    for who in ("ada-l", "bob", "cy"):
        put(
            at / "hw1-submissions" / f"hw1-{who}",
            {".git/config": b"[core]", "network.py": network(who), "README.md": b"#"},
        )
    put(at, {"classroom_roster.csv": b'"identifier","github_username","github_id","name"\n"s1","ada-l","1",""\n'})
    return Course(at, {"ada-l": 1, "bob": 1, "cy": 1}, (), "github")


@course
def github_forks_by_owner(at: Path) -> Course:
    for who in ("ada", "bob", "cy"):
        config = f'[remote "origin"]\n\turl = git@github.com:{who}/neural-net.git\n'
        put(at / who / "neural-net", {".git/config": config.encode(), "network.py": network(who)})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def clones_with_a_repository_of_nothing(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(
            at / f"hw1-{who}",
            {".git/HEAD": b"ref", "src/network.py": network(who), "tests/test_network.py": helper(who)},
        )
    put(at / "hw1-cy", {".git/HEAD": b"ref", "README.md": b"# hw1"})
    put(at / "hw1-dee", {".git/HEAD": b"ref"})
    return Course(at, {"ada": 1, "bob": 1}, ("hw1-cy", "hw1-dee"), "github")


@course
def google_classroom_copies_by_name(at: Path) -> Course:
    put(at, {"Ada Lovelace - Copy of HW3.ipynb": notebook("ada"), "Bob Roe - HW3.ipynb": notebook("bob")})
    put(at, {"Cy O'Tan - Kopie von HW3.ipynb": notebook("cy"), "Di Ng - HW3 (1).ipynb": notebook("di")})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1), (), "forms")


@course
def drive_folders_with_copies_of_the_skeleton(at: Path) -> Course:
    for who in ("Ada Lovelace", "Bob Roe"):
        mark = who[:3].lower()
        put(
            at,
            {
                f"{who}/Copy of HW3.ipynb": notebook(mark),
                f"{who}/.ipynb_checkpoints/HW3-checkpoint.ipynb": notebook("old"),
            },
        )
        put(at, {f"{who}/notes.gdoc": b"{}"})
    put(at, {"Cy Tan/HW3.gdoc": b'{"url": "https://docs.google.com"}'})
    return Course(at, {"ada": 1, "bob": 1}, ("Cy Tan",))


@course
def teams_in_german(at: Path) -> Course:
    for n in (9, 10):
        put(at, {f"Übermittelte Dateien/Ada Lovelace/HW 1/Version {n}/network.py": network("ada", n)})
    put(at, {"Übermittelte Dateien/Bob Roe/HW 1/Version 1/netz.py": network("bob")})
    put(
        at,
        {
            "Arbeitsdateien/Ada Lovelace/HW 1/network.py": network("ada", 0),
            "Arbeitsdateien/Bob Roe/HW 1/netz.py": network("bob", 0),
        },
    )
    return Course(at, {"ada": 10, "bob": 1})


@course
def teams_zip_of_one_assignment(at: Path) -> Course:
    files = {f"HW 1/Submitted files/Ada Lovelace/Version {n}/network.py": network("ada", n) for n in (1, 2, 11)}
    files |= {"HW 1/Submitted files/Bob Roe/Version 1/network.ipynb": notebook("bob")}
    put(at, {"HW 1.zip": zipped(files)})
    return Course(at, {"ada": 11, "bob": 1})


@course
def microsoft_forms_uploads(at: Path) -> Course:
    put(at, {"network_Ada Lovelace.py": network("ada"), "network_Alan Turing.py": network("alan")})
    put(at, {"network 1_Grace Hopper.py": network("grace"), "my final net_Alan Kay.py": network("kay")})
    return Course(at, dict.fromkeys(("ada", "alan", "grace", "kay"), 1), (), "forms")


@course
def microsoft_forms_with_two_files_each(at: Path) -> Course:
    for who in ("Ada Lovelace", "Bob Roe", "Cy Tan"):
        put(at, {f"network_{who}.py": network(who[:2].lower()), f"report_{who}.pdf": b"%PDF"})
    return Course(at, {"ad": 1, "bo": 1, "cy": 1}, (), "forms")


@course
def nextcloud_file_drop(at: Path) -> Course:
    put(
        at,
        {"Ada/network.py": network("ada", 2), "Ada/network (conflicted copy 2026-11-01 101010).py": network("ada", 1)},
    )
    put(
        at,
        {
            "Bob/network.py": network("bob"),
            "Bob (2)/network.py": network("bob2"),
            "Readme.md": b"# drop your work here",
        },
    )
    return Course(at, {"ada": 2, "bob2": 1})


@course
def ilias_in_its_own_folder(at: Path) -> Course:
    inner = at / "Uebung 3" / "Abgaben"
    put(inner, {"Lovelace_Ada_ada_123/20261101103000_network.py": network("ada", 1)})
    put(inner, {"Lovelace_Ada_ada_123/20261103103000_network.py": network("ada", 2)})
    put(inner, {"Roe_Bob_bob_124/20261101110000_abgabe.zip": zipped({"abgabe/netz.py": network("bob")})})
    (inner / "Tan_Cy_cy_125").mkdir()
    return Course(at, {"ada": 2, "bob": 1}, ("Tan_Cy_cy_125",))


@course
def openolat_with_tasks_corrections_and_revisions(at: Path) -> Course:
    inner = at / "Netze_2026-11-29_10-00"
    ada, bob = inner / "Lovelace_Ada_ada1", inner / "Roe_Bob_bob2"
    for one in (ada, bob):
        put(one, {"1_task/network.py": b"class DeepNeuralNetwork:\n    def train(self):\n        ...\n"})
    put(ada, {"2_submissions/network.py": network("ada", 1), "3_corrections/network.py": network("ada", 0)})
    put(ada, {"4_revisions_1/network.py": network("ada", 2), "5_corrections_1/network.py": network("ada", 0)})
    put(bob, {"2_submissions/mein netz.py": network("bob")})
    put(inner, {"Tan_Cy_cy3/1_task/network.py": b"class DeepNeuralNetwork:\n    def train(self):\n        ...\n"})
    put(inner, {"Netze_2026.xlsx": b"PK", "solutions/network.py": network("tutor")})
    return Course(at, {"ada": 2, "bob": 1, "tutor": 1}, ("Tan_Cy", "Netze_2026"))


@course
def openolat_submissions_alone(at: Path) -> Course:
    for who in ("Lovelace_Ada_ada1", "Roe_Bob_bob2"):
        put(
            at,
            {
                f"{who}/1_submissions/network.py": network(who[-4:-1]),
                f"{who}/1_submissions/helper.py": helper(who[-4:-1]),
            },
        )
        put(at, {f"{who}/2_corrections/network.py": network("tutor")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def stud_ip_with_its_list(at: Path) -> Course:
    put(at, {"archive_filelist.csv": b"Ordner;Dateiname;Besitzer\n", "Lovelace_Ada_network.py": network("ada")})
    put(at, {"Roe_Bob_netz.py": network("bob"), "Tan_Cy_abgabe.zip": zipped({"n.py": network("cy")})})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def stud_ip_numbers_in_brackets(at: Path) -> Course:
    put(at, {"[1]_ada.py": network("ada"), "[2]_bob.py": network("bob"), "[3]_cy.py": network("cy")})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def submitty_versions(at: Path) -> Course:
    inner = at / "submissions" / "hw3"
    for n in (1, 2, 10):
        put(inner, {f"ada/{n}/network.py": network("ada", n), f"ada/{n}/.submit.timestamp": b"2026"})
        put(inner, {f"ada/{n}/.user_assignment_access.json": b"{}"})
    put(inner, {"ada/user_assignment_settings.json": json.dumps({"active_version": 10, "history": []}).encode()})
    put(inner, {"bob/1/network.py": network("bob", 1), "bob/2/network.py": network("bob", 2)})
    put(inner, {"bob/user_assignment_settings.json": json.dumps({"active_version": 1, "history": []}).encode()})
    put(inner, {"cy/1/notes.txt": b"no", "cy/user_assignment_settings.json": b'{"active_version": 1}'})
    return Course(at, {"ada": 10, "bob": 1}, ("cy",))


@course
def submitty_cancelled(at: Path) -> Course:
    put(at, {"ada/1/network.py": network("ada"), "ada/user_assignment_settings.json": b'{"active_version": 0}'})
    put(at, {"bob/1/network.py": network("bob"), "bob/user_assignment_settings.json": b"broken"})
    put(at, {"bob/2/network.py": network("bob", 2)})
    return Course(at, {"ada": 1, "bob": 2})


@course
def numbers_alone_as_attempts(at: Path) -> Course:
    put(at, {f"ada/{n}/network.py": network("ada", n) for n in (1, 2, 3)})
    put(
        at, {"bob/1/network.py": network("bob"), "cy/1/helper.py": helper("cy", 1), "cy/2/network.py": network("cy", 2)}
    )
    return Course(at, {"ada": 3, "bob": 1, "cy": 2})


@course
def codegrade_times_behind_names(at: Path) -> Course:
    put(at, {"Ada Lovelace - 2026-11-01T10.00.00/network.py": network("ada", 1)})
    put(at, {"Ada Lovelace - 2026-11-03T09.00.00/network.py": network("ada", 2)})
    put(at, {"Bob Roe - 2026-11-01T11.30.00/network.py": network("bob")})
    return Course(at, {"ada": 2, "bob": 1})


@course
def artemis_repositories(at: Path) -> Course:
    for who in ("ge12abc", "ge34def", "ge56ghi"):
        put(at / f"NN26-HW3-{who}", {".git/HEAD": b"ref", "src/network.py": network(who), "pom.xml": b"<x/>"})
    return Course(at, dict.fromkeys(("ge12abc", "ge34def", "ge56ghi"), 1), (), "github")


@course
def artemis_archives_of_participations(at: Path) -> Course:
    inner = "NN26-HW3-{who}-student-submission.git"
    for n, who in ((4711, "ada"), (4712, "bob"), (4713, "cy")):
        put(at, {f"NN26-HW3-{n}-{who}.zip": zipped({f"{inner.format(who=who)}/network.py": network(who)})})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def the_only_student_of_openolat(at: Path) -> Course:
    put(
        at,
        {f"Netze/Lovelace_Ada_1/{step}/n.py": network("ada", n) for n, step in ((0, "1_task"), (1, "2_submissions"))},
    )
    return Course(at, {"ada": 1}, rows=["Lovelace_Ada_1"])


@course
def the_only_student_of_submitty(at: Path) -> Course:
    put(at, {f"submissions/hw3/ada/{n}/network.py": network("ada", n) for n in (1, 2)})
    return Course(at, {"ada": 2}, rows=["ada"])


@course
def the_only_student_of_teams(at: Path) -> Course:
    put(at, {"HW 1/Submitted files/Ada L/Version 1/network.py": network("ada")})
    return Course(at, {"ada": 1}, rows=["Ada L"])


@course
def the_only_student_who_has_submitted(at: Path) -> Course:
    put(at, {"Submitted files/Ada L/HW 1/Version 1/network.py": network("ada")})
    put(at, {"Working files/Ada L/HW 1/network.py": network("draft"), "Working files/Bob/HW 1/network.py": b""})
    return Course(at, {"ada": 1}, rows=["Ada L"])
