"""A mail server on loopback that speaks SMTP and keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """`mails` as they came in; `recipients` of each, as the envelope says."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)


@contextmanager
def receiving() -> Iterator[Mailbox]:
    """A server for the block."""
    mailbox = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 mail.example ready")
            to: list[str] = []
            for line in self.rfile:
                word = line.split(b":")[0].split()[0].upper().decode()
                if word == "RCPT":
                    to.append(line.decode().split("<")[1].split(">")[0])
                if word == "DATA":
                    self._say("354 go on")
                    mailbox.mails.append(self._mail())
                    mailbox.recipients.append(to)
                self._say("221 bye" if word == "QUIT" else "250 fine")
                if word == "QUIT":
                    return

        def _mail(self) -> EmailMessage:
            lines = iter(self.rfile.readline, b".\r\n")
            body = b"".join(line[1:] if line.startswith(b".") else line for line in lines)
            found = message_from_bytes(body, policy=policy.default)
            assert isinstance(found, EmailMessage)
            return found

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
