"""Rounds of a class, ranges of letters, words for late work, and versions in front of names and in more languages."""

from pathlib import Path

from tests.courses.making import Course, course, network, put, zipped


@course
def drafts_and_finals_of_users_and_numbers(at: Path) -> Course:
    put(at / "Brouillon", {"dm35.py": network("dm"), "ada.lee.py": network("ada"), "771037_Bo.py": network("bo")})
    put(at / "Version finale", {"dm35.py": network("dm", 2), "ada.lee.py": network("ada", 2)})
    put(at / "Version finale", {"771037_Bo.py": network("bo", 2), "cy12.py": network("cy", 1)})
    return Course(at, {"dm": 2, "ada": 2, "bo": 2, "cy": 1})


@course
def drafts_and_finals_in_chinese(at: Path) -> Course:
    put(at / "初稿", {"张三.py": network("zhang"), "高桥, 美咲.py": network("gao")})
    put(at / "终稿", {"张三.py": network("zhang", 2), "高桥, 美咲.py": network("gao", 2), "李四.py": network("li")})
    return Course(at, {"zhang": 2, "gao": 2, "li": 1})


@course
def first_names_in_drafts_and_finals_may_be_two_students(at: Path) -> Course:
    put(at / "Draft", {"ada.py": network("ada"), "bob.py": network("bob")})
    put(at / "Final", {"ada.py": network("other"), "cy.py": network("cy")})
    return Course(at, dict.fromkeys(("ada", "bob", "other", "cy"), 1))


@course
def numbered_nouns_in_rounds_are_no_users(at: Path) -> Course:
    put(at / "Draft", {"student01.py": network("a"), "upload12.py": network("b"), "dm35.py": network("dm")})
    put(at / "Final", {"student01.py": network("c"), "upload12.py": network("d"), "dm35.py": network("dm", 2)})
    return Course(at, {"a": 1, "b": 1, "c": 1, "d": 1, "dm": 2})


@course
def late_work_in_other_words(at: Path) -> Course:
    put(at / "submissions", {f"{name}.py": network(name[:3]) for name in ("Ada Lee", "Bob Roe", "Cyd Tan")})
    put(at / "submissions" / "after deadline", {"Ada Lee.py": network("Ada", 2), "Dee Foo.py": network("Dee")})
    return Course(at, {"Ada": 2, "Bob": 1, "Cyd": 1, "Dee": 1})


@course
def one_late_student_in_french(at: Path) -> Course:
    put(at, {f"{name}.py": network(name[:3]) for name in ("Ada_Lee", "Bob_Roe")} | {"en retard/Ada_Lee.py": b""})
    put(at / "en retard", {"Ada_Lee.py": network("Ada", 2)})
    return Course(at, {"Ada": 2, "Bob": 1})


@course
def ranges_of_letters_with_a_student_each(at: Path) -> Course:
    put(at, {"A–F/Ann_Fox.py": network("ann"), "G–M/1204_Hal_May.zip": zipped({"network.py": network("hal")})})
    put(at, {"N–Z/Roe, Bob.py": network("bob"), "N–Z/Tan, Cy.py": network("cy")})
    return Course(
        at, dict.fromkeys(("ann", "hal", "bob", "cy"), 1), rows=("1204_Hal_May", "Ann_Fox", "Roe, Bob", "Tan, Cy")
    )


@course
def ranges_of_letters_with_graders(at: Path) -> Course:
    put(at, {"A to F (Kim)/Ann Fox.py": network("ann"), "G to M (Lee)/Hal May.py": network("hal")})
    return Course(at, {"ann": 1, "hal": 1}, rows=("Ann Fox", "Hal May"))


@course
def versions_in_front_of_names(at: Path) -> Course:
    names = {"FINAL": "Ada Lee", "UPDATED": "00771272_Kim Tam", "RESUBMIT": "诸葛诗涵", "Копия": "Fox Amy"}
    put(at, {f"{name}.py": network(f"s{n}", 1 + (mark == "Копия")) for n, (mark, name) in enumerate(names.items())})
    put(
        at,
        {f"{mark} {name}.py": network(f"s{n}", 2 - (mark == "Копия")) for n, (mark, name) in enumerate(names.items())},
    )
    put(at, {"Will.py": network("will"), "Final Will.py": network("final")})
    return Course(at, {"s0": 2, "s1": 2, "s2": 2, "s3": 2, "will": 1, "final": 1})


