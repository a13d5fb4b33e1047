"""The owner of a submission: the student of a list, by an id, a mail or a name."""

from pathlib import Path

import pytest

from nnkata.grading.rosters.groups import pair
from nnkata.grading.rosters.matching import matcher, of_folders, whose
from nnkata.grading.rosters.roster import roster


def listed(path: Path, text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    path.write_bytes(text.encode(encoding))
    return roster(path)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Ada Lovelace", 0),
        ("lovelace_king_ada", 0),
        ("Grace Murray Hopper", 1),
        ("hw1 Hopper Grace", 1),
        ("Maria Lopez", None),
        ("Lovelace", None),
        ("Grace Lovelace", None),
    ],
)
def test_a_student_is_found_with_fewer_or_more_names_than_in_the_roster(name: str, at: int | None) -> None:
    names = ("Ada Augusta King Lovelace", "Grace Hopper", "Ana Maria Lopez", "Maria Jose Lopez")
    people = [{"name": one, "mail": "", "id": "", "ids": ""} for one in names]
    assert whose(matcher(people), name, {}) == at


@pytest.mark.parametrize(
    ("name", "ids", "at"),
    [
        ("assignment3_Arjun.Iyer", {}, 0),
        ("Max.Groß 作业3", {}, 1),
        ("ps3 jdoe2", {}, 2),
        ("ps3 jdoe", {}, 3),
        ("004071331 李娜", {"name": "004071331 李娜"}, 4),
        ("Arjun_Iyer", {"name": "Arjun_Iyer"}, 0),
        ("Arjun_Iyer_aiyer", {"name": "Arjun_Iyer_aiyer"}, 0),
        ("004071331 Arjun Iyer", {"name": "004071331 Arjun Iyer"}, None),
    ],
)
def test_dots_digits_and_numbers_beside_a_name_hide_nobody(name: str, ids: dict[str, str], at: int | None) -> None:
    names = {"Arjun Iyer": "1", "Max Groß": "2", "Jo Doe": "jdoe2", "Jim Doe": "jdoe", "李娜": "004071331"}
    people = [{"name": one, "mail": "", "id": key, "ids": key} for one, key in names.items()]
    assert whose(matcher(people), name, ids) == at


def test_a_student_with_a_line_per_group_is_one_student(tmp_path: Path) -> None:
    lines = ("Ada Lovelace,s1,ada@x.org,A", "Ada Lovelace,s1,ada@home.org,B", "Bob,,b@x.org,A", "Bob,,b@x.org,B")
    people = listed(
        tmp_path / "roster.csv", "Name,ID,Mail,Group\n" + "\n".join([*lines, "Wei,,,A", "Wei,,,B", "Li,s1,,A"])
    )
    assert [one["name"] for one in people] == ["Ada Lovelace", "Bob", "Wei", "Wei", "Li"]
    find = matcher(people)
    assert [whose(find, name, {}) for name in ("Ada Lovelace", "ada@home.org", "Bob", "Wei")] == [0, 0, 1, None]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Jörg Müller", "joerg_mueller"),
        ("Jörg Müller", "Muller, Jorg"),
        ("Łukasz Wałęsa", "lukasz_walesa"),
        ("Søren Ångström", "soeren-aangstroem"),
        ("Đặng Thị Hồng", "DangThiHong"),
        ("Şebnem Işık", "sebnem isik"),
        ("Sean O’Neil", "oneil_sean"),
    ],
)
def test_a_name_is_found_in_another_spelling(name: str, file: str) -> None:
    people = [{"name": other, "mail": "", "id": "", "ids": ""} for other in (name, "Jorge Miller", "Lukas Walser")]
    assert whose(matcher(people), file, {}) == 0
    assert whose(matcher(people[1:]), file, {}) is None


PEOPLE = [
    {"name": "Ada Lovelace", "mail": "ada@x.org", "id": "s1", "ids": "s1\nalove"},
    {"name": "Zoë Müller", "mail": "zoe@x.org", "id": "s2", "ids": "s2"},
    {"name": "Anna Schmidt", "mail": "a1@x.org", "id": "s3", "ids": "s3"},
    {"name": "Anna Schmidt", "mail": "a2@x.org", "id": "s4", "ids": "s4"},
    {"name": "王小明", "mail": "w@x.org", "id": "101", "ids": "101"},
]


