"""A proxy in front of PostgreSQL's Unix socket that counts the messages of the protocol in both directions, and does
harm at one of them.

What it knows of the protocol: https://www.postgresql.org/docs/15/protocol-message-formats.html - a message is a byte for
its type and four for its length; the first one of a connection has no type."""
import os, signal, socket, struct, threading, time

CANCEL = 80877102
DELAY = 0.03
CLIENT, SERVER = "client", "server"  # who sends a message


class Fault:
    """Harm at the `at`th message of a side, counted over all connections of a run (the client's first is a start-up
    packet); 0 is none, for counting."""

    def __init__(self, kind="none", side=CLIENT, at=0):
        self.kind, self.side, self.at = kind, side, at
        self.types = {CLIENT: [], SERVER: []}  # of the messages so far
        self.done = False
        self.client = None  # process number of the client
        self.held = threading.Event()  # set while a message is held back …
        self.release = threading.Event()  # … until this is
        self.meanwhile = None  # called once, when the client has looked (its Flush) and is about to write
        self.lock = threading.Lock()

    def come_between(self, side, message_type):
        if self.meanwhile and side == CLIENT and message_type == "B" and "H" in self.types[CLIENT]:
            call, self.meanwhile = self.meanwhile, None
            call()

    def meets(self, side, message_type):
        """Counts a message, and tells whether it is the one."""
        with self.lock:
            types = self.types[side]
            types.append(message_type)
            meets = not self.done and side == self.side and len(types) == self.at
            self.done |= meets
        return meets


class Connection:
    """The two ends of one connection, and the server's process at the other end."""

    def __init__(self, client, server, fault):
        self.client, self.server, self.fault, self.backend = client, server, fault, None

    def cut(self):
        for one in (self.client, self.server):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


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
            connection = Connection(client, server, self.fault)
            for side in (CLIENT, SERVER):
                threading.Thread(target=self.pump, args=(connection, side), daemon=True).start()

    def pump(self, connection, side):
        """Passes on what a side sends, message by message."""
        source, target = connection.client, connection.server
        if side == SERVER:
            source, target = target, source
        fault, first, data = connection.fault, side == CLIENT, b""
        try:
            while piece := source.recv(1 << 16):
                data += piece
                start = at = 0  # what is between is read and not yet passed on
                while (end := message_end(data, at, first)) <= len(data):
                    if first and struct.unpack("!i", data[4:8])[0] == CANCEL:
                        target.sendall(data)
                        return
                    if side == SERVER and data[at : at + 1] == b"K":
                        connection.backend = struct.unpack("!i", data[at + 5 : at + 9])[0]
                    message_type = "start" if first else chr(data[at])
                    fault.come_between(side, message_type)
                    if fault.meets(side, message_type):
                        target.sendall(data[start:at])
                        start = at
                        if not self.harm(connection, source, target, data[at:end]):
                            return
                    first, at = False, end
                send(target, data[start:at], fault)
                data = data[at:]
        except OSError:
            pass
        finally:
            connection.cut()

    def harm(self, connection, source, target, message):
        """Does it. True: the message goes on its way all the same."""
        fault = connection.fault
        kind = fault.kind
        if kind == "cut":  # before the other side has it
            return False
        if kind == "cut-after":  # the other side has it, but its answer gets nowhere
            source.shutdown(socket.SHUT_RDWR)
            target.sendall(message)
            time.sleep(DELAY)
            return False
        if kind == "truncate":
            target.sendall(message[: len(message) // 2])
            return False
        if kind == "delay":
            time.sleep(DELAY)
        elif kind == "hold":
            fault.held.set()
            fault.release.wait(60)
        elif kind == "kill-backend":
            if connection.backend is None:  # none that is known yet
                fault.done = False
            else:
                os.kill(connection.backend, signal.SIGKILL)
        elif kind == "kill-server":
            os.kill(self.postmaster, signal.SIGKILL)
        elif kind == "INT-cut":  # a signal, and then nobody hears how it went
            send_signal(fault, signal.SIGINT)
            target.sendall(message)
            time.sleep(DELAY)
            return False
        elif kind != "dribble":  # a signal to the client: KILL, INT, TERM, HUP, PIPE
            send_signal(fault, getattr(signal, "SIG" + kind))
            return kind != "KILL"
        return True


def send_signal(fault, number):
    while fault.client is None:  # it was quicker than whoever started it
        time.sleep(0.001)
    try:
        os.kill(fault.client, number)
    except ProcessLookupError:
        pass


def send(target, data, fault):
    """Passes on what was read; where that is wanted, its beginning in so small pieces that each read finds a part of a message."""
    at = 0
    while fault.kind == "dribble" and at < min(len(data), 600):
        target.sendall(data[at : at + 3])
        time.sleep(0.0002)
        at += 3
    target.sendall(data[at:])


def message_end(data, at, first):
    """Where the message at a place ends; beyond the data where it isn't whole yet."""
    head = 4 if first else 5
    if len(data) < at + head:
        return len(data) + 1
    return at + head - 4 + struct.unpack("!i", data[at + head - 4 : at + head])[0]
