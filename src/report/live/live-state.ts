import { PacedStage } from '../../base/paced-stage.ts';
import type { RunningSecond } from '../../result/running-second.ts';
import type { VerdictCard } from '../document.ts';
import { LiveCourse } from './live-course.ts';
import type { BegunPhase, LiveEvent } from './live-events.ts';

/** Older warnings make room. */
const warningLimit = 20;

/** What a page that watches a run knows of it. */
export class LiveState {
  stage: PacedStage | null = null;
  readonly warnings: string[] = [];
  phase: BegunPhase | null = null;
  course = new LiveCourse();
  /** Of windows in parts, which other cells interrupt. */
  private readonly courses = new Map<string, LiveCourse>();
  verdicts: readonly VerdictCard[] = [];
  /** Counts changes of what changes seldom: verdicts and warnings. */
  settled = 0;

  take(event: LiveEvent, nowMs: number): void {
    switch (event.kind) {
      case 'stage':
        this.stage = new PacedStage(event.text, event.fraction, event.leftMs, nowMs);
        break;
      case 'warning':
        this.warnings.push(event.text);
        if (this.warnings.length > warningLimit) this.warnings.shift();
        this.settled += 1;
        break;
      case 'phase':
        this.begin(event.phase);
        break;
      case 'second':
        this.course.add(later(event.second, this.phase?.fromSecond ?? 0));
        break;
      case 'verdicts':
        this.verdicts = event.verdicts;
        this.settled += 1;
        break;
    }
  }

  /** A part that is not the first goes on where the one before it has ended. */
  private begin(phase: BegunPhase): void {
    const name = JSON.stringify([phase.strategy, phase.title]);
    const before = phase.fromSecond > 0 ? this.courses.get(name) : undefined;
    this.phase = phase;
    this.course = before ?? new LiveCourse();
    this.courses.set(name, this.course);
  }
}

const later = (second: RunningSecond, by: number): RunningSecond => ({
  ...second,
  second: second.second + by,
});
