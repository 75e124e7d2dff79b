import type { AdviceDocument } from '../../../result/advice-document.ts';
import { driftAlarmWords } from '../../../wording/advice-words.ts';
import { percent, short } from '../../../wording/format.ts';
import type { Block, Section } from '../../document.ts';
import { sentence } from '../../text.ts';
import { column, value } from '../../values.ts';

/** What waiting costs, and what the shards become if nobody moves anything, where it is known. */
export function timeSection({ waiting, drift }: AdviceDocument): Section[] {
  if (waiting === null && drift === null) return [];
  const blocks: Block[] = [];
  if (waiting !== null) {
    blocks.push({ kind: 'paragraph', text: sentence(waiting.finding.text) });
  }
  if (drift !== null) {
    const [assumed, ...found] = drift.findings.map(({ text }) => sentence(text));
    if (assumed !== undefined) blocks.push({ kind: 'paragraph', text: assumed });
    blocks.push({ kind: 'list', items: found });
    blocks.push(alarmsTable(drift));
  }
  return [{ id: 'time', title: 'What time does to it', blocks }];
}

function alarmsTable({
  alarms,
  futures,
  horizonMonths,
}: NonNullable<AdviceDocument['drift']>): Block {
  const month = (at: number | null): string => (at === null ? 'never' : short(at));
  const group = 'in the month, or before, in';
  return {
    kind: 'table',
    caption: 'Alarms if nobody moves anything',
    columns: [
      column('Alarm', { align: 'text' }),
      column('above', { meaning: 'The limit of the alarm' }),
      column('1 of 10', { group }),
      column('5 of 10', { group }),
      column('9 of 10', { group }),
      column('trips in', { align: 'text', meaning: 'Share of the futures' }),
    ],
    rows: alarms.map(({ alarm, limit, months, fraction }) => [
      { ...value(driftAlarmWords(alarm)), first: true },
      value(limit <= 1 ? percent(limit) : `${short(limit)}×`),
      value(month(months.p10)),
      value(month(months.p50)),
      value(month(months.p90)),
      { ...value(percent(fraction)), bar: Math.min(1, fraction) },
    ]),
    note:
      `${short(futures)} futures of ${short(horizonMonths)} months, in which tenants grow at ` +
      'their own rates. Never: not within these months.',
  };
}
