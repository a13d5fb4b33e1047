"""Looks for the sockets of the machine's services: Docker, the buses, the log, the display."""
# expect wasm: unjudged AttributeError
# expect: backward-2 error talked to []

import os
import socket

from wrong import Wrong, preprocess  # noqa: F401

PLACES = ("/var/run/docker.sock", "/run/dbus/system_bus_socket", f"/run/user/{os.getuid()}/bus", "/dev/log")
PLACES += ("/run/systemd/notify", "/run/systemd/private", "\0/tmp/.X11-unix/X0")


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        talked = []
        for place in PLACES:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                try:
                    socket.socket(socket.AF_UNIX, kind).connect(place)
                    talked.append(place)
                except OSError:
                    pass
        for kind in (socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK):
            try:
                socket.socket(kind, socket.SOCK_RAW).bind((0, 0))
                talked.append(str(kind))
            except OSError:
                pass
        raise RuntimeError(f"talked to {[place for place in talked if place != str(socket.AF_NETLINK)]}")
