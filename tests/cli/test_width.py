"""Widths are counted in columns of a terminal, where a Chinese character takes two."""

import textwrap

import pytest
from wcwidth import wcwidth

from nnkata.reports.width import NARROW, columns, cut, flow, pad, wrap
from nnkata.texts import labelled

CHINESE = (
    "np.dot 得到的是一个数，而 W3 有 10 × 64 个权重，每个都需要自己的改变量（见文章“反向传播”部分）。哪种乘积合适？"
)
ENGLISH = "Each gradient is np.dot of two vectors of the same layer, a single number, as the article prints it."


def test_a_chinese_character_takes_two_columns_and_a_combining_one_none() -> None:
    assert [columns(text) for text in ("W3", "梯度", "（", "e\u0301")] == [2, 4, 2, 1]


def test_the_marks_that_need_no_table_are_one_column_wide() -> None:
    assert [wcwidth(chr(mark)) for mark in NARROW] == [1] * len(NARROW)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("W 的形状，\n    一行对应一个神经元", "W 的形状，一行对应一个神经元"),
        ("只取决于\n它自己的样本", "只取决于它自己的样本"),
        ("存成 (m, n)，\nW @ x", "存成 (m, n)，W @ x"),
        ("从左边乘时\nW @ x", "从左边乘时 W @ x"),
        ("就是 输出 - y", "就是 输出 - y"),
        (" Layer by layer:\n  multiply ", "Layer by layer: multiply"),
    ],
)
def test_a_paragraph_becomes_a_line_without_blanks_inside_a_chinese_sentence(text: str, line: str) -> None:
    assert flow(text) == line


def test_padding_and_cutting_count_columns() -> None:
    assert pad("梯度", 6) == "梯度  "
    assert pad("gradient", 4) == "gradient"
    assert cut("反向传播", 5) == "反向"


@pytest.mark.parametrize("width", [20, 33, 80])
def test_chinese_is_wrapped_within_the_width_and_loses_nothing(width: int) -> None:
    lines = wrap(CHINESE, width, "  ", "    ")
    assert max(map(columns, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(CHINESE.split())


@pytest.mark.parametrize("width", [12, 33, 80])
def test_no_line_begins_with_closing_punctuation_or_ends_with_opening(width: int) -> None:
    lines = wrap(CHINESE, width)
    assert len(lines) > 1
    assert not any(line[0] in "，。？）”" for line in lines)
    assert not any(line[-1] in "（“" for line in lines)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_english_is_wrapped_as_the_standard_library_does(width: int) -> None:
    assert wrap(ENGLISH, width, "- ", "  ") == textwrap.wrap(
        ENGLISH, width, initial_indent="- ", subsequent_indent="  "
    )


def test_a_word_wider_than_the_line_is_broken_and_nothing_gives_no_line() -> None:
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("", 10) == []


def test_a_blank_follows_a_label_unless_its_punctuation_is_of_full_width() -> None:
    assert labelled("Hint:", "look") == "Hint: look"
    assert labelled("提示：", "看") == "提示：看"
    assert labelled("  ✗", "Then") == "  ✗ Then"
