"""What the parent asks of the child process, and what it hears."""

import msgspec

MIB = 1 << 20


class Task(msgspec.Struct):
    """A file of a `family` to read, and the folder to write `original` and `<width>.webp` into."""

    path: str
    family: str
    folder: str
    widths: tuple[int, ...]
    pixels: int = 80_000_000
    frames: int = 300
    frame_pixels: int = 250_000_000
    memory_bytes: int = 1100 * MIB
    cpu_seconds: int = 25
    wall_seconds: int = 45
    output_bytes: int = 256 * MIB


class Outcome(msgspec.Struct):
    """`extension` is that of the picture made anew, "" where the original stays; `width` 0 is a refusal."""

    width: int = 0
    height: int = 0
    extension: str = ""
    widths: tuple[int, ...] = ()
