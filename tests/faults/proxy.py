"""A proxy in front of PostgreSQL's Unix socket that counts the messages of the protocol and does harm at one of them.

What it knows of the protocol: https://www.postgresql.org/docs/15/protocol-message-formats.html - a message is a byte for
its type and four for its length; the first one of a connection has no type."""
import os, signal, socket, struct, threading, time

CANCEL = 80877102


class Fault:
    """Harm at the `at`th message from the client (1 is the start-up packet); 0 is none, for counting."""

    def __init__(self, kind="none", at=0):
        self.kind, self.at = kind, at
        self.count = 0  # messages from the client so far
        self.done = False
        self.client = None  # process number of the client
        self.backend = None  # of the server process
        self.lock = threading.Lock()


class Proxy:
    def __init__(self, folder, upstream):
        self.upstream, self.fault = upstream, Fault()
        self.postmaster = None  # process number, for the fault that ends it
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, ".s.PGSQL.5432")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        os.chmod(path, 0o777)
        self.listener.listen(16)
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self.upstream)
            except OSError:
                client.close()
                continue
            for pump in (self.from_client, self.from_server):
                threading.Thread(target=pump, args=(client, server, self.fault), daemon=True).start()

    def from_client(self, client, server, fault):
        first = True
        try:
            while message := read_message(client, first):
                if first and struct.unpack("!i", message[4:8])[0] == CANCEL:
                    server.sendall(message)
                    break
                first = False
                with fault.lock:
                    fault.count += 1
                    harm = not fault.done and fault.count == fault.at
                    fault.done |= harm
                if harm and not self.harm(fault, client, server, message):
                    break
                server.sendall(message)
        except OSError:
            pass
        close(client, server)

    def from_server(self, client, server, fault):
        try:
            while message := read_message(server, False):
                if message[:1] == b"K":
                    fault.backend = struct.unpack("!i", message[5:9])[0]
                client.sendall(message)
        except OSError:
            pass
        close(client, server)

    def harm(self, fault, client, server, message):
        """Does it. True: the message goes on its way all the same."""
        kind = fault.kind
        if kind == "cut":  # before the server has it
            return False
        if kind == "cut-after":  # the server has it, but nobody hears the answer
            client.shutdown(socket.SHUT_RDWR)
            server.sendall(message)
            time.sleep(0.2)
            return False
        if kind == "truncate":
            server.sendall(message[: len(message) // 2])
            return False
        if kind == "delay":
            time.sleep(0.3)
        elif kind == "kill-server-process":
            os.kill(fault.backend, signal.SIGKILL)
        elif kind == "kill-server":
            os.kill(self.postmaster, signal.SIGKILL)
        else:  # a signal to the client: KILL, INT, TERM, HUP
            while fault.client is None:  # it was quicker than whoever started it
                time.sleep(0.001)
            os.kill(fault.client, getattr(signal, "SIG" + kind))
            return kind != "KILL"
        return True


def read_message(source, first):
    """A whole message; empty at the end."""
    head = read_bytes(source, 4 if first else 5)
    if not head:
        return b""
    return head + read_bytes(source, struct.unpack("!i", head[-4:])[0] - 4)


def read_bytes(source, count):
    data = b""
    while len(data) < count:
        piece = source.recv(count - len(data))
        if not piece:
            return b"" if not data else data
        data += piece
    return data


def close(*sockets):
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
