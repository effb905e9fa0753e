"""The benchmark with tens of rows: it measures every page, in a folder of its own, and puts everything away."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grobunn.config.bench.folder import DEMONSTRATION, write_mark
from tests.processes.conftest import PATIENCE_SECONDS, SOURCES, Prepared, descendants_of, eventually, is_alive

QUICK = ("--ideas", "60", "--visits", "2", "--clients", "2")


def bench_folder(demonstrated: Prepared) -> Path:
    """A folder as a benchmark of the demonstration alone keeps it: the next one goes on from there."""
    kept = demonstrated("bench")
    write_mark(kept, DEMONSTRATION)
    return kept


@pytest.fixture(scope="module")
def folder(demonstrated: Prepared) -> Path:
    return bench_folder(demonstrated)


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment of somebody with an installation of their own, whose database is elsewhere and is away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(SOURCES),
        "DATA_DIR": str(tmp_path / "own"),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/own",
        "GROBUNN_DEMO": "true",
        "TMPDIR": str(tmp_path),
        "GROBUNN_WEB_WORKERS": "1",
        **more,
    }


def bench(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grobunn.config", "bench", *arguments],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=4 * PATIENCE_SECONDS,
    )


def test_bench_web_measures_every_page_and_touches_no_installation(folder: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"

    done = bench(tmp_path, "web", *QUICK, "--keep", str(folder), "--json", str(figures))

    assert done.returncode == 0, done.stderr
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["loop_seconds"] > 0
    assert {(page["page"], page["visitor"]) for page in told["pages"]} >= {
        ("front", "anonymous"),
        ("intake", "anonymous"),
        ("submit", "anonymous"),
        ("similar", "anonymous"),
        ("thread by receipt", "anonymous"),
        ("thread", "employee"),
        ("list", "employee"),
        ("queue", "adviser"),
        ("search", "anonymous"),
        ("API list", "adviser"),
        ("API similar", "anonymous"),
    }
    assert [page["page"] for page in told["pages"] if page["web_cpu_ms"] <= 0] == []
    assert [page["page"] for page in told["pages"] if page["visits"] != 2] == []
    assert told["ideas"] == 60
    assert told["documents"] > 60
    assert told["first_visit"]["bytes"] == sum(told["first_visit"]["parts"].values())
    assert "/trondheim/ny" in told["first_visit"]["parts"]
    assert not (tmp_path / "own").exists()


def test_bench_web_uses_a_kept_folder_again_for_as_many_ideas_only(folder: Path, tmp_path: Path) -> None:
    other = bench(tmp_path, "web", "--ideas", "70", "--keep", str(folder))
    again = bench(tmp_path, "web", *QUICK, "--only", "front", "--keep", str(folder))

    assert other.returncode == 1
    assert "holds 60 ideas" in other.stderr
    assert again.returncode == 0, again.stderr
    assert "The demonstration" not in again.stdout
    assert "First visit of the intake" in again.stdout


def test_bench_import_keeps_every_row(folder: Path, tmp_path: Path) -> None:
    done = bench(tmp_path, "import", "--rows", "40", "--keep", str(folder))

    assert done.returncode == 0, done.stderr
    assert "40 rows in" in done.stdout


def test_bench_juries_measures_a_panel_and_what_its_results_recover(folder: Path, tmp_path: Path) -> None:
    done = bench(
        tmp_path, "juries", "--entries", "40", "--jurors", "8", "--reviews", "3", "--visits", "1", "--keep", str(folder)
    )

    assert done.returncode == 0, done.stderr
    assert "360 figures" in done.stdout
    assert "scoring form" in done.stdout
    assert "Kendall's tau" in done.stdout


def test_bench_search_makes_an_index_asks_and_finds_what_is_new(demonstrated: Prepared, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"

    done = bench(
        tmp_path, "search", "--documents", "80", "--questions", "2", "--clients", "2", "--new-ideas", "2",
        "--keep", str(bench_folder(demonstrated)), "--json", str(figures),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["loop_seconds"] > 0
    assert {question["question"] for question in told["questions"]} >= {"search", "suggest", "similar"}
    assert [question for question in told["questions"] if question["web_cpu_ms"] <= 0] == []
    assert told["indexing"]["documents"] > 80
    assert told["indexing"]["bytes"] > 0
    assert told["web_resident_bytes"] > 0
    assert told["freshness"]["ideas"] == 2
    assert "New ideas were found after" in done.stdout


def test_bench_refuses_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    somebodys = tmp_path / "somebodys"
    somebodys.mkdir()
    (somebodys / "secret_key").write_text("theirs", encoding="utf-8")

    refused = bench(tmp_path, "web", "--keep", str(somebodys))

    assert refused.returncode == 1
    assert "did not make" in refused.stderr
    assert [path.name for path in somebodys.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_bench_told_to_stop_puts_everything_away(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "grobunn.config", "bench", "web", *QUICK],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    database_runs = eventually(lambda: list(tmp_path.glob("grobunn-bench-*/postgresql/postmaster.pid")) != [])
    started = descendants_of(process.pid)

    process.send_signal(number)
    process.communicate(timeout=PATIENCE_SECONDS)

    assert database_runs
    assert started
    assert [pid for pid in started if is_alive(pid)] == []
    assert list(tmp_path.glob("grobunn-bench-*")) == []
