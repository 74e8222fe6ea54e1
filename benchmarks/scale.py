"""Where a cluster saturates: a simulation of up to 1,000 workers and 10,000 hours of episodes.

Discrete events with what `benchmarks.cluster_costs` measured for a window's way from the recording
to the kept answer. Prints the tables of docs/scale.md and draws its picture with `--picture`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import simpy

_EPISODE_HOURS = 1.0
_SPEECH_SHARE = 0.8
_WINDOW_SECONDS = 21.7
_WINDOWS_AN_HOUR = round(3600 * _SPEECH_SHARE / _WINDOW_SECONDS)
_IN_FLIGHT = 2

# Seconds to hear a window of 21.7 s, int8 and a beam of 5. On a core: measured for tiny and small
# (0.95 and 5.4 s for 30 s), the others by their parameters: small has 6.3 times those of tiny and
# took 6 times as long. On a GPU: what faster-whisper's README reports for large-v2 on an RTX 3070
# Ti, 12.4 times as fast as the sound, 46 times in batches.
MODELS: dict[str, float] = {
    "tiny, a core": 0.7,
    "base, a core": 1.3,
    "small, a core": 3.9,
    "medium, a core": 12.0,
    "large-v3, a core": 25.0,
    "large, a GPU": 1.8,
    "large, a GPU in batches": 0.47,
}
WORKERS = (1, 3, 10, 30, 100, 300, 1000)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a window costs each part, measured; in seconds and bytes."""

    listening: float = 0.0604  # decode and find speech
    making: float = 0.0014  # job and digest
    sending: float = 0.0035
    keeping: float = 0.0011
    scheduling: float = 0.0061  # half on the way out, half on the way back
    at_worker: float = 0.0044
    job_bytes: float = 21.7 * 32_000
    answer_bytes: float = 3_600


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is simulated. One link carries the scheduler's traffic out, another its traffic in."""

    workers: int
    hearing_seconds: float
    coordinator_cores: int = 1
    link_bytes_a_second: float = 1e9 / 8 * 0.94
    costs: Costs = Costs()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a simulation; shares are 0..1 of the time in which a part was busy."""

    windows: int
    seconds: float
    coordinator: float
    scheduler: float
    link: float
    hearing: float

    @property
    def windows_a_second(self) -> float:
        return self.windows / self.seconds

    @property
    def times_real_time(self) -> float:
        return self.windows_a_second / _WINDOWS_AN_HOUR * 3600

    @property
    def fullest(self) -> str:
        shares = {
            "workers": self.hearing,
            "coordinator": self.coordinator,
            "scheduler": self.scheduler,
            "network": self.link,
        }
        return max(shares, key=lambda part: shares[part])


class _Part:
    """A part that does `capacity` things at a time, and how long it was busy."""

    def __init__(self, clock: simpy.Environment, capacity: int = 1) -> None:
        self._clock = clock
        self._places = simpy.Resource(clock, capacity)
        self._capacity = capacity
        self.busy = 0.0

    def work(self, seconds: float) -> Generator[Any, Any, None]:
        with self._places.request() as place:
            yield place
            yield self._clock.timeout(seconds)
            self.busy += seconds

    def share(self, seconds: float) -> float:
        return self.busy / (self._capacity * seconds)


class _Simulation:
    """Episodes are read side by side, as many as the coordinator has cores."""

    def __init__(self, cluster: Cluster, windows: int) -> None:
        self._costs = cluster.costs
        self._cluster = cluster
        self._clock = simpy.Environment()
        self._chance = random.Random(7)
        self._coordinator = _Part(self._clock, cluster.coordinator_cores)
        self._scheduler = _Part(self._clock)
        self._out, self._in = _Part(self._clock), _Part(self._clock)
        self._workers = _Part(self._clock, cluster.workers)
        self._room = simpy.Resource(self._clock, _IN_FLIGHT * cluster.workers)
        self._left = iter(range(windows))
        self._windows = windows

    def run(self) -> Outcome:
        for _ in range(self._cluster.coordinator_cores):
            self._clock.process(self._read())
        self._clock.run()
        seconds = self._clock.now
        return Outcome(
            self._windows,
            seconds,
            self._coordinator.share(seconds),
            self._scheduler.share(seconds),
            max(self._out.share(seconds), self._in.share(seconds)),
            self._workers.share(seconds),
        )

    def _read(self) -> Generator[Any, Any, None]:
        """One episode after another: find the next window, wait for room, let it go."""
        costs = self._costs
        for _ in self._left:
            yield from self._coordinator.work(costs.listening + costs.making)
            place = self._room.request()
            yield place
            self._clock.process(self._window(place))

    def _window(self, place: Any) -> Generator[Any, Any, None]:
        costs, link = self._costs, self._cluster.link_bytes_a_second
        yield from self._coordinator.work(costs.sending)
        yield from self._scheduler.work(costs.scheduling / 2)
        yield from self._out.work(costs.job_bytes / link)
        yield from self._workers.work(costs.at_worker + self._hearing())
        yield from self._in.work(costs.answer_bytes / link)
        yield from self._scheduler.work(costs.scheduling / 2)
        yield from self._coordinator.work(costs.keeping)
        self._room.release(place)

    def _hearing(self) -> float:
        """Windows differ: a third more or less is usual."""
        return self._cluster.hearing_seconds * self._chance.triangular(0.5, 1.5, 1.0)


def simulate(cluster: Cluster, windows: int) -> Outcome:
    """What `cluster` does with so many windows."""
    return _Simulation(cluster, windows).run()


def main() -> None:
    options = _options()
    if options.check:
        _check()
        return
    outcomes = {
        (model, workers): simulate(Cluster(workers, seconds, options.cores), max(2000, 8 * workers))
        for model, seconds in MODELS.items()
        for workers in WORKERS
    }
    _print_rates(outcomes)
    _print_saturation(options.cores)
    _print_remedies()
    _print_whole(options.hours)
    if options.picture:
        _draw(outcomes, options.picture, options.cores)


def _check() -> None:
    """Two real workers that sleep instead of hearing, and the same simulated."""
    from pipeline.tools.cluster.connecting import open_cluster
    from tests.cluster.jobs import silent_job, size_after
    from tests.cluster.machines import machines

    free = replace(Costs(), listening=0.0, making=0.0, keeping=0.0, job_bytes=0.0)
    job = silent_job()
    print("| seconds a window | real windows/s | simulated |")
    print("|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, machines(Path(folder)) as cluster:
        cluster.scheduler()
        cluster.worker()
        cluster.worker()
        hearers = open_cluster(cluster.settings, Path(folder))
        hearers.run(size_after, job, 0.1).result()
        for seconds, times in ((0.5, 40), (0.1, 200), (0.02, 300)):
            began = time.perf_counter()
            for answer in [hearers.run(size_after, job, seconds) for _ in range(times)]:
                answer.result()
            real = times / (time.perf_counter() - began)
            simulated = simulate(Cluster(2, seconds, costs=free), times).windows_a_second
            print(f"| {seconds} | {real:.1f} | {simulated:.1f} |")
        hearers.close()


def _print_rates(outcomes: dict[tuple[str, int], Outcome]) -> None:
    print("hours of episodes in an hour, by workers")
    print("| model | " + " | ".join(f"{workers:,}" for workers in WORKERS) + " |")
    print("|---|" + "---|" * len(WORKERS))
    for model in MODELS:
        cells = [f"{outcomes[model, workers].times_real_time:,.0f}" for workers in WORKERS]
        print(f"| {model} | " + " | ".join(cells) + " |")


def _print_saturation(cores: int) -> None:
    """Workers that a coordinator keeps busy: where one more adds nothing."""
    costs = Costs()
    most = {
        f"coordinator, {cores} core(s)": cores / _coordinator_seconds(costs),
        "scheduler": 1 / costs.scheduling,
        "network 1 Gbit/s": Cluster(1, 1).link_bytes_a_second / costs.job_bytes,
    }
    print("\nwindows a second that each part can carry, and how many workers that feeds")
    print("| part | windows/s | " + " | ".join(MODELS) + " |")
    print("|---|---|" + "---|" * len(MODELS))
    for part, rate in most.items():
        cells = [f"{rate * seconds:,.0f}" for seconds in MODELS.values()]
        print(f"| {part} | {rate:.0f} | " + " | ".join(cells) + " |")


def _print_remedies() -> None:
    """1,000 GPUs that batch: what each remedy brings."""
    alone = Cluster(1000, MODELS["large, a GPU"])
    light = replace(Costs(), listening=0.0126)
    rows: Iterator[tuple[str, Cluster, int]] = iter(
        [
            ("1 core", alone, 1),
            ("4 cores", replace(alone, coordinator_cores=4), 1),
            ("16 cores", replace(alone, coordinator_cores=16), 1),
            ("16 cores, 10 Gbit/s", _faster(replace(alone, coordinator_cores=16)), 1),
            (
                "4 cores, speech found by workers",
                replace(alone, coordinator_cores=4, costs=light),
                1,
            ),
            ("4 coordinators of 16 cores", replace(alone, workers=250, coordinator_cores=16), 4),
        ]
    )
    print("\n1,000 GPUs")
    print("| coordinator | hours in an hour | busy: workers | coordinator | scheduler | network |")
    print("|---|---|---|---|---|---|")
    for name, cluster, times in rows:
        done = simulate(cluster, 20_000)
        shares = (done.hearing, done.coordinator, done.scheduler, done.link)
        cells = " | ".join(f"{share:.0%}" for share in shares)
        print(f"| {name} | {times * done.times_real_time:,.0f} | {cells} |")


def _print_whole(hours: float) -> None:
    windows = round(hours * _WINDOWS_AN_HOUR)
    print(f"\n{hours:,.0f} hours, {windows:,} windows, 1,000 workers")
    print("| model | coordinator | hours it takes | fullest part | memory of sound in flight |")
    print("|---|---|---|---|---|")
    for model, cores in (("large-v3, a core", 1), ("large-v3, a core", 4), ("large, a GPU", 16)):
        done = simulate(Cluster(1000, MODELS[model], cores), windows)
        flight = _IN_FLIGHT * 1000 * Costs().job_bytes / 1e9
        print(
            f"| {model} | {cores} core(s) | {done.seconds / 3600:.1f} | {done.fullest} | "
            f"at most {flight:.1f} GB |"
        )


def _coordinator_seconds(costs: Costs) -> float:
    return costs.listening + costs.making + costs.sending + costs.keeping


def _faster(cluster: Cluster) -> Cluster:
    return replace(cluster, link_bytes_a_second=cluster.link_bytes_a_second * 10)


def _draw(outcomes: dict[tuple[str, int], Outcome], path: Path, cores: int) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "etam"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5))
    for model in MODELS:
        rates = [outcomes[model, workers].times_real_time for workers in WORKERS]
        axes.plot(WORKERS, rates, marker="o", markersize=3, label=model)
    costs = Costs()
    limits = {
        f"coordinator, {cores} core(s)": cores / _coordinator_seconds(costs),
        "scheduler": 1 / costs.scheduling,
    }
    for part, rate in limits.items():
        hours = rate / _WINDOWS_AN_HOUR * 3600
        axes.axhline(hours, color="black", linewidth=0.8, linestyle="--")
        axes.text(1, hours * 1.08, part, fontsize=8)
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="workers (each hears one window at a time)",
        ylabel="hours of episodes in an hour",
    )
    axes.grid(which="both", linewidth=0.3)
    axes.legend(fontsize=8, loc="lower right")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cores", type=int, default=4, help="of the coordinator")
    parser.add_argument("--hours", type=float, default=500, help="10000 takes five minutes")
    parser.add_argument("--check", action="store_true", help="against real processes")
    parser.add_argument("--picture", type=Path, help="such as docs/images/scale.svg")
    return parser.parse_args()


if __name__ == "__main__":
    main()
