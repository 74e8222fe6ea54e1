"""What it cost to ask a language model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Spending:
    """Answered requests, and tokens as the endpoint counts them (0 where it does not say)."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Spending) -> Spending:
        return Spending(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )

    def cost(self, price_in: float, price_out: float) -> float:
        """The money, at prices for a million tokens."""
        return (self.input_tokens * price_in + self.output_tokens * price_out) / _MILLION

    def to_json(self, model: str, cost: float, currency: str) -> dict[str, Any]:
        """As a receipt holds it; no cost where no price is known."""
        money = {"cost": round(cost, 6), "currency": currency} if cost else {}
        return {
            "model": model,
            "requests": self.requests,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            **money,
        }
