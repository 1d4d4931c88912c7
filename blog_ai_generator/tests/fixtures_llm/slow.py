# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Behaviours of a server that lets the client wait."""

# Seconds. Requests have a timeout of at least 10 s in these tests, so a call that ends
# earlier than this was ended by the deadline.
SOON = 5.0


def drip(connection, server, start, piece):
    """Send ``start`` and then ``piece`` again and again until the client hangs up."""
    connection.sendall(start)
    while not server.stopping.wait(0.02):
        connection.sendall(piece)


def dripping_body(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" ")


def dripping_body_without_length(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\n\r\n{}", b" ")


def dripping_chunks(connection, server):
    server.read_request(connection)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    drip(connection, server, head, b"1\r\n \r\n")


def dripping_header(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a")


def endless_continue(connection, server):
    server.read_request(connection)
    drip(connection, server, b"", b"HTTP/1.1 100 Continue\r\n\r\n")


def silent(connection, server):
    server.stopping.wait()
