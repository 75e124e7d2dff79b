import { donePercent } from '../wording/countdown.ts';

/** What the line of progress on a terminal says. */
export interface ProgressState {
  /** Share of the whole that is done, 0 to 1. */
  readonly fraction: number;
  /** What is left, as a countdown. */
  readonly left: string;
  readonly text: string;
  /** What the last second showed; '' at the moment nothing, null: nothing so far. */
  readonly pulse: string | null;
}

const barWidth = 20;
/** From the first pulse on, where a terminal has no room for both: it does not jump then. */
const shortBar = 8;
const wideTerminal = 120;
/** Room kept for a pulse, so that the text before it is not cut anew every second. */
const pulseRoom = 30;
/** Less of the text says nothing. */
const leastText = 8;

/**
 * One line of at most so many columns. Where it is narrow the bar becomes short and the text is cut
 * before the pulse is: the text stays the same for long, and the pulse is what changes.
 */
export function progressLine({ fraction, left, text, pulse }: ProgressState, width: number) {
  const size = pulse === null || width >= wideTerminal ? barWidth : shortBar;
  const full = Math.floor(fraction * size);
  const bar = '█'.repeat(full) + '░'.repeat(size - full);
  const head = `${bar} ${donePadded(fraction)} ${left} left  `;
  if (pulse === null || pulse === '') return (head + text).slice(0, width);
  const room = width - head.length - Math.max(pulse.length, pulseRoom) - 2;
  const shown = room < leastText ? '' : `${cut(text, room)}  `;
  return `${head}${shown}${pulse}`.slice(0, width);
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

/** Of one width, so that the line stands still. */
export const donePadded = (fraction: number): string => donePercent(fraction).padStart(5);
