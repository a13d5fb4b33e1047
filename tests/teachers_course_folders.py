"""Course folders as a teacher meets them: drives in archives, stamps and tries in names, words of other languages."""

from pathlib import Path

from tests.course_folders import Course, course, network, put, zipped


@course
def archives_with_drives_and_shares(at: Path) -> Course:
    names = {
        "ada": r"C:\Users\ada\Desktop\hw 3\network.py",
        "bob": "D:/work/network.py",
        "eve": r"\\server\share\eve\network.py",
        "jo": "/home/jo/network.py",
        "lu": r"hw3\network.py",
    }
    put(
        at,
        {f"{who}.zip": zipped({name: network(who), f"{name[:-10]}report.pdf": b"%PDF"}) for who, name in names.items()},
    )
    put(at, {"mo.zip": zipped({"C:/../mo/network.py": network("mo")})})
    return Course(at, dict.fromkeys(names, 1), ("mo",), files={"ada": ["Users/ada/Desktop/hw 3/network.py"]})


def _blackboard(at: Path, front: str, word: str, label: str, brackets: str = " ({})") -> Course:
    for user, name, days in (("s01", "Ada Núñez", (1, 2)), ("li_na", "李娜", (1,))):
        for day in days:
            start = f"{front}_{user}_{word}_2026-11-0{day}-10-00-00"
            said = f"{label}{name}{brackets.format(user)}\n{front}: x (1)\n"
            put(at, {f"{start}.txt": said.encode(), f"{start}_red.py": network(user.replace("_", "-"), day)})
    return Course(at, {"s01": 2, "li-na": 1}, (), "blackboard", rows=("Ada Núñez", "李娜"))


@course
def blackboard_in_spanish(at: Path) -> Course:
    return _blackboard(at, "Tarea 3", "intento", "Nombre: ")


@course
def blackboard_in_german(at: Path) -> Course:
    return _blackboard(at, "Übung_3", "Versuch", "Name: ")


@course
def blackboard_in_chinese(at: Path) -> Course:
    return _blackboard(at, "作业3", "尝试", "姓名：", "（{}）")


@course
def versions_by_time_that_are_not_blackboards(at: Path) -> Course:
    put(at, {f"ada_net_2026-11-0{n}-10-00-00_network.py": network("ada", n) for n in (1, 2)})
    put(at, {"bob_net_2026-11-01-10-00-00_network.py": network("bob"), "bob_notes_2026-11-01-10-00-00.txt": b"x"})
    return Course(at, {"ada": 2, "bob": 1})


@course
def groups_with_numbers(at: Path) -> Course:
    put(at, {f"Group {n}/network.py": network(f"g{n}") for n in (10, 9, 1, 2, 11)})
    rows = [f"Group {n}" for n in (1, 2, 9, 10, 11)]
    return Course(at, {f"g{n}": 1 for n in (1, 2, 9, 10, 11)}, rows=rows)
