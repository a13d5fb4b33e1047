"""Course folders by hand: sticks, mails, archives in archives, links, lists beside them, letters of many scripts."""

import unicodedata
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, seven, tarred, zipped


@course
def mails_themselves(at: Path) -> Course:
    put(at, {"Ada Lovelace.eml": b"From: ada@x.org\n", "Bob Roe.msg": b"\xd0\xcf\x11\xe0", "cy.py": network("cy")})
    return Course(at, {"cy": 1}, ("Ada Lovelace", "Bob Roe"))


@course
def folders_by_hand_from_a_stick(at: Path) -> Course:
    put(
        at,
        {
            "New Folder/network.py": network("x1"),
            "New Folder (2)/network.py": network("x2"),
            "ADA L/a.py": network("ada"),
        },
    )
    put(
        at,
        {
            "bob.py.lnk": b"L\0",
            "cy.url": b"[InternetShortcut]",
            "Desktop.ini": b"",
            "dee/Neuer Ordner/n.py": network("dee"),
        },
    )
    return Course(at, {"x1": 1, "x2": 1, "ada": 1, "dee": 1}, ("bob", "cy"))


@course
def names_of_modules(at: Path) -> Course:
    names = ("numpy", "random", "json", "queue", "abc", "types", "string", "code", "this", "antigravity", "sys")
    put(at, {f"{name}.py": network(name) for name in names if name != "code"})
    return Course(at, {name: 1 for name in names if name != "code"})


