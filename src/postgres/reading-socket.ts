import { Socket } from 'node:net';

const readBytes = 64 * 1024;

/**
 * All sockets read into this one, since what was read is used up before the next read. Without it
 * every read makes a buffer of its own, and freeing thousands of them stops the thread for
 * milliseconds.
 */
const buffer = Buffer.allocUnsafeSlow(readBytes);

/** Called with what was read: bytes[0 .. length), which are valid only during the call. */
export type BytesRead = (bytes: Uint8Array, length: number) => void;

/** A socket for pg whose bytes can be had without an event and a buffer for each read. */
export class ReadingSocket {
  readonly socket: Socket;
  private readonly receive: { bytes: BytesRead };

  constructor() {
    const receive: { bytes: BytesRead } = {
      // What pg listens to. It keeps parts of what it gets, so it gets copies.
      bytes: (bytes, length) => this.socket.emit('data', Buffer.from(bytes.subarray(0, length))),
    };
    this.receive = receive;
    this.socket = new Socket({
      onread: {
        buffer,
        callback(length, bytes) {
          receive.bytes(bytes, length);
          return true;
        },
      },
    });
  }

  /** From now on bytes go here, and no event 'data' is emitted. */
  readInto(bytes: BytesRead): void {
    this.receive.bytes = bytes;
  }
}
