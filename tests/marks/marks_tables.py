"""The tables of platforms for four students, and a reader of each, written from the platform's own rules."""

import csv
import io
import re
from collections.abc import Callable

from nnkata.runner.run import known_clauses

ALL = len(known_clauses())
PEOPLE: dict[str, dict[str, str]] = {
    "ada": {"participant": "101", "canvas": "7", "sortable": "lovelaceada", "username": "alovelace", "eid": "ada1"},
    "alan": {"participant": "102", "canvas": "70", "sortable": "turingalan", "username": "a_turing", "eid": "alan2"},
    "kurt": {"participant": "103", "canvas": "9", "sortable": "goedelkurt", "username": "kgoedel", "eid": "kurt3"},
    "lost": {"participant": "999", "canvas": "999", "sortable": "nobodyatall", "username": "nobody", "eid": "nobody"},
}
NAMES = {"ada": "Ada Lovelace", "alan": "Alan Turing", "kurt": "Kurt Gödel", "lost": "No Body"}
MORE = {
    "ada": {
        "submission": "11",
        "sid": "s1",
        "email": "ada@x.org",
        "repository": "hw-ada",
        "github": "ada",
        "user": "5",
    },
    "alan": {
        "submission": "12",
        "sid": "s2",
        "email": "alan@x.org",
        "repository": "hw-alan",
        "github": "alan",
        "user": "6",
    },
    "kurt": {
        "submission": "13",
        "sid": "s3",
        "email": "kurt@x.org",
        "repository": "hw-kurt",
        "github": "kurt",
        "user": "7",
    },
    "lost": {"submission": "99", "sid": "s99", "email": "no@x.org", "repository": "hw-no", "github": "no", "user": "9"},
}


