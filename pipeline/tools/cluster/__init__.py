"""Many machines: windows are heard by workers of dask.distributed. The one place that imports it.

`keys` makes certificates, `processes` runs a scheduler or a worker, `hearing` is what a worker
does, `connecting` and `hearers` are the side of the machine that keeps the files.
"""

from __future__ import annotations

import importlib.util

from pipeline.words.errors import SetupProblem


def check_installed() -> None:
    """Raise SetupProblem when the extra that a cluster needs is not installed."""
    for package in ("distributed", "cryptography"):
        if importlib.util.find_spec(package) is None:
            raise SetupProblem(
                f"A cluster needs the Python package “{package}”, which is not installed.",
                "Install etam with its extra: pip install 'etam-berkesah[cluster]'.",
            )
