"""Emulates a terminal for a command, for Show-MnistImage.Tests.ps1: runs it on a pseudo-terminal of 100 columns, answers its question as a kind of terminal
does, and prints all that it has shown as JSON.

python3 terminal.py <kind> <command> <arguments>

Kinds: kitty, sixel, forty-two (an attribute in which there is a 4), silent, late (half a second), typist (keys before the question and among the answers).
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

QUESTION = b"\x1b[c"
KITTY = [b"\x1b_Gi=31;OK\x1b\\", b"\x1b[6;20;10t", b"\x1b[?62;22c"]
ANSWERS = {
    "kitty": KITTY,
    "sixel": [b"\x1b[6;18;9t", b"\x1b[?62;4;22c"],
    "forty-two": [b"\x1b[?62;42;22c"],
    "silent": [],
    "late": KITTY,
    # Pieces end in the middle of an answer.
    "typist": [b"c\x1b_Gi=31", b";OK\x1b", b"\\d\x1b[6;20;10t\x1b[?6", b"2;22ce"],
}

kind, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)

fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 1000, 800))
if kind == "typist":
    os.write(terminal, b"ab")

shown, asked, end = b"", 0, time.monotonic() + 60
while time.monotonic() < end:
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
        if asked == 0 and QUESTION in shown:
            if kind == "late":
                time.sleep(0.5)
            for answer in ANSWERS[kind]:
                os.write(terminal, answer)
                time.sleep(0.02)
        asked = shown.count(QUESTION)

os.close(terminal)
os.waitpid(child, 0)
print(json.dumps({"shown": shown.decode("utf-8", "replace"), "asked": asked}))
