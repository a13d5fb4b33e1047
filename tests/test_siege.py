"""A batch in which one in four attacks: whatever becomes of the coordinator, nothing is left of the attackers."""

import pytest
from siege import NOTHING, siege

#: What would leave a process, a file that nobody removes, or a batch that hangs.
ATTACKS = ("leaves_a_daemon", "digs_deep_folders", "hides_what_it_writes")
#: Megabytes of the coordinator; it had 60, after 8 submissions as after 200.
MOST_MB = 400


@pytest.mark.parametrize("wall", ["bubblewrap", "landlock", pytest.param("wasm", marks=pytest.mark.wasm)])
@pytest.mark.parametrize("kill", [False, True], ids=["to its end", "until it is killed"])
def test_nothing_is_left_of_a_batch_under_attack(wall: str, kill: bool) -> None:
    came = siege(8, wall, kill=kill, stages=("update",), attacks=ATTACKS[1:] if kill else ATTACKS)
    assert {name: came[name] for name in NOTHING} == NOTHING
    assert came["hostile_passed"] == []
    assert came["coordinator_mb"] < MOST_MB
    assert (came["status"], came["verdicts"]) == ((-9, came["verdicts"]) if kill else (0, 8))
