"""A 7z file -> its members into a Sink, by py7zr."""

from __future__ import annotations

from pathlib import Path

from transforms.archives.sink import ArchiveRefusedError, Sink, Writer, is_nobodys

LIBRARY = "py7zr"


class _Output:
    """What py7zr writes one member to."""

    def __init__(self, sink: Sink, writer: Writer | None) -> None:
        self._sink = sink
        self._writer = writer  # none for a member that nobody wants
        self._size = 0

    def write(self, block: bytes | bytearray) -> int:
        self._size += len(block)
        if self._writer is None:
            self._sink.count(len(block))
        else:
            self._writer.write(bytes(block))
        return len(block)

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - nothing is read back
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self._size

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Outputs:
    """What py7zr asks where a member goes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def create(self, filename: str) -> _Output:
        wanted = not is_nobodys(filename)
        return _Output(self._sink, self._sink.writer(filename) if wanted else None)


def take_sevenzip(path: Path, sink: Sink) -> None:
    """Take all members. Raises FullError, ArchiveRefusedError: `encrypted`, `damaged`."""
    import py7zr  # noqa: PLC0415 - only in the process that opens archives

    try:
        with py7zr.SevenZipFile(path) as archive:
            if archive.needs_password():
                raise ArchiveRefusedError("encrypted")
            archive.extractall(factory=_Outputs(sink))
    except py7zr.PasswordRequired as error:
        raise ArchiveRefusedError("encrypted") from error
    except (py7zr.exceptions.ArchiveError, py7zr.exceptions.AbsolutePathError) as error:
        sink.spoil_last()  # a checksum is looked at when the member is written
        raise ArchiveRefusedError("damaged", error=str(error) or type(error).__name__) from error
    except Exception:
        sink.spoil_last()
        raise
