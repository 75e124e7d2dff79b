const plainText = /^[A-Za-z_][A-Za-z0-9_.%-]*$/;
/** What YAML, in one version or another, reads as something else than a text. */
const otherThanText = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** A scalar in flow style that is read as this text. */
export function flowText(text: string): string {
  return plainText.test(text) && !otherThanText.test(text) ? text : JSON.stringify(text);
}

/** A key of a map: those of ours are read as texts, whatever they look like. */
export function flowKey(text: string): string {
  return plainText.test(text) || /^\d{1,9}$/.test(text) ? text : JSON.stringify(text);
}

export function flowMap(map: Readonly<Record<string, number | string>>): string {
  const entries = Object.entries(map).map(
    ([key, value]) => `${flowKey(key)}: ${typeof value === 'number' ? decimal(value) : value}`,
  );
  return `{ ${entries.join(', ')} }`;
}

export const flowList = (texts: readonly string[]): string => `[${texts.join(', ')}]`;

/** Without an exponent. */
export function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(Math.abs(value) < 1 ? 12 : 0) : text;
}

/** In lines of at most so many characters, broken at spaces; each begins with `indent`. */
export function wrappedLines(text: string, indent: string, width = 110): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

export const commentLines = (text: string, indent = ''): string[] =>
  wrappedLines(text, `${indent}# `);
