"""The worker: takes jobs out of the database and runs them, several side by side in threads."""

import asyncio
import signal
from pathlib import Path

from procrastinate.contrib.django import app
from procrastinate.jobs import DeleteJobCondition

from grobunn.config.parts import WORKER_STOP_SECONDS

# A worker says every ten seconds that it lives; one that has said nothing for thirty is taken for dead, and the jobs
# that it held are put back (jobs.put_back_stalled).
HEARTBEAT_SECONDS = 10.0
SILENCE_SECONDS = 30.0


def run(*, concurrency: int, ready_file: Path | None = None) -> bool:
    """Run jobs until SIGTERM or SIGINT; a job under way may finish. Jobs done are removed, failed ones are kept.

    Returns: False if the worker ended by itself, having lost the database.
    """
    return asyncio.run(_run(concurrency, ready_file))


async def _run(concurrency: int, ready_file: Path | None) -> bool:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            work = asyncio.create_task(
                worker_app.run_worker_async(
                    concurrency=concurrency,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                    shutdown_graceful_timeout=WORKER_STOP_SECONDS,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=SILENCE_SECONDS,
                    install_signal_handlers=False,
                )
            )
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, work.cancel)  # Which lets jobs finish.
            if ready_file is not None:
                ready_file.touch()
            await asyncio.wait([work])
    return work.cancelled()
