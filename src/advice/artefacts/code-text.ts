/** Writing source code: how it is cut into lines. */

const columns = 96;

/** Items with commas between them, as many on a line as fit. */
export function wrapped(items: readonly string[], indent = '  '): string {
  const lines: string[] = [];
  let line = indent;
  for (const item of items) {
    if (line.length + item.length + 2 > columns && line !== indent) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${item}, `;
  }
  if (line !== indent) lines.push(line.trimEnd());
  return lines.join('\n');
}

/** The same without the last comma, for languages that do not allow it. */
export function wrappedStrictly(items: readonly string[], indent = '  '): string {
  return wrapped(items, indent).replace(/,$/, '');
}

/** 64-bit number as two's complement, in decimal. */
export function signed64(value: bigint): string {
  return BigInt.asIntN(64, value).toString();
}

/** One number of 64 bits of two words of either sign. */
export function joined(hi: number, lo: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}
