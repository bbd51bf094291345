"""A process whose clock can be put forward and back while it runs; nobody else's is touched."""

import os
import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

# Laid over the C library's: everything in the process that asks for the time gets the shifted one.
OVER_LIBC = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

static volatile long *shift;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("CLOCK_SHIFT");
    int opened = file ? open(file, O_RDONLY) : -1;
    void *seen = opened < 0 ? MAP_FAILED : mmap(0, sizeof(long), PROT_READ, MAP_SHARED, opened, 0);
    if (seen != MAP_FAILED) shift = seen;
}

int clock_gettime(clockid_t which, struct timespec *told) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, told);
    if (!failed && shift && which == CLOCK_REALTIME) told->tv_sec += *shift;
    return failed;
}

time_t time(time_t *told) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (told) *told = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict told, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    told->tv_sec = now.tv_sec;
    told->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""


@dataclass(frozen=True)
class Clock:
    """`settings` go into a process's environment; `jump` works at once, in the midst of whatever it does."""

    file: Path
    library: Path

    @property
    def settings(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "CLOCK_SHIFT": str(self.file)}

    def jump(self, seconds: float) -> None:
        """Be so much ahead of the real time from now on; less than nothing: behind."""
        with self.file.open("r+b") as shared:
            shared.write(struct.pack("l", int(seconds)))


def own_clock(folder: Path) -> Clock:
    """A clock that shows the real time until it jumps. Without a C compiler a laptop skips, loudly."""
    compiler = shutil.which("cc")
    if compiler is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no C compiler `cc`: no clock was moved.")
        pytest.skip("There is no C compiler `cc` here: NO CLOCK WAS MOVED.")
    source, clock = folder / "clock.c", Clock(folder / "shift", folder / "clock.so")
    source.write_text(OVER_LIBC, encoding="utf-8")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(clock.library), str(source), "-ldl"], check=True
    )
    clock.file.write_bytes(struct.pack("l", 0))
    return clock
