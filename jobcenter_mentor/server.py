"""The server of an installation (drift): answers on one address, with the worker of its background jobs beside it."""

import logging
import multiprocessing
import os
import signal
import socket
import threading
from contextlib import closing
from typing import Any

from flask import Flask
from sqlalchemy.engine import make_url
from waitress.server import create_server

from jobcenter_mentor import VERSION, jobs, logs
from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings
from jobcenter_mentor.db import db, reading
from jobcenter_mentor.schema import found_revision, wanted_revision
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
    worker = multiprocessing.get_context("spawn").Process(target=_work, args=(config,), daemon=True)
    worker.start()
    log.info(start_line(app, host if "unix_socket" in place else f"http://{host}:{port}", schema))
    try:
        server.run()
    finally:
        worker.terminate()


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
    """Return the version of the database's tables. Raises UnsafeSettings for another than this program's."""
    with app.app_context():
        file = sqlite_file(str(db.engine.url))
        found = ""
        if file is None or file.exists():
            with reading() as session:
                found = found_revision(session.connection())
    if found != wanted_revision():
        has = f"Databasens tabeller er af udgave {found}" if found else "Databasen har ingen tabeller"
        raise UnsafeSettings(f"{has}; programmet bruger {wanted_revision()}. Kør jobcenter-mentor db upgrade.")
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
    jobs.run_worker(create_app(config))


def _end_with_server() -> None:
    """Wait until the server's process is gone, and stop this one."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os.kill(os.getpid(), signal.SIGTERM)
