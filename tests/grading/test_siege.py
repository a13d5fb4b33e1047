"""A batch in which one in four attacks: nothing of the attackers remains, whatever happens to the coordinator."""

import pytest
from siege import NOTHING, siege

#: Attacks that might leave a process or a file, or hang the batch.
ATTACKS = ("leaves_a_daemon", "digs_deep_folders", "hides_what_it_writes")
#: The limit of the coordinator's memory in MB; it had 60, both after 8 and after 200 submissions.
MOST_MB = 400


@pytest.mark.parametrize("wall", ["bubblewrap", "landlock", pytest.param("wasm", marks=pytest.mark.wasm)])
@pytest.mark.parametrize("kill", [False, True], ids=["to its end", "until it is killed"])
def test_nothing_is_left_of_a_batch_under_attack(wall: str, kill: bool) -> None:
    came = siege(8, wall, kill=kill, stages=("update",), attacks=ATTACKS[1:] if kill else ATTACKS)
    assert {name: came[name] for name in NOTHING} == NOTHING
    assert came["hostile_passed"] == []
    assert came["coordinator_mb"] < MOST_MB
    assert (came["status"], came["verdicts"]) == ((-9, came["verdicts"]) if kill else (0, 8))
