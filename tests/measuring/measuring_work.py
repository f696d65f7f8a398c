"""Work of every kind, for a watcher to see. Standard library only: processes start with it."""

import os
import time


def work(number: int) -> None:
    """Do what the number asks for."""
    match number:
        case 1:
            raise ValueError("an odd page")
        case 2:
            while True:
                pass
        case 3:
            time.sleep(60)
        case 4:
            assert bytearray(b"x") * (150 << 20)
        case 5:
            os._exit(9)


def swell_slowly(_: int) -> None:
    """Take memory and stay with it, so that the answer never says how much."""
    held = bytearray(b"x") * (150 << 20)
    time.sleep(len(held))
