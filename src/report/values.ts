import { type Percentile, whyMissing } from '../result/percentile.ts';
import type { Cell, Distribution, ResponseDistribution } from '../result/types.ts';
import { isValid, verdictWord } from '../result/cells.ts';
import type { Column, Tone, Value } from './document.ts';
import { significant } from '../wording/format.ts';
import { name } from './text.ts';

const plain = { why: null, tone: 'plain', bar: null, first: false } as const;

export function value(text: string): Value {
  return { ...plain, text };
}

/**
 * What stands where a number is not known; the reason shows where it is pointed at or read aloud.
 */
export function missing(why: string): Value {
  return { ...plain, text: '—', why };
}

/** The number as `format` writes it, or — with the reason. */
export function numberOr(
  number: number | null | undefined,
  format: (number: number) => string,
  why: string,
): Value {
  return number === null || number === undefined ? missing(why) : value(format(number));
}

/** A percentile in ms with 3 significant digits, or — with the reason. */
export function percentileValue(
  distribution: Distribution | ResponseDistribution | null | undefined,
  percentile: Percentile,
): Value {
  if (distribution === null || distribution === undefined) return missing('not measured');
  return numberOr(
    distribution[percentile],
    significant,
    whyMissing(distribution, percentile) ?? 'not measured',
  );
}

/** The strategy as the head of its row. */
export function strategyValue(cell: Cell): Value {
  return { ...plain, text: name(cell.strategy), first: true };
}

const tones: Readonly<Record<string, Tone>> = {
  VALID: 'good',
  DRIFTING: 'doubtful',
  EXTRAPOLATED: 'doubtful',
  NOISY: 'doubtful',
  'TOO-FEW-SAMPLES': 'doubtful',
  INTERRUPTED: 'doubtful',
};

export function toneOf(cell: Cell): Tone {
  return isValid(cell) ? 'good' : (tones[verdictWord(cell)] ?? 'bad');
}

export function verdictValue(cell: Cell): Value {
  return { ...plain, text: verdictWord(cell), tone: toneOf(cell) };
}

export function column(head: string, options: Partial<Omit<Column, 'head'>> = {}): Column {
  return { head, group: '', align: 'number', meaning: null, ...options };
}

/** Note below a table: each reason for a — once, with how often it is meant. */
export function missingNote(rows: readonly (readonly Value[])[]): string | null {
  const times = new Map<string, number>();
  for (const { text, why } of rows.flat()) {
    if (text === '—' && why !== null) times.set(why, (times.get(why) ?? 0) + 1);
  }
  if (times.size === 0) return null;
  const reasons = [...times].map(([why, count]) => (count === 1 ? why : `${why} (${count} times)`));
  const shown = reasons.slice(0, 6);
  const more = reasons.length - shown.length;
  return `—: ${shown.join('; ')}${more > 0 ? `; and ${more} more reasons` : ''}.`;
}
