"""The benchmarked training step in PyTorch, eager, with autograd and its own optimiser: see numpy_step.py."""

import torch

from conversation import converse

PIXELS, FACTORS, MAPPINGS, BATCH, IMAGES = 784, 512, 256, 100, 1000
LEVEL, RATE, MOMENTUM = 0.3, 0.01, 0.9

torch.manual_seed(1)
images = torch.rand(IMAGES, PIXELS)
WF = (0.01 * torch.randn(FACTORS, PIXELS)).requires_grad_()
WM = (0.01 * torch.randn(MAPPINGS, FACTORS)).requires_grad_()
bm = torch.zeros(MAPPINGS, requires_grad=True)
b = images.mean(0).clone().requires_grad_()
optimizer = torch.optim.SGD([WF, WM, bm, b], lr=RATE, momentum=MOMENTUM)


def loss_of(clean, seen):
    f = seen @ WF.T
    h = torch.sigmoid(torch.addmm(bm, f * f, WM.T))
    r = torch.addmm(b, f * (h @ WM), WF)
    return 0.5 * ((r - clean) ** 2).sum() / len(clean)


def run(steps):
    loss = torch.zeros(())
    for _ in range(steps):
        clean = images[torch.randperm(IMAGES)[:BATCH]]
        seen = clean * (torch.rand_like(clean) >= LEVEL)
        loss = loss_of(clean, seen)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


if __name__ == "__main__":
    converse(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", run)
