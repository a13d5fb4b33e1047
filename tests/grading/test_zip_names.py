"""Names in zip archives without the mark of UTF-8 are read in the encoding of the archiver's system."""

import pytest

from nnkata.grading.archives.oldnames import decoded


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ["作业三/张三/network.py", "作业三/李四/network.py"]),
        ("gbk", ["张喆/a.py", "李四/b.py"]),  # a character that GB 2312 has not
        ("gbk", ["李飞/a.py", "陈刚/a.py"]),  # of bytes that are Hangul too
        ("gbk", ["李娜network.py", "A班/x.py"]),
        ("cp932", ["課題/田中太郎/network.py", "課題/佐藤花子/network.py", "ネットワーク.py"]),
        ("cp949", ["과제/김민준/network.py", "과제/이서연/network.py"]),
        ("big5", ["林志玲/network.py", "陳大文/network.py"]),
        ("cp866", ["Иванов Иван/network.py", "Петрова Анна/network.py"]),
        ("cp850", ["Jörg Müller/network.py", "Zoë Weiß/network.py", "José Ángel/network.py"]),
        ("cp437", ["Noël Fauré/n.py"]),
        ("utf-8", ["Łukasz/n.py", "王/网络.py"]),
        ("ascii", ["ada/network.py"]),
    ],
)
def test_all_names_of_an_archive_tell_its_encoding(encoding: str, names: list[str]) -> None:
    raw = [name.encode(encoding) for name in names]
    read = decoded(raw)
    assert [read(one) for one in raw] == names


def test_names_in_no_encoding_stay_apart() -> None:
    raw = [b"\xff\xfe\x81.py", b"\xff\xfe\x82.py"]
    read = decoded(raw)
    assert read(raw[0]) != read(raw[1])
