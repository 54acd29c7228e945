"""The server of an installation (drift): answers on one address, with the worker of its background jobs beside it."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from multiprocessing.process import BaseProcess
from typing import Any

from flask import Flask
from sqlalchemy.engine import make_url
from waitress.server import create_server

from jobcenter_mentor import VERSION
from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings
from jobcenter_mentor.platform import logs
from jobcenter_mentor.platform.database.db import db, reading
from jobcenter_mentor.platform.database.schema import NO_TABLES, fault, found_revision
from jobcenter_mentor.platform.jobs import worker
from jobcenter_mentor.settings import sqlite_file

log = logging.getLogger(__name__)

UNIX_SOCKET = "unix:"
"""How a host begins that is a Unix socket; the path follows."""


def serve(config: Config, host: str, port: int, threads: int = 8) -> None:
    """Serve the app until it is stopped. Raises UnsafeSettings for tables of another version and an address taken.

    Who is behind a proxy is the app's own matter (`web.proxies`), so waitress leaves the headers as they are.
    """
    app = create_app(config)
    schema = refuse_other_tables(app)
    place: dict[str, Any] = {"host": host, "port": port}
    if host.startswith(UNIX_SOCKET):
        place = {"unix_socket": host.removeprefix(UNIX_SOCKET), "unix_socket_perms": "660"}
    else:
        refuse_taken(host, port)
    server = create_server(app, threads=threads, clear_untrusted_proxy_headers=False, ident=None, **place)
    stopping = threading.Event()
    keeper = threading.Thread(target=keep_alive, args=(lambda: spawned(_work, config), stopping), daemon=True)
    keeper.start()
    log.info(start_line(app, host if "unix_socket" in place else f"http://{host}:{port}", schema))
    try:
        server.run()
    finally:
        stopping.set()
        keeper.join(5)


def keep_alive(start: Callable[[], BaseProcess], stopping: threading.Event, pause: float = 2) -> None:
    """Start a process, and start it again whenever it ends, until `stopping` is set; then end it too."""
    while not stopping.is_set():
        process = start()
        while process.is_alive() and not stopping.wait(0.5):
            pass
        if stopping.is_set():
            process.terminate()
        else:
            log.error("The worker stopped (exit code %s) and is started again", process.exitcode)
            stopping.wait(pause)


def spawned(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Start a process of its own that ends with this one."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def refuse_taken(host: str, port: int) -> None:
    """Raise UnsafeSettings, naming the port, where it is taken, out of range or not ours to have."""
    how = "Vælg en anden med --port, eller stop det program, der bruger den."
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError as error:
        raise UnsafeSettings(f"Port {port} må kun bruges af systemets administrator. {how}") from error
    except OverflowError as error:
        raise UnsafeSettings(f"Port {port} findes ikke. Vælg et tal mellem 1 og 65535 med --port.") from error
    except socket.gaierror as error:
        raise UnsafeSettings(f"Værten {host} findes ikke på denne maskine. Ret --host.") from error
    except OSError as error:
        raise UnsafeSettings(f"Port {port} på {host} er optaget. {how}") from error


def refuse_other_tables(app: Flask) -> str:
    """Return the version of the database's tables.

    Raises UnsafeSettings, naming the command, for tables of another version than this program's or without guards.
    """
    with app.app_context():
        file = sqlite_file(str(db.engine.url))
        if file is not None and not file.exists():
            raise UnsafeSettings(NO_TABLES)
        with reading() as session:
            connection = session.connection()
            found, wrong = found_revision(connection), fault(connection)
    if wrong:
        raise UnsafeSettings(wrong)
    return found


def start_line(app: Flask, address: str, schema: str) -> str:
    """Return the one line of the log that says what was started; no password stands in it."""
    public, database = app.config["PUBLIC_URL"], make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    told = database.render_as_string(hide_password=True)
    return f"Jobcenter Mentor {VERSION} svarer på {address} ({public}), database {told}, skema {schema}"


def _work(config: Config) -> None:
    """Work off the background jobs, in a process of its own that ends with the server, however that ends."""
    logs.configure()
    threading.Thread(target=_end_with_server, daemon=True).start()
    worker.run(create_app(config))


def _end_with_server() -> None:
    """Wait until the server's process is gone, and stop this one."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)
