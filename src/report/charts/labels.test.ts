import { describe, expect, it } from 'vitest';
import { textWidth } from './font-widths.ts';
import { cutToWidth, labelsOf, wrapped } from './labels.ts';
import { extent, logTicks } from './log-ticks.ts';
import { slimmed } from './slim.ts';

describe('textWidth', () => {
  it('knows narrow from wide letters', () => {
    // Liberation Sans: i has 222, W 944 thousandths.
    expect(textWidth('iiiiiiiiii', 10)).toBeCloseTo(22.2, 10);
    expect(textWidth('WWWWWWWWWW', 10)).toBeCloseTo(94.4, 10);
  });
});

describe('labels', () => {
  it('fit their room and stay apart', () => {
    const labels = labelsOf(['W'.repeat(50), 'W'.repeat(51), 'short'], 100);
    expect(new Set(labels).size).toBe(3);
    for (const label of labels) expect(textWidth(label, 11)).toBeLessThanOrEqual(101);
    expect(labels[2]).toBe('short');
  });

  it('are left whole when they fit', () => {
    expect(cutToWidth('tenant_id/jump', 200)).toBe('tenant_id/jump');
  });

  it('are wrapped between words, and within a word only when it must be', () => {
    expect(wrapped('one two three', 40, 11)).toEqual(['one two', 'three']);
    const [cut, ...others] = wrapped('W'.repeat(40), 100, 11);
    expect(cut).toMatch(/^W+…$/);
    expect(others).toEqual([]);
  });
});

describe('logTicks', () => {
  it('encloses the values with 1, 2 and 5', () => {
    expect(logTicks([0.37, 4.4])).toEqual([0.2, 0.5, 1, 2, 5]);
    expect(logTicks([3])).toEqual([2, 5, 10, 20]);
    expect(logTicks([])).toEqual([1, 2, 5, 10]);
  });

  it('keeps decades and ends alone where there are many', () => {
    expect(logTicks([0.03, 4000])).toEqual([0.02, 0.1, 1, 10, 100, 1000, 5000]);
  });
});

describe('extent', () => {
  it('is null without values', () => {
    expect(extent([])).toBeNull();
    expect(extent([3, 1, 2])).toEqual([1, 3]);
  });
});

describe('slimmed', () => {
  it('touches tags, never the text between them', () => {
    const label = ' opacity="1" role="x" 1.23456 &lt;path class="background" d=""/&gt;';
    const svg = `<svg width="10"><text opacity="1" x="1.23456" role="y">${label}</text></svg>`;
    const slim = slimmed(svg);
    expect(slim).toContain(`<text x="1.23">${label}</text>`);
    expect(slim).toMatch(/^<svg font-family="Arial, /);
  });

  it('drops the empty paths that Vega draws around axes', () => {
    expect(slimmed('<g><path class="background" aria-hidden="true" d="M0,0h0v0h0Z"/></g>')).toBe(
      '<g></g>',
    );
    const frame = '<path class="background" d="M0,0h270v130h-270Z"/>';
    expect(slimmed(frame)).toBe(frame);
  });
});