@course
def families_that_share_names(at: Path) -> Course:
    names = {"garcía_lópez_maría": "g1", "garcía_maría": "g2", "lópez_maría": "g3", "García López, José": "g4"}
    put(at, {f"{name}.py": network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def names_with_dots(at: Path) -> Course:
    names = {
        "a.turing": "alan",
        "a.lovelace": "ada",
        "j.r.r": "jrr",
        "dr.strange": "dr",
        "st.john": "john",
        "v1.ann": "ann",
    }
    put(at, {f"{name}.py": network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def blanks_and_dots_behind_names(at: Path) -> Course:
    put(
        at, {"dan.py ": network("dan"), "eve .py": network("eve"), "zoe.py.": network("zoe"), " gus.py": network("gus")}
    )
    put(at, {"hal.ipynb ": notebook("hal"), "ina.zip ": zipped({"n.py ": network("ina")}), "jo /net.py": network("jo")})
    return Course(at, dict.fromkeys(("dan", "eve", "zoe", "gus", "hal", "ina", "jo"), 1))


@course
def endings_that_editors_and_browsers_add(at: Path) -> Course:
    put(
        at,
        {"ada.py.txt": network("ada"), "bob.py.py": network("bob"), "cy.PY": network("cy"), "dee.Py": network("dee")},
    )
    put(at, {"eve.ipynb.json": notebook("eve"), "flo.zip.zip": zipped({"n.py": network("flo")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "dee", "eve", "flo"), 1))


@course
def capital_letters_alone_apart(at: Path) -> Course:
    put(at, {"Ada.py": network("ada1"), "ADA.py": network("ada2"), "bob.py": network("bob")})
    return Course(at, {"ada1": 1, "ada2": 1, "bob": 1})


@course
def families_called_new_old_and_late(at: Path) -> Course:
    names = {"Li": "li", "Li New": "new", "Ada": "ada", "Ada Old": "old", "Ion": "ion", "Ion Late": "late"}
    put(at, {f"{name}.py": network(mark) for name, mark in names.items()})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def zips_with_attempts_inside(at: Path) -> Course:
    put(at, {"ada.zip": zipped({f"attempt {n}/network.py": network("ada", n) for n in (1, 2)})})
    put(at, {"bob.zip": zipped({f"bob/Version {n}/network.py": network("bob", n) for n in (1, 9, 10)})})
    put(at, {"cy.tar.gz": tarred({f"2026-11-0{n}/n.py": network("cy", n) for n in (1, 3)})})
    return Course(at, {"ada": 2, "bob": 10, "cy": 3})


@course
def zips_of_a_students_zips(at: Path) -> Course:
    inner = {f"hw_v{n}.zip": zipped({"network.py": network("ada", n)}) for n in (1, 2)}
    put(at, {"ada.zip": zipped(inner), "bob.zip": zipped({"bob.7z": seven({"n.py": network("bob")})})})
    put(at, {"cy.tgz": tarred({"cy.zip": zipped({"deep/er/n.py": network("cy")})})})
    return Course(at, {"ada": 2, "bob": 1, "cy": 1})


@course
def archives_of_nothing(at: Path) -> Course:
    put(
        at,
        {
            "ada.py": network("ada"),
            "bob.zip": b"",
            "cy.zip": zipped({}),
            "dee.zip": zipped({"n.py": network("x")})[:60],
        },
    )
    put(at, {"eve.7z": b"", "flo.rar": b"Rar!", "gus.tar": b"\0" * 1024, "ina.ipynb": b""})
    return Course(at, {"ada": 1}, ("bob", "cy", "dee", "eve", "flo", "gus", "ina"))


@course
def what_macs_put_into_zips(at: Path) -> Course:
    for who in ("ada", "bob"):
        files = {
            f"{who}/network.py": network(who),
            f"__MACOSX/{who}/._network.py": b"\0\5\x16\7",
            f"{who}/.DS_Store": b"\0",
        }
        put(at, {f"{who}.zip": zipped(files)})
    put(at, {"__MACOSX/._ada.zip": b"\0", "._bob.zip": b"\0", "cy.zip": zipped({"__MACOSX/._n.py": b"\0"})})
    return Course(at, {"ada": 1, "bob": 1}, ("cy",))


@course
def icloud_placeholders(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "bob/.network.py.icloud": b"bplist00", ".cy.py.icloud": b"bplist00"})
    return Course(at, {"ada": 1}, ("bob",))


@course
def links_between_students(at: Path) -> Course:
    put(at, {"ada/network.py": network("ada"), "eve.py": network("eve")})
    (at / "bob").symlink_to("ada")
    (at / "cy.py").symlink_to("eve.py")
    (at / "dee.py").symlink_to("nowhere.py")
    return Course(at, {"ada": 1, "eve": 1}, ("bob", "cy", "dee"))


@course
def a_file_too_large_and_one_just_fits(at: Path) -> Course:
    put(at, {"ada.py": network("ada") + b"# x\n" * (1 << 20), "bob.py": network("bob") + b"#" * (11 << 20)})
    put(at, {"cy.zip": zipped({"n.py": network("cy"), "train.npy": b"\0" * (33 << 20)})})
    return Course(at, {"ada": 1, "cy": 1}, ("bob",))


@course
def letters_of_many_scripts(at: Path) -> Course:
    names = {
        "김민준": "kim",
        "สมชาย": "som",
        "अनन्या": "ana",
        "Đặng Thị Hồng": "hong",
        "ʻAkau": "aka",
        "Þór": "thor",
        "👩‍💻": "emo",
    }
    put(at, {f"{unicodedata.normalize('NFD', name)}.py": network(mark) for name, mark in names.items()})
    put(at, {"김민준.pdf": b"%PDF", "Đặng Thị Hồng_report.docx": b"PK"})
    return Course(at, dict.fromkeys(names.values(), 1))


@course
def one_name_in_both_forms_of_its_letters(at: Path) -> Course:
    put(at, {unicodedata.normalize("NFC", "Zoë/network.py"): network("zoe")})
    put(at, {unicodedata.normalize("NFD", "Zoë/report.pdf"): b"%PDF", "Zoe/network.py": network("other")})
    return Course(at, {"zoe": 1, "other": 1})


@course
def chinese_namesakes_by_number(at: Path) -> Course:
    put(
        at,
        {
            "王伟.py": network("w1"),
            "王伟2.py": network("w2"),
            "王伟（小）.py": network("w3"),
            "李娜 作业3.py": network("li"),
        },
    )
    return Course(at, {"w1": 1, "w2": 1, "w3": 1, "li": 1})


@course
def numbers_with_noughts_in_front(at: Path) -> Course:
    put(at, {"00123.py": network("a"), "123.py": network("b"), "0123.py": network("c"), "1230.py": network("d")})
    return Course(at, dict.fromkeys("abcd", 1))


@course
def numbers_as_folders(at: Path) -> Course:
    put(at, {f"{number}/network.py": network(f"s{number}") for number in (1, 2, 3, 10, 11)})
    return Course(at, {f"s{n}": 1 for n in (1, 2, 3, 10, 11)})


@course
def last_names_first(at: Path) -> Course:
    put(at, {"Lovelace, Ada.py": network("ada"), "Turing, Alan/network.py": network("alan")})
    put(at, {"van der Berg, Jan.ipynb": notebook("jan"), "O’Neil, Róisín.zip": zipped({"n.py": network("ro")})})
    return Course(at, dict.fromkeys(("ada", "alan", "jan", "ro"), 1))


@course
def repositories_below_the_names(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/.git/HEAD": b"ref", f"{who}/repo/network.py": network(who), f"{who}/repo/env/pyvenv.cfg": b""})
        put(at, {f"{who}/repo/env/lib/x.py": network("lib"), f"{who}/repo/node_modules/y.py": network("lib")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def computers_behind_names(at: Path) -> Course:
    put(at, {"ada.py": network("ada", 2), "ada-LAPTOP-7F3K2.py": network("ada2"), "bob-DESKTOP.py": network("bob")})
    return Course(at, {"ada": 2, "ada2": 1, "bob": 1})


@course
def locks_and_lists_beside(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "bob.py": network("bob"), ".~lock.roster.ods#": b"x", "~$roster.xlsx": b"x"})
    put(at, {"roster.ods": b"PK", "class list.csv": b"Name\n", "bob.py~": b"x", ".bob.py.swp": b"x"})
    return Course(at, {"ada": 1, "bob": 1}, passed=4)


@course
def vocareum_and_cocalc_by_mail_and_code(at: Path) -> Course:
    code = "3f2b8c1e-0d4a-4c55-9c1b-7a6f0e9d1234"
    put(at, {f"{code}/network.ipynb": notebook("coc"), f"{code}/STUDENT - Ada Lovelace.txt": b""})
    put(at, {"bob.roe@uni.edu_1234/network.py": network("bob"), "cy.tan@uni.edu_1235/network.py": network("cy")})
    return Course(at, {"coc": 1, "bob": 1, "cy": 1})


@course
def itslearning_folders_with_pages(at: Path) -> Course:
    for who in ("Ada Lovelace", "Bob Roe"):
        put(at, {f"{who}/network.py": network(who[:3].lower()), f"{who}/Answer.html": b"<p>done</p>"})
    put(at, {"Cy Tan/Answer.html": b"<p>ill</p>", "index.html": b"<html>"})
    return Course(at, {"ada": 1, "bob": 1}, ("Cy Tan", "index"))


@course
def pairs_of_a_notebook_and_its_script(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/hw.ipynb": notebook(who, 1), f"{who}/hw.py": network(who, 1), f"{who}/hw.html": b"<html>"})
    put(at, {"cy.ipynb": notebook("cy"), "cy.py": helper("cy"), "cy.html": b"<html>"})
    return Course(at, {"ada": 1, "bob": 1, "cy": 1})


@course
def tables_of_students_beside_that_of_the_course(at: Path) -> Course:
    put(
        at,
        {
            "ada.py": network("ada"),
            "ada_scores.csv": b"epoch,accuracy\n1,0.9\n",
            "bob grades.csv": b"epoch,loss\n1,2\n",
        },
    )
    put(at, {"CS101 grades (export).csv": b"Student,ID,Section,Final\n"})
    return Course(at, {"ada": 1}, ("bob",))


@course
def late_and_new_in_small_letters_stay_versions(at: Path) -> Course:
    put(
        at,
        {
            "Li.py": network("li", 1),
            "Li new.py": network("li", 2),
            "Ada Roe.py": network("ada", 1),
            "Ada Roe Late.py": network("ada", 2),
        },
    )
    return Course(at, {"li": 2, "ada": 2})


@course
def numbers_of_exercises_are_no_attempts(at: Path) -> Course:
    put(at, {"ada/1/network.py": network("ada"), "ada/2/plots.py": helper("ada"), "bob/1/network.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1}, files={"ada": ["1/network.py", "2/plots.py"]})


@course
def autolab_files_with_numbers_inside(at: Path) -> Course:
    put(at, {f"{who}@uni.edu_{n}_hw_3_net.py": network(who, n) for who in ("ada", "bob") for n in (1, 2)})
    return Course(at, {"ada": 2, "bob": 2}, (), "autolab")


@course
def teams_working_files_of_one_who_has_not_submitted(at: Path) -> Course:
    put(at, {"Submitted files/Ada L/HW 1/Version 1/network.py": network("ada")})
    put(at, {f"Working files/{who}/HW 1/network.py": network("draft", 0) for who in ("Ada L", "Bob R")})
    return Course(at, {"ada": 1})


@course
def an_outer_folder_of_submitted_and_returned_is_no_teams(at: Path) -> Course:
    put(at, {f"tuesday/{who}/network.py": network(who) for who in ("ada", "bob")})
    put(at, {"friday/eve/Version 1/network.py": network("eve"), "friday/cy/Version 2/network.py": network("cy", 1)})
    return Course(at, dict.fromkeys(("ada", "bob", "eve", "cy"), 1))


@course
def the_only_student_below_a_part(at: Path) -> Course:
    put(at, {"Ada L/src/network.py": network("ada"), "Ada L/README.md": b"#"})
    return Course(at, {"ada": 1}, rows=["Ada L"])


@course
def the_only_student_in_a_download(at: Path) -> Course:
    put(at, {"download/hw1/Ada L/src/network.py": network("ada")})
    return Course(at, {"ada": 1}, rows=["Ada L"])
