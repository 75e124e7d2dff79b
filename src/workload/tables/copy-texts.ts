const encoder = new TextEncoder();

/** A text as COPY's text format has it: UTF-8, in which what would be syntax is escaped. */
export function copyText(text: string): Uint8Array {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return encoder.encode(escaped);
}

export interface CopyTexts {
  readonly bytes: Uint8Array;
  /** Text i is bytes[starts[i] .. starts[i + 1]). */
  readonly starts: Uint32Array;
  readonly maxBytes: number;
}

export function copyTexts(texts: readonly string[]): CopyTexts {
  const starts = new Uint32Array(texts.length + 1);
  const parts = texts.map(copyText);
  let length = 0;
  let maxBytes = 0;
  for (const [i, part] of parts.entries()) {
    length += part.length;
    starts[i + 1] = length;
    maxBytes = Math.max(maxBytes, part.length);
  }
  const bytes = new Uint8Array(length);
  for (const [i, part] of parts.entries()) bytes.set(part, starts[i]);
  return { bytes, starts, maxBytes };
}

/** Writes text i; returns the end. In a loop, since a call into Node takes longer for so few. */
export function textWriter({
  bytes,
  starts,
}: CopyTexts): (i: number, out: Uint8Array, at: number) => number {
  return (i, out, at) => {
    const start = starts[i] ?? 0;
    const end = starts[i + 1] ?? 0;
    const shift = at - start;
    for (let from = start; from < end; from += 1) out[from + shift] = bytes[from] ?? 0;
    return end + shift;
  };
}
