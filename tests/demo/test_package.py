"""The npm package of the demo: one version, known by its hash, from nowhere in particular."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[2] / "demo"
NAME = "local-slack-linux-x64"


def read_json(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DEMO / name).read_text(encoding="utf-8"))
    return read


def test_one_exact_version() -> None:
    """The one package is wanted in one version, and only where it runs: npm passes it over elsewhere."""
    package = read_json("package.json")
    assert package["private"] is True
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["optionalDependencies"][NAME])
    assert len(package["optionalDependencies"]) == 1
    assert not {"dependencies", "devDependencies", "scripts"} & set(package)


def test_lock_holds_its_hash() -> None:
    """The lock holds the wanted version of that package, with its SHA-512, and no other package."""
    packages = read_json("package-lock.json")["packages"]
    assert set(packages) == {"", f"node_modules/{NAME}"}
    locked = packages[f"node_modules/{NAME}"]
    assert packages[""]["optionalDependencies"] == {NAME: locked["version"]}
    assert locked["version"] == read_json("package.json")["optionalDependencies"][NAME]
    algorithm, _, digest = locked["integrity"].partition("-")
    assert algorithm == "sha512"
    assert len(base64.b64decode(digest, validate=True)) == 64


def test_no_address() -> None:
    """Neither file names an address to fetch from."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        assert not re.search(r"://|resolved\"|registry=\S*[./]", (DEMO / name).read_text(encoding="utf-8")), (
            name
        )


def test_npm_is_told_to_keep_it_so() -> None:
    """npm writes no address into the lock, and runs no script of a package."""
    told = (DEMO / ".npmrc").read_text(encoding="utf-8").split()
    assert {"omit-lockfile-registry-resolved=true", "ignore-scripts=true"} <= set(told)
