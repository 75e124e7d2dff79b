import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { style } from './style.ts';

type Rgb = readonly [number, number, number];

function linear(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** Relative luminance of #rgb or #rrggbb, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

// Machado, Oliveira, Fernandes 2009, table 1: what dichromats see, on linear RGB.
const sights: readonly [string, readonly Rgb[]][] = [
  [
    'protanopia',
    [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  ],
  [
    'deuteranopia',
    [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  ],
  [
    'tritanopia',
    [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  ],
];

function seen([r, g, b]: Rgb, rows: readonly Rgb[]): Rgb {
  const [x = 0, y = 0, z = 0] = rows.map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  );
  return [x, y, z];
}

/** CIE L*a*b* of linear sRGB, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 colour difference; about 2 can just be seen. */
function difference(a: Rgb, b: Rgb): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

const themes = [...style.matchAll(/:root \{[^}]*\}/g)].map(
  ([block]) => new Map([...block.matchAll(/--(\w+): (#\w+)/g)].map(([, key, hex]) => [key, hex])),
);

describe.each(['light', 'dark', 'print'])('%s', (theme) => {
  const colours = present(themes[['light', 'dark', 'print'].indexOf(theme)], theme);
  const colour = (key: string) => present(colours.get(key), key);

  it.each(['ink', 'quiet', 'good', 'doubtful', 'bad', 'link'])(
    '%s reads on every ground',
    (key) => {
      for (const ground of ['ground', 'raised']) {
        expect(contrast(colour(key), colour(ground))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  const stack = ['series', 'accent', 'third', 'fourth', 'fifth'];

  it.each(stack)('%s stands out, and labels read within it', (key) => {
    expect(contrast(colour(key), colour('ground'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(sights)('colours of charts differ with %s, those side by side clearly', (_, rows) => {
    const known = stack.map((key) => seen(linear(colour(key)), rows));
    for (const [index, one] of known.entries()) {
      for (const [at, other] of known.entries()) {
        if (at <= index) continue;
        // The first three stand in one chart; the others have neighbours in a stack.
        const sideBySide = at === index + 1 || at < 3;
        expect(difference(one, other)).toBeGreaterThanOrEqual(sideBySide ? 20 : 13);
      }
    }
  });
});
