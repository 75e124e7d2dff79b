import { describe, expect, it } from 'vitest';
import { progressLine } from './progress-line.ts';

const text = 'tenant_id/jump (1 of 6): measure';
const state = { fraction: 0.5, left: '1 min 05 s', text, pulse: '412/s, p99 12.3 ms, 0 errors' };

describe('the line of progress', () => {
  it('has room for everything on a wide terminal', () => {
    expect(progressLine(state, 120)).toBe(
      `${'█'.repeat(10)}${'░'.repeat(10)}  50 % 1 min 05 s left  ${text}  ${state.pulse}`,
    );
  });

  it.each([60, 79, 99, 119, 120, 200])('of %d columns has the whole pulse', (width) => {
    const line = progressLine(state, width);
    expect(line.endsWith(`  ${state.pulse}`)).toBe(true);
    expect(line.length).toBeLessThanOrEqual(width);
  });

  it.each([1, 20, 39])('of %d columns is cut at its end', (width) => {
    expect(progressLine(state, width)).toHaveLength(width);
  });

  it('cuts the text at the same place while the pulse changes', () => {
    const cut = (pulse: string) => progressLine({ ...state, pulse }, 79).split('  412')[0];
    expect(cut('412/s, p99 9.30 ms, 0 errors')).toBe(cut('412/s, p99 112 ms, 12 errors'));
  });
});
