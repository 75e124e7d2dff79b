import { styleText } from 'node:util';
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
  private last = '';
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
    if (text === this.last && nowMs - this.lastAtMs < againMs) return;
    this.last = text;
    this.lastAtMs = nowMs;
    this.note(`[${done(fraction)}, ${countdown(leftMs)} left] ${text}`);
  }

  end(): void {}
}

class Bar implements Progress {
  private readonly stream: ProgressStream;
  private readonly colour: boolean;
  private text = '';
  private fraction = 0;
  private shown = 0;
  private endAtMs = 0;
  private rate = 0;
  private startedAtMs = 0;
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
    this.text = text;
    this.fraction = fraction;
    this.startedAtMs = performance.now();
    this.endAtMs = this.startedAtMs + leftMs;
    this.rate = leftMs > 0 ? (1 - fraction) / leftMs : 0;
    this.draw();
  }

  end(): void {
    clearInterval(this.timer);
    this.text = '';
    this.stream.write('\r\u001B[K');
  }

  /** Between stages the bar moves on at the pace that the estimate promises. */
  private draw(): void {
    if (this.text === '') return;
    const now = performance.now();
    const fraction = Math.min(0.999, this.fraction + (now - this.startedAtMs) * this.rate);
    // A stage that takes longer than estimated must not make the bar go back at its end.
    this.shown = Math.max(this.shown, fraction);
    const left = countdown(Math.max(0, this.endAtMs - now));
    const width = 20;
    const full = Math.floor(this.shown * width);
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    const line = `${bar} ${done(this.shown)} ${left} left  ${this.text}`;
    this.stream.write(`\r\u001B[K${line.slice(0, columnsOf(this.stream) - 1)}`);
  }
}

/** What remains of a time that is used up to its end, when this share of it is over. */
export const timeLeft = (wholeMs: number, fraction: number): number => (1 - fraction) * wholeMs;

/**
 * Rounded down: 100 % is said only when all is done; of one width, so that the line stands still.
 */
const done = (fraction: number): string => `${Math.floor(100 * fraction)} %`.padStart(5);

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
