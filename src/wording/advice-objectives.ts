import { listed, ms, twoDigits } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const amounts: Readonly<Record<string, (value: number) => string>> = {
  months: (value) => `${value.toFixed(1)} months`,
  capacity: (value) => `${twoDigits(value)} times the load of today`,
  p99: (value) => `a p99 of ${ms(value)}`,
};

const amountOf = (objective: string, value: number): string =>
  amounts[objective]?.(value) ?? String(value);

const verbs: Readonly<Record<string, string>> = {
  months: 'it lasts',
  capacity: 'it carries',
  p99: 'it has',
};

const missedText = (objective: string, asked: number, has: number): string =>
  `${verbs[objective] ?? 'it has'} ${amountOf(objective, has)} instead of ` +
  amountOf(objective, asked);

const missText = (objective: string) => (said: Said) =>
  `${capital(missedText(objective, said.number('asked'), said.number('has')))}, ` +
  `${amountOf(objective, said.number('missing')).replace(/^a p99 of /, '')} ` +
  `${objective === 'p99' ? 'too slow' : 'too few'}.`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the nearest candidate lacks: `it lasts 12.7 months instead of 24.0 months`. */
export function missedList(said: Said): string {
  const [asked, has] = [said.numbers('asked'), said.numbers('has')];
  return listed(
    said
      .list('missed')
      .map((objective, index) => missedText(objective, asked[index] ?? 0, has[index] ?? 0)),
  );
}

/** Objectives that something does not meet, and by how much. */
export const objectiveSentences: Sentences = {
  'advice-misses-months': missText('months'),
  'advice-misses-capacity': (said) =>
    `${capital(missedText('capacity', said.number('asked'), said.number('has')))} ` +
    'where no database may be fuller than stated.',
  'advice-misses-p99': missText('p99'),
  'advice-instance-misses-capacity': (said) =>
    'The instance itself does not meet what is asked: ' +
    `${missedText('capacity', said.number('asked'), said.number('has'))}.`,
};