@pytest.mark.parametrize(
    ("name", "ids", "at"),
    [
        ("x", {"sid": "s1"}, 0),
        ("alove", {}, 0),
        ("ada", {}, 0),
        ("x", {"sortable": "lovelaceada", "canvas": "7"}, 0),
        ("Lovelace, Ada", {}, 0),
        ("x", {"name": "Zoe Muller"}, 1),
        ("x", {"name": "Lab 1-Zoë Müller"}, 1),
        ("x", {"name": "Tue-B-Lovelace, Ada"}, 0),
        ("x", {"name": "Lab 1-Anna Schmidt"}, None),
        ("x", {"name": "Lab 1-Ada"}, None),
        ("Anna Schmidt", {"name": "Anna Schmidt"}, None),
        ("x", {"name": "Anna Schmidt", "email": "a2@x.org"}, 3),
        ("王小明", {}, 4),
        ("somebody", {"participant": "101"}, None),
        ("Wang 王小明 101", {}, 4),
        ("Ada Lovelace 101", {}, 0),
        ("Bob Ray 101", {}, None),
    ],
)
def test_a_submission_is_matched_by_an_id_a_mail_or_a_unique_name(
    name: str, ids: dict[str, str], at: int | None
) -> None:
    assert whose(matcher(PEOPLE), name, ids) == at


NAMESAKES = [
    {"name": "Ann Lee", "mail": "", "id": "1001", "ids": "1001"},
    {"name": "Ann Lee", "mail": "", "id": "1009", "ids": "1009"},
    {"name": "Bob Ray", "mail": "", "id": "12", "ids": "12"},
]


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Ann Lee 1001", 0),
        ("1009_Lee_Ann", 1),
        ("Ann Lee", None),
        ("Ann Lee 12", None),
        ("Ann Lee 1005", None),
        ("hw 12 Bob Ray", 2),
    ],
)
def test_a_short_number_beside_a_name_that_agrees_tells_students_of_one_name_apart(name: str, at: int | None) -> None:
    assert whose(matcher(NAMESAKES), name, {}) == at


def test_a_pair_with_an_ann_is_both_students() -> None:
    find = matcher(NAMESAKES[1:])
    assert whose(find, "ann_lee-bob_ray", {}) is None
    assert pair(find, "ann_lee-bob_ray") == [0, 1]


CLASS = [
    {"name": "赵雷", "mail": "", "id": "20231237", "ids": "20231237"},
    {"name": "王芳", "mail": "", "id": "00124", "ids": "00124"},
    {"name": "王芳芳", "mail": "fang@x.cn", "id": "00125", "ids": "00125"},
    {"name": "Mia Wu", "mail": "mia@x.cn", "id": "127", "ids": "127\nmia"},
    {"name": "Lovelace, Ada", "mail": "ada@x.cn", "id": "s1", "ids": "s1\nada"},
    {"name": "Li, Max", "mail": "", "id": "s2", "ids": "s2\nmax"},
    {"name": "张伟", "mail": "", "id": "s3", "ids": "s3"},
    {"name": "张伟", "mail": "", "id": "s4", "ids": "s4"},
]


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("赵雷的作业", 0),
        ("实验三赵雷第二次", 0),
        ("２０２３１２３７", 0),
        ("作业3-２０２３１２３７", 0),
        ("124", 1),
        ("hw3_000124", 1),
        ("王芳芳作业", 2),
        ("王芳 作业", 1),
        ("00127", 3),
        ("赵雷雷", None),
        ("小赵雷", None),
        ("张伟的作业", None),
        ("12", None),
    ],
)
def test_a_name_inside_other_words_and_a_number_in_another_form_find_the_student(name: str, at: int | None) -> None:
    assert whose(matcher(CLASS), name, {}) == at


