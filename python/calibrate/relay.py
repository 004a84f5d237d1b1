"""What Calibrate starts as the model's program: hands its standard input and output to the process that has the function.

The descriptors themselves go through the socket, not what is written to them: after that no line passes through here. What stays is a
process that Calibrate can wait for and kill. It ends with the status of the process that serves in its place; when it is killed, the
socket closes, and that process is killed too.
"""

import os
import signal
import socket
import sys


def main() -> int:
    # Ctrl-C is the business of the process that called sample(): it stops Calibrate, and Calibrate closes the standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ["PYTHON_MODEL_SOCKET"])
        socket.send_fds(connection, [b"+"], [0, 1])
        os.close(0)
        os.close(1)
        status = connection.recv(1)
    if not status:
        print("the process that called sample() is gone", file=sys.stderr, flush=True)
        return 1
    return status[0]


if __name__ == "__main__":
    try:
        STATUS = main()
    except (OSError, KeyError) as error:
        print(f"the process that called sample() cannot be reached: {error}", file=sys.stderr, flush=True)
        STATUS = 1
    # not sys.exit: it would flush a standard output that is closed
    os._exit(STATUS)
