"""Arm faults.c, in a process before whose C library it was loaded."""

import ctypes
import os


def arm_faults(log: str, place: str, first: int, error: int, kinds: int) -> None:
    """Let calls of this process fail from now on; see `campaigns.commands.Fault`."""
    arm = ctypes.CDLL(None).arm_faults
    arm(os.fsencode(log), os.fsencode(place), ctypes.c_long(first), error, kinds)


def end_faults() -> None:
    """Let no more calls fail."""
    ctypes.CDLL(None).arm_faults(None, None, ctypes.c_long(0), 0, 0)
