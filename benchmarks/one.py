"""`python -m benchmarks.one`: run one side of one row once, in this process, and print the result as JSON."""

import importlib
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Place, Watch, Work, peak_memory


def main() -> None:
    """Run the side named by the argument."""
    module, name, side, shared, size, large = json.loads(sys.argv[1])
    works: tuple[Work, ...] = importlib.import_module(module).WORKS
    work = next(row for row in works if row.name == name)
    run = work.ours if side == "ours" else work.floor
    assert run is not None
    watch = Watch()
    with tempfile.TemporaryDirectory(dir=shared) as own:
        run(Place(Path(shared), Path(own), size, large), watch)
    seconds = watch.processor if work.clock == "processor" else watch.seconds
    result = {"seconds": seconds, "count": watch.count, "peak": peak_memory(), "figure": watch.figure}
    print(json.dumps(result))  # noqa: T201 - printing is its purpose


if __name__ == "__main__":
    main()
