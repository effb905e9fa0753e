"""The worker: takes jobs out of the database and runs them, several side by side in threads."""

import asyncio
import signal
from pathlib import Path

from procrastinate import App
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.jobs import DeleteJobCondition

from grobunn.config.parts import WORKER_STOP_SECONDS
from grobunn.kernel.jobs import ask_to_stop

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
    own_app = worker_app()
    async with own_app.open_async():
        work = asyncio.create_task(
            own_app.run_worker_async(
                concurrency=concurrency,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                shutdown_graceful_timeout=WORKER_STOP_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENCE_SECONDS,
                install_signal_handlers=False,
            )
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, work)
        if ready_file is not None:
            ready_file.touch()
        await asyncio.wait([work])
    return work.cancelled()


def _stop(work: "asyncio.Task[None]") -> None:
    ask_to_stop()
    work.cancel()  # Which lets jobs finish.


def worker_app() -> App:
    """The worker's own face to the job tables, with connections of its own.

    Procrastinate would rather have the one app's connector replaced. Then, though, what a job itself asks for
    (`kernel.jobs.defer`, every event) would be written on the worker's connection, at once and whatever became of the
    job's transaction. So jobs keep Django's connection, and the worker has its own.
    """
    worker_app = DjangoApp(
        connector=app.connector.get_worker_connector(),  # type: ignore[attr-defined]
        periodic_defaults=app.periodic_defaults,
    )
    worker_app.tasks = app.tasks
    worker_app.periodic_registry = app.periodic_registry
    return worker_app
