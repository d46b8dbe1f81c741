"""The socket that a thread sees: reads what has come already, and keeps what is to be sent."""

import socket

RECEIVED_MOST = 1 << 16
"""Bytes that are read from a client at once."""


class BufferedSocket:
    """A client's socket whose reads and writes never wait.

    Attributes:
        raw: the socket itself, which only the loop reads and writes.
        received: what has come and no thread has read yet.
        to_send: what threads have written and the loop has not sent yet.
    """

    def __init__(self, raw: socket.socket) -> None:
        """Take a socket that was just accepted."""
        raw.setblocking(False)
        self.raw = raw
        self.received = bytearray()
        self.to_send = bytearray()

    def recv(self, size: int) -> bytes:
        """Return bytes that have come; none means that the client sent no more."""
        data = bytes(self.received[:size])
        del self.received[:size]
        return data

    def sendall(self, data: bytes) -> None:
        """Keep bytes until the loop sends them."""
        self.to_send += data

    def send(self, data: bytes) -> int:
        """Keep bytes, as `sendall`; return how many, which is all of them."""
        self.sendall(data)
        return len(data)

    def setblocking(self, _: object) -> None:
        """Do nothing: it never blocks."""

    def settimeout(self, _: object) -> None:
        """Do nothing, for the same reason."""

    def shutdown(self, _: object) -> None:
        """Do nothing: the loop ends the connection, once all is sent."""

    def close(self) -> None:
        """Do nothing, for the same reason."""

    def fileno(self) -> int:
        """Return the descriptor."""
        return self.raw.fileno()

    def read_some(self) -> bool:
        """Read what has come by now; return whether the client may still send more."""
        try:
            data = self.raw.recv(RECEIVED_MOST)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.received += data
        return bool(data)

    def send_some(self) -> bool:
        """Send what the client takes now; return whether it is still there."""
        try:
            while self.to_send:
                del self.to_send[: self.raw.send(self.to_send)]
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True
