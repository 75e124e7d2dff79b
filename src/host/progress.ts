import { styleText } from 'node:util';
import { donePercent, progressLine } from './progress-line.ts';
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
  private last: Stage | null = null;
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
    this.last = new Stage(text, fraction, leftMs);
    this.lastAtMs = nowMs;
    this.say(this.last, text);
  }

  pulse(text: string): void {
    const nowMs = performance.now();
    if (this.last === null || nowMs - this.lastAtMs < againMs) return;
    this.lastAtMs = nowMs;
    this.say(this.last, `${this.last.text}, ${text}`);
  }

  private say(stage: Stage, text: string): void {
    this.note(`[${donePercent(stage.fraction())}, ${countdown(stage.leftMs())} left] ${text}`);
  }

  end(): void {}
}

/** A stage of the work, which goes on at the pace that its estimate promises. */
class Stage {
  readonly text: string;
  private readonly fractionAtStart: number;
  private readonly leftAtStartMs: number;
  private readonly startedAtMs = performance.now();

  constructor(text: string, fraction: number, leftMs: number) {
    this.text = text;
    this.fractionAtStart = fraction;
    this.leftAtStartMs = leftMs;
  }

  /** At most 0.999 once it has gone on: only the end of the work is all of it. */
  fraction(): number {
    const pace = this.leftAtStartMs > 0 ? (1 - this.fractionAtStart) / this.leftAtStartMs : 0;
    const passed = (performance.now() - this.startedAtMs) * pace;
    return passed === 0 ? this.fractionAtStart : Math.min(0.999, this.fractionAtStart + passed);
  }

  leftMs(): number {
    return Math.max(0, this.leftAtStartMs - (performance.now() - this.startedAtMs));
  }
}

class Bar implements Progress {
  private readonly stream: ProgressStream;
  private readonly colour: boolean;
  private current: Stage | null = null;
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
    this.current = new Stage(text, fraction, leftMs);
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
    // A stage that takes longer than estimated must not make the bar go back at its end.
    this.shown = Math.max(this.shown, Math.min(0.999, current.fraction()));
    const left = countdown(current.leftMs());
    const state = { fraction: this.shown, left, text: current.text, pulse: this.said };
    this.stream.write(`\r\u001B[K${progressLine(state, columnsOf(this.stream) - 1)}`);
  }
}
/** What remains of a time that is used up to its end, when this share of it is over. */
export const timeLeft = (wholeMs: number, fraction: number): number => (1 - fraction) * wholeMs;

/** Rounded up and to the second, for it is watched while it runs out. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return inTwo(seconds, 60, 'min', 's');
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 24 * 60) return inTwo(minutes, 60, 'h', 'min');
  return inTwo(Math.ceil(minutes / 60), 24, 'd', 'h');
}

function inTwo(count: number, size: number, large: string, small: string): string {
  return `${Math.floor(count / size)} ${large} ${String(count % size).padStart(2, '0')} ${small}`;
}
