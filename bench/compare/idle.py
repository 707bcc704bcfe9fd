"""Opens many connections to a published port, leaves them idle, and asks each for a page at the end.

usage: idle.py PORT CONNECTIONS PROCESS

Prints how many were answered and the memory of the process (RSS, MiB) before, with and after them.
"""

import resource
import socket
import sys
import time

port, connections, process = (int(argument) for argument in sys.argv[1:])


def resident():
    with open(f"/proc/{process}/status") as status:
        kib = next(line.split()[1] for line in status if line.startswith("VmRSS"))
    return int(kib) // 1024


hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
before = resident()
idle = []
for _ in range(connections):
    idle.append(socket.create_connection(("127.0.0.1", port), timeout=10))
time.sleep(2)
during = resident()
answered = 0
for each in idle:
    each.sendall(b"GET / HTTP/1.1\r\nHost: web\r\n\r\n")
    if each.recv(4096).startswith(b"HTTP/1.1 200"):
        answered += 1
asked = resident()
for each in idle:
    each.close()
time.sleep(3)
print(answered, before, during, asked, resident())
