import { createProgress, type Progress } from './progress.ts';
import { type Streams, wantsColour } from './terminal.ts';

export type Report = (text: string, fraction: number) => void;

/** Silence for so long looks like a program that hangs. */
const quietMs = 1000;

/** Progress of work that mostly ends at once: says nothing while there is little to wait for. */
export function quietProgress({ stderr, environment }: Pick<Streams, 'stderr' | 'environment'>): {
  readonly report: Report;
  readonly end: () => void;
} {
  const startMs = performance.now();
  let bar: Progress | null = null;
  // What comes before the first report (workers that start) says nothing of the pace.
  let first: { readonly atMs: number; readonly fraction: number } | null = null;
  return {
    report: (text, fraction) => {
      const nowMs = performance.now();
      first ??= { atMs: nowMs, fraction };
      const done = fraction - first.fraction;
      if (nowMs - startMs < quietMs || done <= 0) return;
      bar ??= createProgress(stderr, wantsColour(stderr, environment));
      bar.stage(text, fraction, ((nowMs - first.atMs) / done) * (1 - fraction));
    },
    end: () => bar?.end(),
  };
}
