r"""The server: gunicorn's worker, in which no thread ever waits for a client.

A thread that answers is the scarcest thing of a server: there are a few in each process. So one
loop reads every request to its end before a thread gets it, and sends every answer after the thread
is done. Whoever sends half a request, reads slowly or keeps a connection open holds a few kilobytes
and no thread.

    accept -> read to the end (loop) -> answer (thread) -> send to the end (loop) -> read the next

The modules: `request_bytes` (when a request is whole; pure), `buffered_socket` (the socket that the
threads see), `worker` (the loop), `access_log` (as JSON). Left out: what is answered (`web.http`),
and how many processes there are (`scripts/serve.py`).

>>> is_whole(b"GET /search HTTP/1.1\r\nHost: kliping\r\n")
False
"""

from web.server.access_log import JsonLogger
from web.server.request_bytes import REQUEST_LINE_MOST, is_whole
from web.server.worker import BufferedWorker