def test_a_number_that_fits_two_students_without_its_noughts_finds_the_one_with_them_alone() -> None:
    people = [{"name": "", "mail": "", "id": one, "ids": one} for one in ("00123", "0123", "7", "s9")]
    assert [whose(matcher(people), name, {}) for name in ("00123", "0123", "123", "007")] == [0, 1, None, 2]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ada_max", [4, 5]),
        ("mia+ada hw3", [3, 4]),
        ("Mia Wu & Max Li", [3, 5]),
        ("Ada Lovelace and Mia Wu_network_v2", [3, 4]),
        ("ada-mia-max", [3, 4, 5]),
        ("赵雷王芳", [0, 1]),
        ("赵雷和王芳芳 作业三", [0, 2]),
        ("ada_network", []),
        ("ada_smith", []),
        ("max_and_moritz", []),
        ("hw 124 127", []),
        ("network", []),
    ],
)
def test_a_pair_is_found_by_the_names_of_both(name: str, found: list[int]) -> None:
    assert pair(matcher(CLASS), name) == found


@pytest.mark.parametrize("name", ["HW3_Neil_New", "Neil_New ps1", "lab 2 Neil New"])
def test_a_family_called_like_a_version_is_found_beside_a_task(name: str) -> None:
    people = [{"name": one, "mail": "", "id": "", "ids": ""} for one in ("Neil New", "Bob Ray")]
    assert whose(matcher(people), name, {}) == 0


@pytest.mark.parametrize("name", ["bob ps1", "Bob Ray intro", "s5 Homework 2"])
def test_each_task_of_a_student_finds_the_student(name: str) -> None:
    people = [*PEOPLE, {"name": "Bob Ray", "mail": "bob@x.org", "id": "s5", "ids": "s5"}]
    owner = name.rpartition(" ")[0] if "Homework" not in name else "s5"
    assert whose(matcher(people), name, {"username": owner}) == len(PEOPLE)


def test_the_numbers_of_a_group_in_one_name_are_those_of_all(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Roll No.;Name\n20231234;Ada Lovelace\n20231235;Bob Ray\n20231236;Cyd Po\n")
    find = matcher(people)
    for name in ("20231234+20231235", "hw3_20231234_20231235", "20231234-Ada Lovelace+20231235-Bob Ray"):
        assert whose(find, name, {}) is None
        assert pair(find, name) == [0, 1]
    assert whose(find, "20231234-Ada Lovelace-20231234", {}) == 0
    assert whose(find, "20231236_99999999", {}) == 2


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("oneilsean", 0),
        ("darcjeanluc", 1),
        ("ruizsotojuan", 2),
        ("Ruiz Soto_Juan", 2),
        ("hw3_ab123", 3),
        ("itp-hw3-9001-ge12abc", 4),
        ("ge12abc+ab123", None),
        ("hw12_v10", None),
        ("梅梅_韩", 5),
        ("韩梅梅_u12_70002", 5),
    ],
)
def test_family_names_of_two_words_and_user_names_find_their_students(
    name: str, at: int | None, tmp_path: Path
) -> None:
    people = listed(
        tmp_path / "r.csv",
        "Username,Last name,First name\n1,O'Neil,Seán\n2,d’Arc,Jean-Luc\n3,Ruiz Soto,Juan\nab123,Po,Cyd\n"
        "ge12abc,Wu,Dee\n6,韩,梅梅\n",
    )
    assert people[5]["name"] == "韩梅梅"
    find = matcher(people)
    assert whose(find, name, {"sortable": name} if name.islower() and name.isalpha() else {}) == at


