"""Course folders of Open edX' download of files, as openassessment/data.py of openedx/edx-ora2 writes them."""

from collections.abc import Mapping
from pathlib import Path

from tests.courses.making import Course, course, helper, network, notebook, put, zipped

UNIT = "[2]Week 2, [1]Networks, [1]Hand in"
HEAD = "course_id,block_id,student_id,key,name,type,description,size,file_path,file_found\n"


def _ora(files: Mapping[str, Mapping[str, bytes | None]], unit: str = UNIT, task: int = 1) -> dict[str, bytes]:
    """The files of students and their list; None for one that the download lacks."""
    made, lines = {}, HEAD
    for who, own in files.items():
        for name, content in own.items():
            path = f"{unit}/[{task}] - {who} - {name}"
            lines += f'course,block,{who}-hash,key,{name},attachment,d,1,"{path}",{content is not None}\n'
            if content is not None:
                made[path] = content
    return {**made, "submissions.csv": lines.encode()}


STUDENTS: dict[str, dict[str, bytes | None]] = {
    "ada_1": {"network.py": network("ada_1"), "prompt_0.txt": b"see the file"},
    "bob-ray": {"network.py": network("bob-ray", imports="from layers import f\n"), "layers.py": helper("bob-ray")},
    "703dee642c9872a35d84fa9b2d96950f": {"my - net.ipynb": notebook("703dee642c9872a35d84fa9b2d96950f")},
    "cy": {"prompt_0.txt": b"it did not work"},
    "lost": {"network.py": None, "prompt_0.txt": None},
}
JUDGED = {"ada_1": 1, "bob-ray": 1, "703dee642c9872a35d84fa9b2d96950f": 1}


@course
def edx_download(at: Path) -> Course:
    put(at, _ora(STUDENTS))
    files = {"bob-ray": ["layers.py", "network.py"]}
    return Course(at, JUDGED, ["cy", "lost"], "edx", files=files, rows=[*sorted(JUDGED), "cy", "lost"], passed=0)


@course
def edx_download_as_an_archive(at: Path) -> Course:
    at.parent.mkdir(parents=True, exist_ok=True)
    archive = at.with_suffix(".zip")
    archive.write_bytes(zipped(_ora(STUDENTS)))
    return Course(archive, JUDGED, ["cy", "lost"], "edx")


@course
def edx_files_of_one_unit(at: Path) -> Course:
    put(at, {path.removeprefix(f"{UNIT}/"): content for path, content in _ora(STUDENTS).items() if "/" in path})
    return Course(at, JUDGED, ["cy"], "edx")


@course
def edx_with_two_assessments_in_a_unit(at: Path) -> Course:
    first = _ora({"ada": {"network.py": network("ada", 1)}})
    second = _ora({"ada": {"network.py": network("ada2", 1)}, "bob": {"net.py": network("bob")}}, task=2)
    put(at, {**first, **{path: content for path, content in second.items() if "/" in path}})
    return Course(at, {"ada": 1, "ada2": 1, "bob": 1}, platform="edx", rows=["ada [1]", "ada [2]", "bob [2]"])


@course
def another_table_called_submissions_is_no_list_of_edx(at: Path) -> Course:
    put(at, {"ada.py": network("ada"), "bob.py": network("bob"), "submissions/x.txt": b"", "submissions.txt": b"a,b\n"})
    return Course(at, {"ada": 1, "bob": 1}, ["submissions"])


@course
def brackets_with_a_number_alone_are_no_edx(at: Path) -> Course:
    put(at, {"[1] - ada.py": network("ada"), "[2] - bob.py": network("bob")})
    return Course(at, {"ada": 1, "bob": 1})


@course
def students_of_one_name_on_brightspace(at: Path) -> Course:
    put(at, {f"{n}-45 - Ann Lee - Nov {n}, 2026 1011 AM/network.py": network(f"lee{n}") for n in (1, 2)})
    put(at, {"1-45 - Ann Lee - Nov 9, 2026 1011 AM/network.py": network("lee1", 2)})
    put(at, {"3-45 - Bob Ray - Nov 1, 2026 1011 AM/network.py": network("bob")})
    rows = ["Ann Lee 1", "Ann Lee 2", "Bob Ray"]
    return Course(at, {"lee1": 2, "lee2": 1, "bob": 1}, platform="brightspace", rows=rows)


@course
def students_of_one_name_on_gradescope_and_sakai(at: Path) -> Course:
    people = {"111": "s1", "112": "s2"}
    told = "".join(
        f"submission_{n}:\n  :submitters:\n  - :name: Ann Lee\n    :sid: {sid}\n" for n, sid in people.items()
    )
    put(at, {f"A/submission_{n}/network.py": network(sid) for n, sid in people.items()})
    put(at, {"A/submission_metadata.yml": told.encode()})
    put(at, {f"B/Ray, Bob({who})/Submission attachment(s)/network.py": network(who) for who in ("bray", "bob2")})
    rows = ["Ann Lee s1", "Ann Lee s2", "Bob Ray bob2", "Bob Ray bray"]
    return Course(at, {"s1": 1, "s2": 1, "bray": 1, "bob2": 1}, platform="gradescope", rows=rows)


@course
def a_gradescope_export_without_some_of_its_folders(at: Path) -> Course:
    def listed(number: int, *people: tuple[str, str]) -> str:
        lines = "".join(f"  - :name: {name}\n    :email: {mail}\n" for name, mail in people)
        return f"submission_{number}:\n  :submitters:\n{lines}  :created_at: 2026-11-01 10:00:00 Z\n"

    of_all = [
        listed(1, ("Ada Lee", "ada@x.org"), ("Bob Ray", "bob@x.org")),
        listed(2, ("Cyd Po", "cyd@x.org")),
        listed(3, ("Dee Wu", "dee@x.org"), ("Eve Xu", "eve@x.org")),
        listed(4, ("Fay An", "fay@x.org")),
    ]
    put(at, {"submission_metadata.yml": ("---\n" + "".join(of_all)).encode(), "submission_1/n.py": network("ada")})
    put(at, {"Fay An/n.py": network("fay")})  # renamed by hand
    rows = ["Ada Lee, Bob Ray", "Cyd Po", "Dee Wu, Eve Xu", "Fay An"]
    return Course(at, {"ada": 1, "fay": 1}, ("Cyd", "Dee"), "gradescope", rows=rows)
