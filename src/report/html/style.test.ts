import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { style } from './style.ts';

/** Relative luminance of #rgb or #rrggbb, WCAG 2.2. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replaceAll(/[0-9a-f]/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
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

  it.each(['series', 'accent', 'third'])('%s stands out, and labels read within it', (key) => {
    expect(contrast(colour(key), colour('ground'))).toBeGreaterThanOrEqual(4.5);
  });
});
