"""The lock of a file binds threads of one process as it binds processes, and lets its own thread in again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from evidence.store.folder import hold_lock

OTHER = """
import sys, time
from pathlib import Path
from evidence.store.folder import hold_lock
with hold_lock(Path(sys.argv[1])):
    print(time.time())
"""


def test_threads_and_processes_wait_for_each_other(tmp_path: Path) -> None:
    file, order = tmp_path / "lock", []

    def take(name: str) -> None:
        with hold_lock(file):
            order.append(f"{name} in")
            time.sleep(0.05)
            order.append(f"{name} out")

    threads = [threading.Thread(target=take, args=(name,)) for name in "abc"]
    with hold_lock(file), hold_lock(file):
        for thread in threads:
            thread.start()
        with hold_lock(file):
            time.sleep(0.05)
        other = subprocess.Popen([sys.executable, "-c", OTHER, str(file)], stdout=subprocess.PIPE, text=True)
        time.sleep(1.0)
        assert order == [] and other.poll() is None
        let_go = time.time()
    for thread in threads:
        thread.join()
    assert [word.split()[1] for word in order] == ["in", "out"] * 3
    assert float(other.communicate()[0]) >= let_go
