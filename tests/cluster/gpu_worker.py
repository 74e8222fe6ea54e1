"""A worker that says it has a GPU, on a machine that has none: for who is asked, not for speed."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from pipeline.tools.cluster.processes import WorkerPlan, run_worker

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    address, folder = sys.argv[1], Path(sys.argv[2])
    run_worker(
        WorkerPlan(
            scheduler=address,
            keys=folder / "keys" / "worker",
            folder=folder / "gpu",
            models=(),
            windows_at_once=1,
            threads=1,
            has_gpu=True,
            memory_bytes=2 * 10**9,
        )
    )
