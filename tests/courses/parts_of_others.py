"""Course folders in which a student is easily taken for a part of another one's work."""

from pathlib import Path

from tests.courses.making import Course, course, helper, network, put, zipped

PDF = b"%PDF-1.7"


@course
def groups_of_which_one_has_handed_in_a_report_alone(at: Path) -> Course:
    put(at, {"PC-01/Desktop/net.py": network("one"), "PC-02/net.py": network("two"), "PC-03/notes.pdf": PDF})
    put(at, {"Group 1 network.py": network("g1"), "Group 2 network.py": network("g2"), "Group 2 report.pdf": PDF})
    put(at, {"Group 3 report.pdf": PDF, "12_Li Wei_network.py": network("l12"), "17_Li Wei_network.py": network("l17")})
    put(at, {"19_Li Wei_report.pdf": PDF, "17_Li Wei_report.pdf": PDF, "Team_1/net.py": network("team")})
    (at / "Team_2").mkdir()
    judged = dict.fromkeys(("one", "two", "g1", "g2", "l12", "l17", "team"), 1)
    return Course(at, judged, ("PC-03", "Group 3 report", "19_Li Wei_report", "Team_2"))


@course
def archives_of_sections_in_the_form_of_collectors(at: Path) -> Course:
    first = {"submissions/doeada_11_801_n.py": network("ada"), "submissions/roebob_12_802_n.py": network("bob")}
    put(at, {"CS101 - HW3.zip": zipped(first)})
    put(at, {"CS102 - HW3.zip": zipped({"submissions/tancy_13_803_n.py": network("cy")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1), (), "canvas")


@course
def archives_of_students_in_the_form_of_collectors(at: Path) -> Course:
    put(at, {"Ada Lee - HW3.zip": zipped({"net/n.py": network("ada"), "tools/x.py": helper("ada")})})
    put(at, {"Bob Roe - HW3.zip": zipped({"first/n.py": network("bob"), "other/n.py": network("bob")})})
    put(at, {"Cy - HW3.zip": zipped({"cats/n.py": network("cy"), "dogs/n.py": network("cy")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy"), 1), (), "forms")


@course
def archives_of_sections_with_names_of_one_word(at: Path) -> Course:
    put(at, {"berlin/hw3.zip": zipped({"ada.py": network("ada"), "bob.py": network("bob")})})
    put(at, {"mainz/hw3.zip": zipped({"cy/n.py": network("cy"), "di/net.py": network("di")})})
    put(at, {"ulm/hw3.zip": zipped({"ed.py": network("ed")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di", "ed"), 1))


@course
def archives_of_sections_in_another_language(at: Path) -> Course:
    put(at, {"bonn/abgabe.zip": zipped({"ada/n.py": network("ada"), "bob/n.py": network("bob")})})
    put(at, {"ulm/abgabe.zip": zipped({"cy/n.py": network("cy"), "di/n.py": network("di")})})
    return Course(at, dict.fromkeys(("ada", "bob", "cy", "di"), 1))


@course
def archives_of_students_with_two_networks_of_their_names(at: Path) -> Course:
    for who in ("ada", "bob"):
        put(at, {f"{who}/hw3.zip": zipped({f"{who}_cats/n.py": network(who), f"{who}_dogs/n.py": network(who)})})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def archives_of_students_with_two_networks(at: Path) -> Course:
    put(at, {"ada/hw3.zip": zipped({"cats/n.py": network("ada"), "fashion/n.py": network("ada")})})
    put(at, {"bob/hw3.zip": zipped({"cats/n.py": network("bob"), "fashion/n.py": network("bob")})})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def archives_named_after_students_with_two_networks(at: Path) -> Course:
    put(at, {"ada/ada.zip": zipped({"cats/n.py": network("ada"), "fashion/n.py": network("ada")})})
    put(at, {"bob/bob.zip": zipped({"letters/n.py": network("bob"), "words/n.py": network("bob")})})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))
