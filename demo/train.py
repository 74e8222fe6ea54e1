"""Train the network on the pool for a given number of minutes, one process per core.

    python -m demo.train --minutes 100

Everything that changes during the run (window length, learning rate) follows the share of the time
that has passed, so a slower machine trains less but finishes on time. A run can be continued from
its checkpoint.
"""

import argparse
import csv
import math
import os
import random
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as multiprocessing
from torch import Tensor, nn
from torch.nn import functional

from demo import vocabulary
from demo.library import Library
from demo.network import EDGE_POSITIONS, Size, Whisper
from demo.spectrum import log_mel
from demo.windows import IGNORED, Composer, Recipe, collate

FRAMES_PER_BATCH = 11_500
GUIDE_SPREAD_POSITIONS = 7.5
AVERAGE_OVER_STEPS = 150
LOG_COLUMNS = [
    "minutes",
    "step",
    "window_seconds",
    "learning_rate",
    "loss",
    "text",
    "spelling",
    "guide",
    "seconds_per_step",
]


@dataclass(frozen=True)
class Plan:
    """One training run."""

    work: Path
    minutes: float
    start_share: float
    peak: float
    processes: int
    log: Path


def train(plan: Plan) -> None:
    """Run the plan on all its processes; the result is `work/checkpoint.pt`."""
    vocabulary.train(plan.work / "tokenizer.json")
    meeting_point = plan.work / f"meeting-{os.getpid()}"
    multiprocessing.spawn(_train_one, (plan, meeting_point, time.time()), nprocs=plan.processes)
    meeting_point.unlink(missing_ok=True)


def _train_one(rank: int, plan: Plan, meeting_point: Path, started: float) -> None:
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo",
        init_method=f"file://{meeting_point.absolute()}",
        rank=rank,
        world_size=plan.processes,
    )
    Run(rank, plan, started).go()
    dist.destroy_process_group()


class Run:
    """One process of a training run: composes its own windows, shares gradients with the others."""

    def __init__(self, rank: int, plan: Plan, started: float) -> None:
        self.rank, self.plan, self.started = rank, plan, started
        self.checkpoint = plan.work / "checkpoint.pt"
        tokenizer = vocabulary.train(plan.work / "tokenizer.json")
        self.end_token = vocabulary.token_id(tokenizer, "<|endoftext|>")
        self.library = Library(plan.work / "pool", tokenizer)
        self.composer = Composer(self.library, seed=int(started) * 10 + rank)
        torch.manual_seed(1)
        self.network = Whisper(
            Size(width=160, heads=5, encoder_layers=3, vocabulary=tokenizer.get_vocab_size())
        )
        self.muon, self.adam = optimizers(self.network)
        self.average = {
            name: weight.detach().clone() for name, weight in self.network.named_parameters()
        }
        self.step, self.minutes_before = 0, 0.0
        if self.checkpoint.exists():
            self._resume()
        torch.manual_seed(int(started) + rank)

    def go(self) -> None:
        recent: list[dict[str, float]] = []
        saved = time.time()
        while (share := self._share()) < 1:
            begun = time.time()
            recipe = recipe_for(share, random.Random(self.step))
            losses = self._learn(recipe, self.plan.peak * rate_factor(share, self.step))
            recent.append(
                {
                    **losses,
                    "window_seconds": recipe.longest_seconds,
                    "seconds_per_step": time.time() - begun,
                }
            )
            self.step += 1
            if self.step % 50 == 0:
                self._report(recent, share)
                recent = []
            if self.step % 250 == 0:
                self.library.refresh()
            if self.rank == 0 and time.time() - saved > 180:
                self._save()
                saved = time.time()
        if self.rank == 0:
            self._save()

    def _share(self) -> float:
        """Share of the planned minutes that has passed; the first process's clock counts."""
        passed = torch.tensor([(time.time() - self.started) / 60 / self.plan.minutes])
        dist.broadcast(passed, 0)
        return self.plan.start_share + (1 - self.plan.start_share) * float(passed)

    def _learn(self, recipe: Recipe, rate: float) -> dict[str, float]:
        frames = round(recipe.longest_seconds * 50) * 2
        windows = self.composer.batch(FRAMES_PER_BATCH // frames, recipe)
        loss, parts = losses_of(self.network, collate(windows, self.end_token), frames)
        loss.backward()
        self._share_gradients()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer in (self.muon, self.adam):
            for group in optimizer.param_groups:
                group["lr"] = rate * group["share"]
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        keep = 1 - 1 / min(AVERAGE_OVER_STEPS, self.step + 1)
        for name, weight in self.network.named_parameters():
            self.average[name].lerp_(weight.detach(), 1 - keep)
        return {**parts, "loss": loss.item(), "learning_rate": rate}

    def _share_gradients(self) -> None:
        gradients = [weight.grad for weight in self.network.parameters() if weight.grad is not None]
        together = torch.cat([gradient.flatten() for gradient in gradients])
        dist.all_reduce(together)
        together /= self.plan.processes
        for gradient, shared in zip(
            gradients, together.split([gradient.numel() for gradient in gradients]), strict=True
        ):
            gradient.copy_(shared.view_as(gradient))

    def _report(self, recent: list[dict[str, float]], share: float) -> None:
        if self.rank != 0:
            return
        means = {column: sum(row[column] for row in recent) / len(recent) for column in recent[0]}
        row = {"minutes": self._minutes(), "step": self.step, **means}
        print(
            f"{share:.3f} " + " ".join(f"{column} {row[column]:.4g}" for column in LOG_COLUMNS),
            flush=True,
        )
        is_new = not self.plan.log.exists()
        with self.plan.log.open("a", newline="") as log:
            writer = csv.writer(log)
            if is_new:
                writer.writerow(LOG_COLUMNS)
            writer.writerow(
                [f"{row[column]:.4g}" if column != "step" else self.step for column in LOG_COLUMNS]
            )

    def _minutes(self) -> float:
        """Training time so far, that of the runs which this one continues included."""
        return self.minutes_before + (time.time() - self.started) / 60

    def _save(self) -> None:
        unfinished = self.checkpoint.with_suffix(".tmp")
        state = {
            "size": asdict(self.network.size),
            "average": self.average,
            "network": self.network.state_dict(),
            "muon": self.muon.state_dict(),
            "adam": self.adam.state_dict(),
            "step": self.step,
            "minutes": self._minutes(),
        }
        torch.save(state, unfinished)
        unfinished.replace(self.checkpoint)

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
        self.step, self.minutes_before = state["step"], state["minutes"]


def recipe_for(share: float, rng: random.Random) -> Recipe:
    """Short sentences first, then windows that grow to ten seconds."""
    if share < 0.10:
        return Recipe(
            rng.choice([2.6, 3.2, 4.0]),
            several_sentences=False,
            prompts=0,
            silent=0.02,
            fragments=0,
        )
    if share < 0.25:
        return Recipe(rng.choice([3.2, 4.4, 5.6]), prompts=0, silent=0.03)
    if share < 0.45:
        return Recipe(rng.choice([3.6, 5.2, 6.8, 8.4]))
    if share < 0.65:
        return Recipe(rng.choice([4.4, 6.8, 10.0, 10.0]))
    return replace(Recipe(10.0), silent=0.06)


def rate_factor(share: float, step: int) -> float:
    """Warm-up over 150 steps, full until 40 % of the time, then a cosine to 2 %."""
    warm = min((step + 1) / 150, 1.0)
    return warm * (
        1.0 if share < 0.4 else 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (share - 0.4) / 0.6))
    )


