"""The protocol of a peer: it prints its version, then times a run for each line of its input."""

import sys
import time


def serve(version, run):
    """Answers each line with what run() returns, if anything, and the seconds that it took."""
    print("version", version, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        outcome = run()
        seconds = time.perf_counter() - start
        if outcome is not None:
            print("outcome", outcome)
        print("seconds", seconds, flush=True)
