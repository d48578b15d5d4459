"""The output folder: one build at a time, work in scratch, and the site exchanged in one move."""

from __future__ import annotations

import ctypes
import fcntl
import filecmp
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import UserError
from publish.seal import STORE

SCRATCH = ".building-"
"""How the names of scratch folders begin."""

SWAP = 2
CURRENT_FOLDER = -100
"""The numbers of RENAME_EXCHANGE (RENAME_SWAP on macOS) and AT_FDCWD."""

Say = Callable[[str], None]


def silent(line: str) -> None:
    """Takes a line for the user and says nothing."""


@contextmanager
def only_build(output: Path, say: Say = silent) -> Iterator[None]:
    """Wait for other builds in this folder, keep them out, then clear what dead ones left.

    The lock ends with the process, however that ends.

    Raises:
        UserError: the folder cannot be written.
    """
    try:
        (output / STORE).mkdir(parents=True, exist_ok=True)
        lock = (output / STORE / "lock").open("a")
    except OSError as error:
        raise cannot_write(output, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another build of {output} is running; waiting for it to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        clear_abandoned(output)
        yield


@contextmanager
def scratch_folder(output: Path) -> Iterator[Path]:
    """A folder beside the site, so that a finished site can be moved; removed at the end.

    Raises:
        UserError: the output folder cannot be written, or not to the end.
    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=output))
    except OSError as error:
        raise cannot_write(output, error) from None
    try:
        yield scratch
    except OSError as error:
        raise cannot_write(Path(error.filename or output), error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def cannot_write(place: Path, error: OSError) -> UserError:
    """A user's mistake or misfortune, in one line."""
    return UserError(
        f"{place}: cannot be written: {error.strerror}; make room or choose another folder "
        "(--output)"
    )


def clear_abandoned(output: Path) -> None:
    """Remove the scratch folders of builds that were killed; the caller is the only build.

    One killed between two moves has the old site set aside: that goes back first.
    """
    for folder in output.glob(f"{SCRATCH}*"):
        if (folder / "old").exists() and not (output / "site").exists():
            (folder / "old").rename(output / "site")
        shutil.rmtree(folder, ignore_errors=True)


def link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it, with its times, where links are not possible."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def adopt(made: Path, site: Path) -> bool:
    """Let files of ``made`` that are byte for byte those of ``site`` be the same files.

    Returns:
        Whether ``site`` has nothing else, so that it can stay as it is.
    """
    same = True
    for path in [path for path in made.rglob("*") if path.is_file()]:
        old = site / path.relative_to(made)
        if not old.is_file() or old.is_symlink():
            same = False
        elif not path.samefile(old):
            if filecmp.cmp(path, old, shallow=False):
                link(old, path)
            else:
                same = False
    return same and names(made) == names(site)


def names(folder: Path) -> set[Path]:
    """The paths of everything below a folder."""
    return {path.relative_to(folder) for path in folder.rglob("*")}


def require_place(site: Path) -> None:
    """Refuse a place at which no site can be put, before anything is made for it.

    Raises:
        UserError: it is a file, or a link that leads to one, to nowhere, or to a folder of files
            that no build made, which would be lost.
    """
    real = Path(os.path.realpath(site))
    leads = f" leads to {real}, which" if site.is_symlink() else ""
    if real.exists() and not real.is_dir():
        raise UserError(f"{site}:{leads} is a file; the site is a folder: move the file away")
    if not site.is_symlink():
        return
    if not real.exists() and not real.parent.is_dir():
        raise UserError(f"{site}:{leads} is not there; make that folder, or remove the link")
    if real.is_dir() and any(real.iterdir()) and not (real / "site.json").is_file():
        raise UserError(
            f"{site}:{leads} holds files that no build has made and that the site would replace; "
            "let the link lead to an empty folder"
        )


def put_in_place(made: Path, site: Path, aside: Path) -> None:
    """Make ``made`` the site; unchanged files stay the same files.

    The two folders change places in one step of the file system. Where it has no such step the old
    site is first moved ``aside``, and comes back if the next move fails.
    """
    if site.is_symlink():
        put_behind(made, Path(os.path.realpath(site)))
        return
    if not site.exists():
        made.rename(site)
        return
    if adopt(made, site) or exchange(made, site):
        return
    site.rename(aside)
    try:
        made.rename(site)
    except BaseException:
        with suppress(FileNotFoundError):
            aside.rename(site)
        raise


def put_behind(made: Path, real: Path) -> None:
    """Make ``made`` the folder ``real``, which may be on another disk.

    It is copied next to that folder and put in its place; where nothing can be made next to it, or
    a disk begins there, file by file, pages last.
    """
    try:
        beside = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=real.parent))
    except OSError:
        fill(made, real)
        return
    try:
        copied = beside / "site"
        shutil.copytree(made, copied)
        try:
            put_in_place(copied, real, beside / "old")
        except OSError:
            fill(made, real)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def fill(made: Path, real: Path) -> None:
    """Make the content of a folder that of ``made``, each file at once, pages last."""
    paths = sorted(names(made), key=lambda path: (path.suffix == ".html", path))
    real.mkdir(exist_ok=True)
    for path in paths:
        if (made / path).is_dir():
            (real / path).mkdir(parents=True, exist_ok=True)
    for path in paths:
        same = (real / path).is_file() and filecmp.cmp(made / path, real / path, shallow=False)
        if (made / path).is_file() and not same:
            write_whole(real / path, (made / path).read_bytes())
            (real / path).chmod(0o644)
    for path in sorted(names(real) - {*paths}, reverse=True):
        if (real / path).is_dir() and not (real / path).is_symlink():
            (real / path).rmdir()
        else:
            (real / path).unlink()


def exchange(first: Path, second: Path) -> bool:
    """Let two folders change places at once; False where system or disk cannot do that."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        one, two = os.fsencode(first), os.fsencode(second)
        if sys.platform == "darwin":
            return bool(library.renamex_np(one, two, SWAP) == 0)
        return bool(library.renameat2(CURRENT_FOLDER, one, CURRENT_FOLDER, two, SWAP) == 0)
    except (OSError, AttributeError):
        return False


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is never seen half written."""
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
