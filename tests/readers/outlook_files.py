"""Outlook messages made on the fly: a compound file (MS-CFB) of properties (MS-OXMSG)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

Tree = dict[str, "bytes | Tree"]
_END, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
_SECTOR, _SMALL = 512, 64


def compound(path: Path, tree: Tree) -> Path:
    """A file of streams (bytes) and storages (dictionaries), all below 4096 bytes a stream
    kept in the small stream, larger ones in sectors of their own."""
    entries: list[tuple[str, int, int, int, bytes]] = [("Root Entry", 5, _NONE, _NONE, b"")]

    def put(inside: Tree) -> int:
        """The entries of one storage, each the right neighbour of the one before."""
        follower = _NONE
        for name, content in reversed(inside.items()):
            child = put(content) if isinstance(content, dict) else _NONE
            kind, data = (1, b"") if isinstance(content, dict) else (2, content)
            entries.append((name, kind, follower, child, data))
            follower = len(entries) - 1
        return follower

    first = put(tree)
    entries[0] = ("Root Entry", 5, _NONE, first, b"")
    small, small_fat, sectors, fat = b"", [], b"", []

    def chain(data: bytes) -> int:
        """Put into sectors; the number of the first."""
        nonlocal sectors
        if not data:
            return _END
        start, count = len(fat), -(-len(data) // _SECTOR)
        sectors += data.ljust(count * _SECTOR, b"\0")
        fat.extend([*range(start + 1, start + count), _END])
        return start

    placed: list[tuple[int, int]] = []
    for *_, data in entries:
        if not data:
            placed.append((_END, 0))
        elif len(data) < 4096:
            start, count = len(small_fat), -(-len(data) // _SMALL)
            small += data.ljust(count * _SMALL, b"\0")
            small_fat.extend([*range(start + 1, start + count), _END])
            placed.append((start, len(data)))
        else:
            placed.append((chain(data), len(data)))
    placed[0] = (chain(small), len(small))
    small_start = chain(struct.pack(f"<{len(small_fat)}L", *small_fat)) if small_fat else _END
    directory = b""
    for (name, kind, right, child, _), (start, size) in zip(entries, placed, strict=True):
        coded = (name + "\0").encode("utf-16-le")
        directory += (
            coded.ljust(64, b"\0")
            + struct.pack("<HBBLLL", len(coded), kind, 1, _NONE, right, child)
            + bytes(36)
            + struct.pack("<LQ", start, size)
        )
    spare = -len(entries) % 4
    directory_start = chain(
        directory + (bytes(68) + struct.pack("<LLL", *[_NONE] * 3) + bytes(48)) * spare
    )
    fat_sectors = 1
    while len(fat) + fat_sectors > fat_sectors * 128:
        fat_sectors += 1
    fat_start = len(fat)
    fat += [0xFFFFFFFD] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xLLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors,
                        directory_start, 0, 4096, small_start, -(-len(small_fat) // 128),
                        _END, 0, 0)[:-4]  # fmt: skip
    listed = [*range(fat_start, fat_start + fat_sectors)]
    head += struct.pack("<109L", *listed, *[_FREE] * (109 - len(listed)))
    path.write_bytes(head + sectors + struct.pack(f"<{len(fat)}L", *fat))
    return path


def _properties(head: bytes, values: dict[int, str | bytes | int | float]) -> Tree:
    """Streams of one object; a number is an integer, a float a time in seconds since 1601."""
    streams: Tree = {}
    listed = head
    for number, value in values.items():
        if isinstance(value, float):
            listed += struct.pack("<HHLQ", 0x40, number, 6, int(value * 10_000_000))
            continue
        if isinstance(value, int):
            listed += struct.pack("<HHLQ", 0x3, number, 6, value)
            continue
        kind = 0x1F if isinstance(value, str) else 0x102
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        listed += struct.pack("<HHLQ", kind, number, 6, len(data))
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    return {"__properties_version1.0": listed, **streams}


def outlook(
    values: dict[int, str | bytes | int | float],
    people: Sequence[str] = (),
    files: Sequence[tuple[str, bytes | Tree | None]] = (),
    inside: bool = False,
) -> Tree:
    """A message; ``files`` are bytes, another message, or ``None`` for a link alone."""
    head = struct.pack("<8x4L", len(people), len(files), len(people), len(files))
    tree = _properties(head + (b"" if inside else bytes(8)), values)
    for number, name in enumerate(people):
        tree[f"__recip_version1.0_#{number:08X}"] = _properties(bytes(8), {0x3001: name})
    for number, (name, content) in enumerate(files):
        given: dict[int, str | bytes | int | float] = {0x3705: 7 if content is None else 1}
        if name:
            given[0x3707] = name
        if isinstance(content, bytes):
            given[0x3701] = content
        storage = _properties(bytes(8), given)
        if isinstance(content, dict):
            storage["__substg1.0_3701000D"] = content
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree
