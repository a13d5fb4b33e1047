"""Features of a user's own for tests: right ones, their parts, a wrong scenario, and the verdict by them."""

from pathlib import Path

from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.verdict import Verdict
from tests.conftest import PLAIN

RIGHT = """\
Feature: More

  Scenario: Sums
    Given a network of sizes 7-6-5-4
    And known random weights
    And a random sample
    When the sample goes forward
    Then the output sums to 1

  Scenario Outline: Sizes <sizes>
    Given a network of sizes <sizes>
    Then its sizes are <sizes>

    Examples:
      | sizes   |
      | 7-6-5-4 |
      | 9-8-7-3 |
"""
SUMS = RIGHT[RIGHT.index("  Scenario: Sums") : RIGHT.index("  Scenario Outline")]
CHINESE = """\
# language: zh-CN
功能: 更多
  场景: 和
    假如 一个各层宽度为 7-6-5-4 的网络
    而且 权重是已知的随机数
    而且 一个随机样本
    当 样本做一次前向传播
    那么 输出的各元素之和为 1
"""
NETWORK = "Given a network of sizes 7-6-5-4"
WRONG = "  Scenario: Sums\n    Given a network of sizes 7-6-5-4\n    Then its sizes are 7-6-5-3\n"


def folder(path: Path, text: str | bytes = RIGHT, **more: str) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (path / "more.feature").write_bytes(data)
    for name, other in more.items():
        (path / f"{name}.feature").write_text(other, encoding="utf-8")
    return path


def judged(features: Path) -> Verdict:
    return judge(Settings(str(PLAIN), features=features, isolation="none", seed=7))
