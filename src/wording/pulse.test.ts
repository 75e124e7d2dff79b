import { expect, it } from 'vitest';
import { pulse } from './pulse.ts';

it('is said in a few words', () => {
  const running = { writes: 300, reads: 112, errors: 0, dropped: 0, queued: 0, p99Ms: 12.34 };
  expect(pulse(running)).toBe('412/s, p99 12.3 ms, 0 errors');
  const failing = { ...running, writes: 0, reads: 1200, errors: 1, dropped: 1234, p99Ms: null };
  expect(pulse(failing)).toBe('1,200/s, p99 unknown, 1 error, 1,234 dropped');
});
