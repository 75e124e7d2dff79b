/** A key, or a piece of one, that has a shard of its own. */
export interface OverlayEntry {
  /** As it is looked up: the key's bytes, for a piece with its suffix. */
  readonly bytes: Uint8Array;
  /** Bytes of the key itself at the start of `bytes`. */
  readonly keyBytes: number;
  readonly shard: number;
}