def test_two_students_whose_names_join_alike_are_neither(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Id,Last name,First name\n1,O'Neil,Sean\n2,Neil,Sean O\n")
    assert whose(matcher(people), "oneilsean", {"sortable": "oneilsean"}) is None


def test_the_numbers_of_two_user_names_are_a_group(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Username,Name\nab123,Cyd Po\nge12abc,Dee Wu\n")
    assert pair(matcher(people), "hw3_ge12abc_ab123") == [0, 1]


def test_a_number_with_a_typing_error_gives_nobody_another_students_mark(tmp_path: Path) -> None:
    people = listed(tmp_path / "r.csv", "Id,Name\n20231234,Ada Lovelace\n20231235,Bob Ray\n20231236,李娜\n")
    find = matcher(people)
    for name in ("20231235_Ada Lovelace", "hw3-Ada Lovelace-20231235", "20231235李娜", "20231234_李娜"):
        assert whose(find, name, {}) is None
        assert pair(find, name) == []
    assert whose(find, "20231234_Ada Lovelace", {}) == 0
    assert whose(find, "20231239_Ada Lovelace", {}) == 0
    assert whose(find, "20231236李娜", {}) == 2
    assert pair(find, "20231234_Ada Lovelace_Bob Ray") == [0, 1]


def test_a_number_of_each_line_is_the_id_only_where_there_is_no_other(tmp_path: Path) -> None:
    alone = listed(tmp_path / "a.csv", "N°;Nom;Prénom\n41;Dubois;Chloé\n42;Petit;Hugo\n")
    assert [one["id"] for one in alone] == ["41", "42"]
    assert whose(matcher(alone), "42", {}) == 1
    assert whose(matcher(alone), "hw_42", {}) is None
    beside = listed(tmp_path / "b.csv", "Nr.;Matrikelnummer;Name\n1;20231234;Ada Lovelace\n")
    assert [one["ids"] for one in beside] == ["20231234"]


def test_a_platforms_key_and_name_of_two_students_are_nobodys(tmp_path: Path) -> None:
    find = matcher(listed(tmp_path / "r.csv", "Nr.,Name\n150,Ada Lovelace\n151,Bob Ray\n"))
    assert whose(find, "raybob_150", {"canvas": "150", "sortable": "raybob"}) is None
    assert whose(find, "lovelaceada_150", {"canvas": "150", "sortable": "lovelaceada"}) == 0
    assert whose(find, "raybob_9", {"canvas": "9", "sortable": "raybob"}) == 1


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Sasha Berg", 0),
        ("berg_sasha_hw3", 0),
        ("Alexandra Berg", 0),
        ("Max Lund", 1),
        ("Maximilian Lund", 1),
        ("Lund Max Voss", 1),
        ("Sasha Lund", None),
        ("Sasha", None),
        ("Li Wei", None),
    ],
)
def test_a_student_is_found_by_the_preferred_name_too(name: str, at: int | None, tmp_path: Path) -> None:
    people = listed(
        tmp_path / "r.csv",
        'Student ID,Legal Name,Preferred Name\nq1,Alexandra Berg,Sasha Berg\nq2,"Lund, Maximilian",Max\n'
        "q3,Wei Li,\nq4,Wu Min,Li Wei\n",
    )
    assert [one["name"] for one in people] == ["Alexandra Berg", "Lund, Maximilian", "Wei Li", "Wu Min"]
    assert whose(matcher(people), name, {}) == at


def test_a_particle_of_a_name_in_a_column_of_its_own_belongs_to_it(tmp_path: Path) -> None:
    rows = "Studentnummer,Roepnaam,Tussenvoegsel,Achternaam\ns1,Jan,van den,Berg\ns2,Piet,,Vos\ns3,Jan,,Berg\n"
    people = listed(tmp_path / "r.csv", rows)
    assert [one["name"] for one in people] == ["Jan van den Berg", "Piet Vos", "Jan Berg"]
    found = [
        whose(matcher(people), name, {}) for name in ("Jan van den Berg", "Berg, Jan van den", "vos_piet", "Jan Berg")
    ]
    assert found == [0, 0, 1, 2]


def test_a_number_of_four_digits_is_a_students_where_nobody_else_is_named() -> None:
    people = [
        {"name": f"{who} Lee", "mail": "", "id": one, "ids": one} for who, one in (("Ada", "1105"), ("Bo", "2026"))
    ]
    find = matcher(people)
    said = ("hw3_1105", "1105_network", "hw3_2026", "hw3_Eve_1105", "network_11052", "hw3_1105_1106", "hw3_1106")
    assert [whose(find, name, {}) for name in said] == [0, 0, None, None, None, 0, None]


def test_several_submissions_of_nobody_are_those_of_the_student_whose_archive_holds_them() -> None:
    find = matcher([{"name": one, "mail": "", "id": "", "ids": one} for one in ("ada", "bob", "kim", "lee")])
    cats, dogs, alone = Path("ada/cats"), Path("ada/dogs"), Path("bob/hw3")
    section: dict[Path, list[int | None]] = {Path("kim/lee"): [3], Path("kim/ann"): [None]}
    assert of_folders(find, {cats: [None], dogs: [None], alone: [None], **section}) == {cats: 0, dogs: 0}
    assert not of_folders(find, {cats: [None], dogs: [None], Path("x/ada"): [0]})
