import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress, type ProgressStream } from './progress.ts';

class Screen implements ProgressStream {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(isTTY: boolean, columns = 80) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string): void {
    this.text += text;
  }

  /** What stands in the last line. */
  last(): string {
    return this.text.split('\r\u001B[K').at(-1) ?? '';
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('into a pipe', () => {
  it('writes a line for each stage, once, without control characters', () => {
    const screen = new Screen(false);
    const progress = createProgress(screen, false);
    progress.note('seed 42');
    progress.warn('slow disk');
    progress.stage('load', 0.25, 61_000);
    progress.stage('load', 0.25, 61_000);
    progress.stage('measure', 0.5, 9500);
    progress.end();
    expect(screen.text).toBe(
      'seed 42\nwarning: slow disk\n[ 25 %, 1 min 01 s left] load\n[ 50 %, 10 s left] measure\n',
    );
  });

  it('says what the last second showed only where a long stage is said again', () => {
    const screen = new Screen(false);
    const progress = createProgress(screen, false);
    progress.stage('measure', 0.5, 40_000);
    for (let second = 1; second < 30; second++) {
      vi.advanceTimersByTime(1000);
      progress.pulse(`${second}/s`);
    }
    expect(screen.text).toBe('[ 50 %, 40 s left] measure\n[ 75 %, 20 s left] measure, 20/s\n');
  });

  it('says nothing of a second before the first stage', () => {
    const screen = new Screen(false);
    const progress = createProgress(screen, false);
    vi.advanceTimersByTime(60_000);
    progress.pulse('412/s');
    expect(screen.text).toBe('');
  });
});

describe('on a terminal', () => {
  it('draws a bar that moves on between stages', () => {
    const screen = new Screen(true);
    const progress = createProgress(screen, false);
    progress.stage('load', 0.5, 10_000);
    expect(screen.last()).toBe(`${'█'.repeat(10)}${'░'.repeat(10)}  50 % 10 s left  load`);
    vi.advanceTimersByTime(5000);
    expect(screen.last()).toBe(`${'█'.repeat(15)}${'░'.repeat(5)}  75 % 5 s left  load`);
    progress.end();
    expect(screen.last()).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not go back when a stage took longer than estimated', () => {
    const screen = new Screen(true);
    const progress = createProgress(screen, false);
    progress.stage('load', 0.2, 8000);
    vi.advanceTimersByTime(4000);
    expect(screen.last()).toContain(' 60 % ');
    progress.stage('measure', 0.4, 6000);
    expect(screen.last()).toContain(' 60 % 6 s left  measure');
    progress.end();
  });

  it.each([
    [40, 39],
    // A terminal that does not know its width says 0.
    [0, 79],
  ])('of %d columns keeps to one line', (columns, widest) => {
    const screen = new Screen(true, columns);
    const progress = createProgress(screen, false);
    progress.stage('measure '.repeat(20), 0.5, 1000);
    expect(screen.last()).toHaveLength(widest);
    progress.end();
  });

  it('shows what the last second showed, until the next stage begins', () => {
    const screen = new Screen(true);
    const progress = createProgress(screen, false);
    progress.stage('tenant_id/jump (1 of 6): measure', 0.5, 10_000);
    progress.pulse('412/s, p99 12.3 ms, 0 errors');
    vi.advanceTimersByTime(200);
    expect(screen.last()).toBe(
      '████░░░░  51 % 10 s left  tenant_id/jump (1 of…  412/s, p99 12.3 ms, 0 errors',
    );
    progress.stage('tenant_id/jump (2 of 6): load', 0.5, 10_000);
    expect(screen.last()).toBe('████░░░░  51 % 10 s left  tenant_id/jump (2 of 6): load');
    progress.end();
  });

  it('keeps notes above the bar', () => {
    const screen = new Screen(true);
    const progress = createProgress(screen, false);
    progress.stage('load', 0, 1000);
    progress.note('seed 42');
    expect(screen.text).toContain('\r\u001B[Kseed 42\n');
    expect(screen.last()).toContain('load');
    progress.end();
  });
});
