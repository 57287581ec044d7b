"""The benchmarked training step in numpy, its gradients by hand and its products in place: a covariance auto-encoder
r = W_F^T (f * W_M^T s(W_M f^2 + b_m)) + b, f = W_F x, with mask 0.3, squared error and momentum SGD."""

import numpy as np

from conversation import converse

PIXELS, FACTORS, MAPPINGS, BATCH, IMAGES = 784, 512, 256, 100, 1000
LEVEL, RATE, MOMENTUM = 0.3, 0.01, 0.9

rng = np.random.default_rng(1)
images = rng.random((IMAGES, PIXELS), dtype=np.float32)


def start():
    """Weights of a fresh model and their velocities."""
    weights = {
        "WF": 0.01 * rng.standard_normal((FACTORS, PIXELS), dtype=np.float32),
        "WM": 0.01 * rng.standard_normal((MAPPINGS, FACTORS), dtype=np.float32),
        "bm": np.zeros(MAPPINGS, np.float32),
        "b": images.mean(axis=0),
    }
    return weights, {name: np.zeros_like(w) for name, w in weights.items()}


def gradients(w, clean, seen):
    """(loss, gradients by name) of J = mean over the batch of |r - clean|^2 / 2."""
    f = seen @ w["WF"].T
    squared = f * f
    h = squared @ w["WM"].T
    h += w["bm"]
    np.negative(h, out=h)
    np.exp(h, out=h)
    h += 1
    np.reciprocal(h, out=h)
    p = h @ w["WM"]
    decoded = f * p
    error = decoded @ w["WF"]
    error += w["b"]
    error -= clean
    loss = 0.5 * np.vdot(error, error) / len(clean)
    error /= len(clean)
    back = error @ w["WF"].T
    d_p = back * f
    d_h = d_p @ w["WM"].T
    d_h *= h * (1 - h)
    d_f = d_h @ w["WM"]
    d_f *= 2 * f
    d_f += back * p
    # Both parts of the gradient by one product: the encoder's and the decoder's operands one below the other.
    g_f = np.concatenate([d_f, decoded]).T @ np.concatenate([seen, error])
    g_m = np.concatenate([d_h, h]).T @ np.concatenate([squared, d_p])
    return loss, {"WF": g_f, "WM": g_m, "bm": d_h.sum(axis=0), "b": error.sum(axis=0)}


weights, velocity = start()


def run(steps):
    loss = 0.0
    for _ in range(steps):
        clean = images[rng.permutation(IMAGES)[:BATCH]]
        seen = clean * (rng.random(clean.shape, dtype=np.float32) >= LEVEL)
        loss, slopes = gradients(weights, clean, seen)
        for name, slope in slopes.items():
            slope *= RATE
            velocity[name] *= MOMENTUM
            velocity[name] -= slope
            weights[name] += velocity[name]
    return loss


if __name__ == "__main__":
    converse(f"numpy {np.__version__}", run)
