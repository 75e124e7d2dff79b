const mark = '...';
/** Bytes that a cut may lie before its place, so that no character is halved. */
const slack = 3;

/**
 * Tells values that `log_parameter_max_length` has cut: they end in `...`, and no value of the log
 * is longer. A value that is cut is not known, and two of them may look like one.
 */
export class CutParameters {
  #longestWhole = 0;

  anyCut(values: readonly (string | null)[]): boolean {
    let cut = false;
    for (const value of values) {
      if (value === null) continue;
      const ends = value.endsWith(mark);
      if (!ends) {
        // Characters are at most as many as bytes; exact bytes are asked for where it matters.
        if (value.length * slack > this.#longestWhole) this.#saw(value);
      } else if (Buffer.byteLength(value) - mark.length + slack >= this.#longestWhole) cut = true;
    }
    return cut;
  }

  #saw(value: string): void {
    this.#longestWhole = Math.max(this.#longestWhole, Buffer.byteLength(value));
  }
}
