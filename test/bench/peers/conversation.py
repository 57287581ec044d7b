"""How a peer speaks with `npm run bench -- peers`: one JSON line when ready, then for each line "STEPS" of stdin one line
of stdout, the milliseconds that so many steps took."""

import json
import sys
import time


def converse(peer, run):
    """peer: what computes, in words. run(steps): takes that many steps and returns the loss of the last."""
    print(json.dumps({"peer": peer}), flush=True)
    for line in sys.stdin:
        steps = int(line)
        began = time.perf_counter()
        loss = run(steps)
        milliseconds = (time.perf_counter() - began) * 1000
        print(json.dumps({"milliseconds": milliseconds, "loss": float(loss)}), flush=True)
