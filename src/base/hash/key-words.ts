/** Of the longest key that four words hold: kernels take short keys as little-endian words. */
export const wordsBytes = 16;

/**
 * Many keys in one buffer are the rule, and reading their words through a view of it takes half the
 * time of putting them together from bytes. A view is made once a buffer has been seen in so many
 * calls running, so that keys in buffers of their own cost none.
 */
const callsToView = 64;
let viewed: Uint8Array | null = null;
let view: DataView = new DataView(new ArrayBuffer(0));
let candidate: Uint8Array | null = null;
let calls = 0;

/** Whether `viewedInt` reads these bytes. */
export function isViewed(bytes: Uint8Array): boolean {
  if (bytes === viewed) return true;
  if (bytes !== candidate) {
    candidate = bytes;
    calls = 0;
    return false;
  }
  calls += 1;
  if (calls < callsToView) return false;
  viewed = bytes;
  view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return true;
}

/** The word at an index of the viewed bytes. */
export function viewedInt(at: number): number {
  return view.getInt32(at, true);
}

/**
 * The last word of a viewed key of at least 4 bytes that begins inside it at a multiple of 4, bytes
 * behind the key being 0: the last four bytes without those of the word before.
 */
export function viewedTail(end: number, length: number): number {
  return view.getInt32(end - 4, true) >>> ((-length & 3) << 3);
}

/** The word of bytes[at .. end), at most the first four of them; those that are missing are 0. */
export function wordOf(bytes: Uint8Array, at: number, end: number): number {
  const left = end - at;
  if (left <= 0) return 0;
  let word = bytes[at] ?? 0;
  if (left > 1) word |= (bytes[at + 1] ?? 0) << 8;
  if (left > 2) word |= (bytes[at + 2] ?? 0) << 16;
  return left > 3 ? word | ((bytes[at + 3] ?? 0) << 24) : word;
}
