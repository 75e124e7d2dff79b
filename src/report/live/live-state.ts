import { PacedStage } from '../../base/paced-stage.ts';
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
        this.phase = event.phase;
        this.course = new LiveCourse();
        break;
      case 'second':
        this.course.add(event.second);
        break;
      case 'verdicts':
        this.verdicts = event.verdicts;
        this.settled += 1;
        break;
    }
  }
}
