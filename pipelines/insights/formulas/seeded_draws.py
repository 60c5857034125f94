"""Seeded draws from gamma, beta and normal distributions: each agent's depend on its id alone."""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 400
# Proposals per gamma: all three are rejected in one of 10,000 draws at the most.
PROPOSALS = 3

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class StandardDraws:
    """Normals and uniforms of agents: proposals of two gammas, then two of each, by draw."""

    normals: Floats
    uniforms: Floats


def standard_draws(agents: list[str]) -> StandardDraws:
    """Returns the same draws for the same id, in arrays [agent, place, draw]."""
    shape = (len(agents), 2 * PROPOSALS + 2, DRAWS)
    draws = StandardDraws(np.empty(shape, np.float32), np.empty(shape, np.float32))
    for place, agent in enumerate(agents):
        seed = hashlib.blake2b(agent.encode(), digest_size=16).digest()
        generator = np.random.Generator(np.random.PCG64(int.from_bytes(seed, "big")))
        generator.standard_normal(dtype=np.float32, out=draws.normals[place])
        generator.random(dtype=np.float32, out=draws.uniforms[place])
    return draws


def beta(alpha: Numbers, other: Numbers, draws: StandardDraws) -> Floats:
    """Draws from Beta(alpha, other) of each agent, as the share of one gamma in the sum of two."""
    share = _gamma(alpha, draws, 0)
    share /= share + _gamma(other, draws, 1)
    return share


def normal(mean: Numbers, deviation: Numbers, draws: StandardDraws, which: int) -> Floats:
    """Draws from a normal of each agent; `which` (0 or 1) selects independent ones."""
    standard = draws.normals[:, 2 * PROPOSALS + which]
    drawn: Floats = _column(mean) + _column(deviation) * standard
    return drawn


def _gamma(shape: Numbers, draws: StandardDraws, which: int) -> Floats:
    """Marsaglia and Tsang (2000); a shape below 1 is raised by 1 and scaled by a uniform."""
    own = slice(which * PROPOSALS, (which + 1) * PROPOSALS)
    normals, uniforms = draws.normals[:, own], draws.uniforms[:, own]
    is_small = shape < 1
    d = (shape + is_small - 1 / 3).astype(np.float32)
    c = (1 / np.sqrt(9 * d)).astype(np.float32)
    x = normals[:, 0]
    v = 1 + c[:, None] * x
    found: Floats = d[:, None] * (v * v * v)
    squared = x * x
    # The squeeze accepts nine of ten proposals without a logarithm.
    undecided = np.flatnonzero(uniforms[:, 0] >= 1 - np.float32(0.0331) * (squared * squared))
    for proposal in range(PROPOSALS):
        agent, draw = np.divmod(undecided, DRAWS)
        x, scale = normals[agent, proposal, draw], d[agent]
        v = np.maximum(1 + c[agent] * x, np.float32(1e-6)) ** 3
        found.flat[undecided] = scale * v
        uniform = np.maximum(uniforms[agent, proposal, draw], np.float32(1e-12))
        is_accepted = np.log(uniform) < x * x / 2 + scale * (1 - v + np.log(v))
        undecided = undecided[~is_accepted]
    if is_small.any():
        uniform = draws.uniforms[is_small, 2 * PROPOSALS + which].astype(np.float64)
        found[is_small] *= (uniform ** (1 / shape[is_small])[:, None]).astype(np.float32)
    return found


def _column(values: Numbers) -> Floats:
    return values.astype(np.float32)[:, None]
