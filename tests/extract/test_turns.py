"""Whoever is most urgent goes first, however long the others have waited."""

import threading
import time

from extract.limits import Pacer
from extract.turns import LEISURE, NOW, Turns


def test_the_most_urgent_goes_first_and_leisure_last() -> None:
    slots = threading.Semaphore(0)
    turns = Turns(lambda: slots.acquire(blocking=False))
    gone: list[float] = []
    went = threading.Semaphore(0)

    def ask(urgency: float) -> None:
        turns.wait(urgency)
        gone.append(urgency)
        went.release()

    asking = [threading.Thread(target=ask, args=(urgency,)) for urgency in (LEISURE, 2, NOW, 7)]
    for thread in asking:
        thread.start()
        time.sleep(0.02)
    assert turns.crowded
    for _ in asking:
        slots.release()
        assert went.acquire(timeout=10)
    assert gone == [NOW, 7, 2, LEISURE]
    assert not turns.crowded


def test_half_of_the_interval_goes_out_at_once_and_the_rest_is_spread() -> None:
    pacer = Pacer(share=1, searches_per_second=5)
    pacer.learn({"x-hubspot-ratelimit-max": "20", "x-hubspot-ratelimit-interval-milliseconds": "2000"})
    gone = []
    for _ in range(16):
        with pacer.turn(search=False):
            gone.append(time.monotonic())
    assert gone[-1] - gone[9] > 5 * 0.09 - 0.01
    assert gone[-1] - gone[9] > gone[9] - gone[0]


def test_what_others_use_holds_us_back_for_a_moment() -> None:
    pacer = Pacer(share=1, searches_per_second=5)
    stated = {"x-hubspot-ratelimit-max": "100", "x-hubspot-ratelimit-interval-milliseconds": "1000"}
    pacer.learn(stated | {"x-hubspot-ratelimit-remaining": "0"})
    began = time.monotonic()
    with pacer.turn(search=False):
        assert time.monotonic() - began > 0.2
        pacer.learn(stated | {"x-hubspot-ratelimit-remaining": "50"})
        began = time.monotonic()
        with pacer.turn(search=False):
            assert time.monotonic() - began < 0.2
