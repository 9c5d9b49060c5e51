"""Whether a path lies on a network share, where SQLite's locks cannot be trusted."""

from __future__ import annotations

import sys
from pathlib import Path

_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "davfs"}
_REMOTE_DRIVE = 4


def is_network_share(path: Path) -> bool:
    """Tell whether the path lies on a network share, as far as the system tells."""
    where = path.absolute()
    if sys.platform == "win32":
        return _remote_on_windows(where)
    mounts = Path("/proc/mounts")
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        return False
    return file_system(where.resolve(), lines) in _SHARES


def file_system(path: Path, mounts: list[str]) -> str:
    """Return the type of the file system that holds the path, from the lines of /proc/mounts."""
    found, kind = Path("/"), ""
    for line in mounts:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(mounted) and len(mounted.parts) >= len(found.parts):
            found, kind = mounted, fields[2]
    return kind


def _remote_on_windows(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes  # noqa: PLC0415 - only this system asks so

    kind: int = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")  # type: ignore[attr-defined,unused-ignore]  # exists on Windows only
    return kind == _REMOTE_DRIVE
