import { withEscape } from './literal-ends.ts';

/** The value of a literal as Postgres would write it: `'it''s'` is it's, `0x1F` is 31. */
export function literalValue(sql: string, start: number, end: number, negative: boolean): string {
  const text = sql.slice(start, end);
  const first = text.charCodeAt(0);
  if (first === 39) return quoted(text);
  const isNumber = (first >= 48 && first <= 57) || first === 46;
  if (isNumber) return `${negative ? '-' : ''}${numberValue(text)}`;
  if (first === 36) {
    const tag = text.indexOf('$', 1) + 1;
    return text.slice(tag, text.length - tag);
  }
  const body = text.slice(text.indexOf("'"));
  switch (first | 32) {
    case 101:
      return unescaped(quoted(body, escapedPart));
    case 117:
      return unicode(body);
    default:
      return quoted(body);
  }
}

const part = /'((?:[^']|'')*)'/g;
const escapedPart = /'((?:[^'\\]|\\[^]|'')*)'/g;

/** Parts on several lines are one text. */
function quoted(text: string, parts: RegExp = part): string {
  const inner = text.slice(1, -1);
  if (!inner.includes("'")) return inner;
  // Comments may stand between the parts, and they may have quotes.
  const bare = text.replaceAll(/('(?:[^']|'')*')|--[^\n\r]*/g, '$1');
  const found = parts === part ? bare.matchAll(part) : text.matchAll(parts);
  return [...found].map(([, each = '']) => each.replaceAll("''", "'")).join('');
}

function numberValue(text: string): string {
  const plain = text.replaceAll('_', '');
  if (/^0[xob]/i.test(plain)) return BigInt(plain).toString();
  if (/^\d+$/.test(plain)) return plain.replace(/^0+(?=\d)/, '');
  const [, whole = '', fraction = '', power = '0'] =
    /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(plain) ?? [];
  if (!/e/i.test(plain))
    return `${whole.replace(/^0+(?=\d)|^$/, '') || '0'}.${fraction}`.replace(/\.$/, '');
  return shifted(whole, fraction, Number(power));
}

/** Digits with the point moved, as numeric has it: 1.5e3 is 1500. */
function shifted(whole: string, fraction: string, power: number): string {
  // Beyond it Postgres would not write the digits of a double either.
  if (Math.abs(power) > 400) return `${whole}${fraction === '' ? '' : `.${fraction}`}e${power}`;
  const digits = whole + fraction;
  const point = whole.length + power;
  const padded = digits.padStart(digits.length - Math.min(0, point), '0').padEnd(point, '0');
  const at = Math.max(0, point);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const right = padded.slice(at);
  return right === '' ? left : `${left}.${right}`;
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const escape = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|([^]))/g;

function unescaped(text: string): string {
  return text.replaceAll(
    escape,
    (_, short?: string, long?: string, hex?: string, octal?: string, letter = '') => {
      const unicodeHex = short ?? long;
      if (unicodeHex !== undefined) return character(parseInt(unicodeHex, 16));
      if (hex !== undefined) return character(parseInt(hex, 16));
      if (octal !== undefined) return character(parseInt(octal, 8) & 255);
      return escapes[letter] ?? letter;
    },
  );
}

const character = (code: number): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';

/** With a backslash, or what UESCAPE behind it says, before the number of a character. */
function unicode(text: string): string {
  const escaped = /uescape[^']*'(.)'\s*$/i.exec(text);
  const isSaid = escaped !== null && withEscape(text, text.lastIndexOf("'", escaped.index) + 1) > 0;
  const mark = isSaid ? (escaped[1] ?? '\\') : '\\';
  const body = isSaid ? text.slice(0, escaped.index).trimEnd() : text;
  const sign = mark.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const pattern = new RegExp(`${sign}(?:([0-9A-Fa-f]{4})|\\+([0-9A-Fa-f]{6})|(${sign}))`, 'g');
  return quoted(body).replaceAll(pattern, (_, short?: string, long?: string) => {
    const hex = short ?? long;
    return hex === undefined ? mark : character(parseInt(hex, 16));
  });
}
