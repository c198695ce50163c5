"""Why this file exists: libraries that write files write into this; what they wrote is sent at once, piece by piece.

It cannot go back, so what writes into it must not need to; nothing that was handed on is kept.
"""


class Pieces:
    """A file that is only written; `taken` hands on what was written since."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._told = 0
        self.waiting = 0

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take some bytes; a copy, since writers use their buffers again."""
        piece = bytes(data)
        self._pieces.append(piece)
        self._told += len(piece)
        self.waiting += len(piece)
        return len(piece)

    def tell(self) -> int:
        """Return how many bytes were written from the beginning."""
        return self._told

    def flush(self) -> None:
        """Keep nothing back: everything written is waiting already."""

    def close(self) -> None:
        """Keep what waits, so that it can still be taken."""

    def taken(self) -> bytes:
        """Return what was written since, and forget it."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        self.waiting = 0
        return found
