"""Broken networks for tests and benchmarks: a proxy before a real server that fails on purpose."""

from tests.faults.proxy import Fault, FaultProxy, Kind

__all__ = ["Fault", "FaultProxy", "Kind"]
