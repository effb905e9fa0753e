#!/bin/sh
# Writes the lists of locked packages anew: exact versions with hashes, for every Python from 3.11 and every platform,
# without the address of any package index.
set -eu
lock() {
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"
}
lock pyproject.toml --group build -o requirements/runtime.txt
lock --group dev -c requirements/runtime.txt -o requirements/dev.txt
lock --group node -o requirements/node.txt
