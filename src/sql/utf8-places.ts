/**
 * Turns places that count bytes of UTF-8, as Postgres does, into indexes that count UTF-16 units.
 * Inside of a character the index is the one at which it begins.
 */
export function unitsOfBytes(sql: string): (bytes: number) => number {
  // Almost all SQL is ASCII, where nothing is to be counted.
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(sql)) return (bytes) => Math.min(bytes, sql.length);
  const starts: number[] = [];
  for (let at = 0; at < sql.length; at += 1) {
    const code = sql.codePointAt(at) ?? 0;
    for (let byte = 0; byte < bytesOf(code); byte += 1) starts.push(at);
    if (code > 0xffff) at += 1;
  }
  return (bytes) => starts[bytes] ?? sql.length;
}

/** Half of a pair by itself is encoded as U+FFFD, which takes three bytes as well. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code > 0xffff ? 4 : 3;
}
