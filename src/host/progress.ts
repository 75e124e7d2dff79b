import { styleText } from 'node:util';
import { PacedStage } from '../base/paced-stage.ts';
import { countdown } from '../wording/countdown.ts';
import { donePadded, progressLine } from './progress-line.ts';
import { columnsOf } from './terminal.ts';

/**
 * Says what is going on, on stderr: a bar that is drawn over on a terminal, plain lines elsewhere.
 */
export interface Progress {
  /** Something worth a line of its own. */
  note(text: string): void;
  warn(text: string): void;
  /** A new stage of the work; `fraction` of the whole (0 to 1) is done, `leftMs` remain. */
  stage(text: string, fraction: number, leftMs: number): void;
  /** What the last second of this stage showed; said with it, never in a line of its own. */
  pulse(text: string): void;
  end(): void;
}

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const refreshMs = 200;
/** A stage that goes on for long is said again, with what is left of it. */
const againMs = 20_000;

export function createProgress(stream: ProgressStream, colour: boolean): Progress {
  return stream.isTTY === true ? new Bar(stream, colour) : new Lines(stream);
}

class Lines implements Progress {
  private readonly stream: ProgressStream;
  private last: PacedStage | null = null;
  private lastAtMs = 0;

  constructor(stream: ProgressStream) {
    this.stream = stream;
  }

  note(text: string): void {
    this.stream.write(`${text}\n`);
  }

  warn(text: string): void {
    this.note(`warning: ${text}`);
  }

  stage(text: string, fraction: number, leftMs: number): void {
    const nowMs = performance.now();
    if (text === this.last?.text && nowMs - this.lastAtMs < againMs) return;
    this.last = new PacedStage(text, fraction, leftMs, performance.now());
    this.lastAtMs = nowMs;
    this.say(this.last, text);
  }

  pulse(text: string): void {
    const nowMs = performance.now();
    if (this.last === null || nowMs - this.lastAtMs < againMs) return;
    this.lastAtMs = nowMs;
    this.say(this.last, `${this.last.text}, ${text}`);
  }

  private say(stage: PacedStage, text: string): void {
    const nowMs = performance.now();
    const done = donePadded(stage.fraction(nowMs));
    this.note(`[${done}, ${countdown(stage.leftMs(nowMs))} left] ${text}`);
  }

  end(): void {}
}

class Bar implements Progress {
  private readonly stream: ProgressStream;
  private readonly colour: boolean;
  private current: PacedStage | null = null;
  private said: string | null = null;
  private shown = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(stream: ProgressStream, colour: boolean) {
    this.stream = stream;
    this.colour = colour;
    this.timer = setInterval(() => this.draw(), refreshMs);
    this.timer.unref();
  }

  note(text: string): void {
    this.stream.write(`\r\u001B[K${text}\n`);
    this.draw();
  }

  warn(text: string): void {
    const label = this.colour ? styleText('yellow', 'warning:') : 'warning:';
    this.note(`${label} ${text}`);
  }

  stage(text: string, fraction: number, leftMs: number): void {
    this.current = new PacedStage(text, fraction, leftMs, performance.now());
    if (this.said !== null) this.said = '';
    this.draw();
  }

  pulse(text: string): void {
    this.said = text;
  }

  end(): void {
    clearInterval(this.timer);
    this.current = null;
    this.stream.write('\r\u001B[K');
  }

  private draw(): void {
    const { current } = this;
    if (current === null) return;
    const nowMs = performance.now();
    // A stage that takes longer than estimated must not make the bar go back at its end.
    this.shown = Math.max(this.shown, Math.min(0.999, current.fraction(nowMs)));
    const left = countdown(current.leftMs(nowMs));
    const state = { fraction: this.shown, left, text: current.text, pulse: this.said };
    this.stream.write(`\r\u001B[K${progressLine(state, columnsOf(this.stream) - 1)}`);
  }
}
/** What remains of a time that is used up to its end, when this share of it is over. */
export const timeLeft = (wholeMs: number, fraction: number): number => (1 - fraction) * wholeMs;