def rows(content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def moodle(content: bytes) -> dict[str, float]:
    """importgradeslib.php: the site's words, here German; the number is what follows "Teilnehmer/in"."""
    table = rows(content, "utf-8-sig")
    head = table[0]
    identifier, grade, modified = (head.index(word) for word in ("ID", "Bewertung", "Zuletzt geändert (Bewertung)"))
    assert modified
    return {
        row[identifier][len("Teilnehmer/in") :]: float(row[grade].replace(",", "."))
        for row in table[1:]
        if row[grade] not in ("", "-")
    }


def canvas(content: bytes) -> dict[str, float]:
    """gradebook_importer.rb: headings, Points Possible, then students by ID; here with one assignment."""
    table = rows(content, "utf-8-sig")
    assert "Student" in table[0][0]
    assert "ID" in table[0][1]
    section = next(n for n, heading in enumerate(table[0]) if "Section" in heading)
    at = next(n for n, heading in enumerate(table[0]) if n > section and re.search(r"\(78\)$", heading))
    possible = next(row for row in table if "Points Possible" in row[0])
    assert float(possible[at]) == 20
    students = [
        row
        for row in table[1:]
        if "Points Possible" not in row[0] and any(cell.strip() not in ("", "Manual Posting") for cell in row)
    ]
    return {row[1]: float(row[at]) for row in students if row[at]}


def brightspace(content: bytes) -> dict[str, float]:
    """D2L's rules: a key column first, only columns that may be imported, "#" at each end."""
    table = rows(content)
    assert table[0][0] in ("OrgDefinedId", "Username")
    allowed = re.compile(r"OrgDefinedId|Username|.+ Points Grade.*|End-of-Line Indicator")
    assert all(allowed.fullmatch(heading) for heading in table[0])
    assert all(row[-1] == "#" for row in table[1:])
    at = next(n for n, heading in enumerate(table[0]) if "Points Grade" in heading)
    return {row[0].lstrip("#"): float(row[at]) for row in table[1:] if row[at]}


def sakai(content: bytes) -> dict[str, float]:
    """AssignmentAction.java: three lines of head, the id in the second column."""
    table = rows(content)
    assert table[0][1] == "Points"
    assert table[1] == []
    at = table[2].index("grade")
    return {row[1]: float(row[at]) for row in table[3:] if len(row) > at and row[at]}


def blackboard(content: bytes) -> dict[str, float]:
    """A tab-delimited file in UTF-16; the column by the number behind the bar."""
    table = rows(content, "utf-16", "\t")
    at = next(n for n, heading in enumerate(table[0]) if heading.endswith("|555"))
    user = table[0].index("Username")
    return {row[user]: float(row[at]) for row in table[1:] if row[at]}


def gradescope(content: bytes) -> dict[str, float]:
    table = rows(content)
    score, number = table[0].index("Total Score"), table[0].index("Submission ID")
    return {row[number]: float(row[score]) for row in table[1:] if row[score]}


def github(content: bytes) -> dict[str, float]:
    table = rows(content)
    user, points, most = (table[0].index(h) for h in ("github_username", "points_awarded", "points_available"))
    assert all(float(row[most]) == 20 for row in table[1:] if row[points])
    return {row[user]: float(row[points]) for row in table[1:] if row[points]}


MOODLE_HEAD = (
    *("ID", '"Vollständiger Name"', "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung"),
    *('"Bewertung kann geändert werden"', '"Zuletzt geändert (Abgabe)"', '"Zuletzt geändert (Bewertung)"', "Kommentar"),
)
MOODLE_ROW = (
    'Teilnehmer/in{n},"{name}",{mail},"Zur Bewertung abgegeben",,"20,00",Ja,"Montag, 2. November 2026",-,{said}\r\n'
)
MOODLE = (
    "\ufeff"
    + ",".join(MOODLE_HEAD)
    + "\r\n"
    + MOODLE_ROW.format(n=101, name="Ada Lovelace", mail="ada@x.org", said="")
    + MOODLE_ROW.format(n=102, name="Alan Turing", mail="alan@x.org", said='"""gut"", sagt er"')
    + MOODLE_ROW.format(n=103, name="Kurt Gödel", mail="kurt@x.org", said="")
    + MOODLE_ROW.format(n=104, name="Ada Lovelace", mail="ada2@x.org", said="")
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Other (77),Homework 3 (78),Current Score\n"
    "    Points Possible,,,,,10,20,(read only)\n,,,,,Manual Posting,,\n"
    '"Lovelace, Ada",7,,ada,CS1,1,,50\n"Turing, Alan",70,,alan,CS1,2,,60\n"Gödel, Kurt",9,,kurt,CS1,,,\n'
    '"Student, Test",999000,,,CS1,,,\n'
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Email,HW3 Points Grade <Numeric MaxPoints:20 Weight:10>,"
    "End-of-Line Indicator\n#s1,#ada,Lovelace,Ada,ada@x.org,,#\n#s2,#alan,Turing,Alan,alan@x.org,,#\n"
    "#s3,#kurt,Gödel,Kurt,kurt@x.org,,#\n"
)
SAKAI = (
    "Homework 3,Points\n\nDisplay ID,ID,Last Name,First Name,grade\nada1,ada1,Lovelace,Ada,\n"
    'alan2,alan2,Turing,Alan,\nkurt3,kurt3,"Gödel",Kurt,\n'
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"HW2 [Total Pts: 10 Score] |554"\t'
    '"HW3 [Total Pts: 20 Score] |555"\n"Lovelace"\t"Ada"\t"alovelace"\t""\t"3"\t""\n'
    '"Turing"\t"Alan"\t"a_turing"\t""\t"4"\t""\n"Gödel"\t"Kurt"\t"kgoedel"\t""\t""\t""\n'
)
GRADESCOPE = (
    "First Name,Last Name,SID,Email,Total Score,Max Points,Status,Submission ID,Submission Time\n"
    "Ada,Lovelace,s1,ada@x.org,,20.0,Ungraded,11,2026-11-01 10:00:00 -0700\n"
    "Alan,Turing,s2,alan@x.org,,20.0,Ungraded,12,2026-11-01 10:00:00 -0700\n"
)
GITHUB = (
    "assignment_name,github_username,roster_identifier,student_repository_name,points_awarded,points_available\n"
    "hw,ada,s1,hw-ada,0,20\nhw,alan,s2,hw-alan,,20\nhw,kurt,s3,hw-kurt,,20\n"
)
FORMS: dict[str, tuple[str, str, Callable[[bytes], dict[str, float]], list[str], tuple[str, str]]] = {
    "moodle": (MOODLE, "utf-8", moodle, [], ("101", "102")),
    "canvas": (CANVAS, "utf-8", canvas, ["--column", "Homework 3"], ("7", "70")),
    "brightspace": (BRIGHTSPACE, "utf-8", brightspace, [], ("s1", "s2")),
    "sakai": (SAKAI, "utf-8", sakai, ["--max", "20"], ("ada1", "alan2")),
    "blackboard": (BLACKBOARD, "utf-16", blackboard, ["--column", "HW3"], ("alovelace", "a_turing")),
    "gradescope": (GRADESCOPE, "utf-8", gradescope, [], ("11", "12")),
    "github": (GITHUB, "utf-8", github, [], ("ada", "alan")),
}