def optimizers(network: Whisper) -> tuple[torch.optim.Muon, torch.optim.AdamW]:
    """Muon for the matrices of the layers, AdamW for the rest."""
    matrices = [
        weight
        for name, weight in network.named_parameters()
        if "layers" in name and weight.ndim == 2
    ]
    chosen = set(map(id, matrices))
    others = [weight for weight in network.parameters() if id(weight) not in chosen]
    muon = torch.optim.Muon(
        [{"params": matrices, "share": 1.0}], weight_decay=0.02, adjust_lr_fn="match_rms_adamw"
    )
    return muon, torch.optim.AdamW(
        [{"params": others, "share": 0.7}], betas=(0.9, 0.98), weight_decay=0.0
    )


def losses_of(
    network: Whisper, batch: dict[str, Tensor], frames: int
) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy of the text, CTC of the spelling and guidance of attention, as one sum."""
    mel = log_mel(batch["audio"], batch["audio_frames"], frames, vary=True)
    logits, spelling, attention = network(mel, batch["tokens"])
    text = functional.cross_entropy(
        logits.flatten(0, 1), batch["targets"].flatten(), ignore_index=IGNORED
    )
    spelled = spelling_loss(spelling, batch)
    guide = guide_loss(attention, batch["listen_seconds"])
    parts = {"text": text.item(), "spelling": spelled.item(), "guide": guide.item()}
    return text + 0.5 * spelled + 0.3 * guide, parts


def spelling_loss(spelling: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """CTC per character over the windows whose words are all known."""
    known = batch["spelled"]
    lengths = batch["spelling_lengths"][known]
    chances = spelling[known].log_softmax(-1).transpose(0, 1)
    heard = torch.full_like(lengths, spelling.shape[1])
    loss = functional.ctc_loss(
        chances, batch["spelling"][known], heard, lengths, reduction="sum", zero_infinity=True
    )
    return loss / lengths.sum().clamp(min=1)


def guide_loss(attention: Tensor, listen_seconds: Tensor) -> Tensor:
    """Cross-entropy between a narrow bell around each token's time and the attention to it."""
    within = attention.shape[-1] - EDGE_POSITIONS
    distance = torch.arange(within) - listen_seconds[..., None] * 50
    bell = torch.softmax(-0.5 * (distance / GUIDE_SPREAD_POSITIONS).square(), dim=-1)
    spoken = (listen_seconds >= 0).float()
    # All guided heads share one target, so their mean can be taken before the sum.
    looked = -(attention[..., :within].mean((0, 2)) * bell).sum(-1)
    return (looked * spoken).sum() / spoken.sum().clamp(min=1)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--work", type=Path, default=Path(".cache/demo-model"))
    arguments.add_argument("--minutes", type=float, default=100)
    arguments.add_argument(
        "--start-share",
        type=float,
        default=0.0,
        help="where on the schedule a continued run begins",
    )
    arguments.add_argument("--peak", type=float, default=4e-3, help="highest learning rate")
    arguments.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--log", type=Path, default=Path("demo/training-log.csv"))
    train(Plan(**vars(arguments.parse_args())))
