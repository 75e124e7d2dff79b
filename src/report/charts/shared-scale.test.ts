import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedScale } from './shared-scale.ts';

describe('sharedScale', () => {
  it('is one scale for panels of about the same height', () => {
    const scale = sharedScale([100, 120, 240]);
    expect(scale.highest).toBe(240);
    expect(scale.note).toBe('All panels have one scale.');
    expect(scale.wordFor(240)).toBe('');
  });

  it('gives a panel that flattens the others its own, and says so', () => {
    const scale = sharedScale([100, 900, 120, 110]);
    expect([100, 900].map(scale.endOf)).toEqual([120, 900]);
    expect(scale.wordFor(900)).toBe(' (own scale)');
    expect(scale.note).toContain('except those marked “own scale”');
    expect(sharedScale([100, 900]).endOf(100)).toBe(100);
  });

  it('has room for every panel, and most share the common one', () => {
    const maxima = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(maxima, (highest) => {
        const scale = sharedScale(highest);
        expect(highest.every((value) => scale.endOf(value) >= value)).toBe(true);
        const own = highest.filter((value) => scale.wordFor(value) !== '');
        expect(own.length).toBeLessThanOrEqual(highest.length / 2);
      }),
    );
  });

  it('is 1 where nothing is drawn', () => {
    expect(sharedScale([]).highest).toBe(1);
  });
});
