"""Memory of processes. Linux only."""

from pathlib import Path

from grobunn.config.bench.cpu import descendants

_KIB = 1024


def largest_resident(pid: int) -> int:
    """Resident bytes of the largest of a process and its children, files that it maps into memory included."""
    return max(map(_resident, {pid, *descendants(pid)}))


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(found[0]) * _KIB if found else 0