@course
def more_words_for_versions(at: Path) -> Course:
    marks = ["neu", "nochmal", "uppdaterad", "version finale", "попытка 2", "محدث", "2. Versuch", "endelig", "новый"]
    names = [
        "Bob Roe",
        "Zoé Goff",
        "Roe, K. R.",
        "Bo Roe Jr.",
        "Ann Fox",
        "سارة القاسم",
        "Tan, C. D.",
        "Per Dam",
        "Пётр Ким",
    ]
    put(at, {f"{name}.py": network(f"s{n}") for n, name in enumerate(names)})
    put(at, {f"{name} {mark}.py": network(f"s{n}", 2) for n, (name, mark) in enumerate(zip(names, marks, strict=True))})
    put(at, {"鈴木健.py": network("ken"), "鈴木健 - 복사본.py": network("ken", 0)})
    return Course(at, {f"s{n}": 2 for n in range(len(names))} | {"ken": 1})


@course
def a_final_file_beside_network_py(at: Path) -> Course:
    put(at / "Ada Lee", {"network.py": network("ada"), "network_final.py": network("ada", 2)})
    put(at / "Bob Roe", {"network.py": network("bob"), "network_old.py": network("bob", 0)})
    put(at / "@eaDir", {"network.py@SynoEAStream": b"x"})
    return Course(at, {"ada": 2, "bob": 1}, passed=1)


@course
def rounds_with_a_name_of_parts_and_hyphens(at: Path) -> Course:
    put(at / "Entwurf", {"Ana_Muñoz.py": network("ana"), "Zoë_Roe-Fox.py": network("zoe")})
    put(
        at / "Endabgabe",
        {"Zoë_Roe-Fox.py": network("zoe", 2), "Ann_Week.py": network("ann"), "Bo_Orr.py": network("bo")},
    )
    return Course(at, {"ana": 1, "zoe": 2, "ann": 1, "bo": 1})


@course
def rounds_of_numbers_that_may_be_days(at: Path) -> Course:
    put(at / "Borrador", {"20261024.py": network("s24"), "20261108.py": network("s8"), "20261197.py": network("s97")})
    put(at / "Final", {"20261024.py": network("s24", 2), "20261197.zip": zipped({"n.py": network("s97", 2)})})
    return Course(at, {"s24": 2, "s8": 1, "s97": 2})


@course
def late_work_of_names_of_many_forms(at: Path) -> Course:
    names = [
        "Picard, Jean-Luc",
        "in 't Veld, Fleur",
        "Chloe St. James",
        "Bo Downey Jr.",
        "Antônio_d'Ávila",
        "Al Roe-Fox",
        "K. R. Srinivasan",
        "Menon, S.",
    ]
    put(at / "HW3", {f"{name}.py": network(f"s{n}") for n, name in enumerate(names)})
    put(at / "HW3" / "late", {f"{name}.py": network(f"s{n}", 2) for n, name in enumerate(names)})
    return Course(at, {f"s{n}": 2 for n in range(len(names))})


@course
def a_user_whose_initials_are_a_word_of_a_section(at: Path) -> Course:
    for user in ("pm238", "mon155", "qd31"):
        put(at / "repos" / user / "trunk" / "hw3", {"network.py": network(user)})
    return Course(at, {"pm238": 1, "mon155": 1, "qd31": 1}, rows=("mon155", "pm238", "qd31"))


@course
def a_solution_and_a_task_sheet_beside_submissions_in_german(at: Path) -> Course:
    put(at, {"solution/network.py": network("solution"), "HW3.pdf": b"%PDF"})
    put(at / "Abgaben", {f"{who}.py": network(who) for who in ("ada", "bob")} | {"Bo Roe.pdf": b"%PDF"})
    return Course(at, {"ada": 1, "bob": 1}, ("Bo Roe",))


@course
def families_called_draft_and_final_in_a_form(at: Path) -> Course:
    put(at, {f"network - {who}.py": network(who[:3]) for who in ("Ivy Draft", "Will Final", "Ada Lee", "Ivy Roe")})
    put(at, {"network - Ivy Draft (1).py": network("Ivy", 2), "network - Amy New.py": network("ann")})
    put(at, {"network - Amy New (1).py": network("ann", 2)})
    (at / "network - Ivy Roe.py").write_bytes(network("roe"))
    return Course(at, {"Ivy": 2, "Wil": 1, "Ada": 1, "roe": 1, "ann": 2}, platform="forms")


@course
def versions_of_a_student_whose_family_is_called_like_one(at: Path) -> Course:
    put(at, {"Neil New.py": network("neil"), "Neil New_fixed.py": network("neil", 2), "Max Copy.py": network("max")})
    put(at, {"Max Copy corretto.py": network("max", 2), "Neil.py": network("other")})
    return Course(at, {"neil": 2, "max": 2, "other": 1}, rows=("Max Copy", "Neil", "Neil New"))


@course
def a_late_number_that_may_be_a_day(at: Path) -> Course:
    put(at / "HW3", {f"202610{n}.py": network(f"s{n}") for n in ("17", "84", "91")})
    put(at / "HW3" / "late", {"20261017.py": network("s17", 2)})
    return Course(at, {"s17": 2, "s84": 1, "s91": 1})
