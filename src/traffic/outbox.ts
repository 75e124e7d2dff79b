/**
 * Frames of shard queries that are staged before they are due, for the pacer's thread to write into
 * their sockets: no other thread has to wake up between the schedule and the query. One place for
 * each connection; all memory is shared between the two threads.
 */
export interface Outbox {
  readonly places: number;
  readonly states: Int32Array<SharedArrayBuffer>;
  /** File descriptor of the socket of each place. */
  readonly sockets: Int32Array<SharedArrayBuffer>;
  /** Bytes of the frame of each place. */
  readonly lengths: Int32Array<SharedArrayBuffer>;
  /** Frame of place i from i x frameBytesMax on. */
  readonly frames: Uint8Array<SharedArrayBuffer>;
  /** 1 for a place whose staged frame could not be sent. */
  readonly failed: Int32Array<SharedArrayBuffer>;
}

/** A longer frame is not staged. Far below any socket's buffer, so an idle one takes it at once. */
export const frameBytesMax = 4096;

const empty = 0;
const staged = 1;
const writing = 2;

export function createOutbox(places: number): Outbox {
  const ints = (): Int32Array<SharedArrayBuffer> =>
    new Int32Array(new SharedArrayBuffer(4 * places));
  return {
    places,
    states: ints(),
    sockets: ints(),
    lengths: ints(),
    frames: new Uint8Array(new SharedArrayBuffer(frameBytesMax * places)),
    failed: ints(),
  };
}

/** The driver's thread: the frame of this place is complete and may be sent from now on. */
export function stageFrame(outbox: Outbox, place: number, socket: number, length: number): void {
  outbox.sockets[place] = socket;
  outbox.lengths[place] = length;
  Atomics.store(outbox.failed, place, 0);
  Atomics.store(outbox.states, place, staged);
}

/**
 * The driver's thread: takes a staged frame back. When this returns, the pacer's thread neither
 * writes nor will write to the socket, so that its descriptor may be closed. False: it had been
 * sent.
 */
export function revokeFrame({ states }: Outbox, place: number): boolean {
  if (Atomics.compareExchange(states, place, staged, empty) === staged) return true;
  // One system call long.
  while (Atomics.load(states, place) === writing);
  return false;
}

/** Writes bytes[offset .. offset + length) to a descriptor and returns how many it took. */
export type WriteTo = (
  descriptor: number,
  bytes: Uint8Array,
  offset: number,
  length: number,
) => number;

/** The pacer's thread: sends a staged frame; false when it was taken back or cannot be sent. */
export function sendFrame(outbox: Outbox, place: number, write: WriteTo): boolean {
  const { states, sockets, lengths, frames } = outbox;
  if (Atomics.compareExchange(states, place, staged, writing) !== staged) {
    Atomics.store(outbox.failed, place, 1);
    return false;
  }
  const length = lengths[place] ?? 0;
  let written = 0;
  try {
    while (written < length) {
      const at = place * frameBytesMax + written;
      written += write(sockets[place] ?? -1, frames, at, length - written);
    }
  } catch {
    // A closed peer (EPIPE): the driver's thread sees the same on the socket.
  }
  // Of a frame that went half the rest must not go again: the server waits, and the time-out ends
  // it.
  const sent = written > 0;
  // Before the place is empty: whoever uses it next clears this.
  if (!sent) Atomics.store(outbox.failed, place, 1);
  Atomics.store(states, place, empty);
  return sent;
}
