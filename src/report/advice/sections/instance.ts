import type { AdviceDocument } from '../../../result/advice-document.ts';
import { limitWords } from '../../../wording/advice-words.ts';
import { bytes, percent, rate } from '../../../wording/format.ts';
import type { Section } from '../../document.ts';
import { name } from '../../text.ts';
import { column, value } from '../../values.ts';
import { monthsText } from '../rows.ts';

/** One unsharded instance against everything that it is up against. */
export function instanceSection({ instance, basis }: AdviceDocument): Section {
  const amount = (of: number, unit: string): string =>
    unit === 'bytes' ? bytes(of) : `${rate(of)} ${name(unit)}`;
  return {
    id: 'instance',
    title: 'Staying on one instance',
    blocks: [
      {
        kind: 'table',
        caption: 'The instance against its limits',
        columns: [
          column('Limit', { align: 'text' }),
          column('today'),
          column('allowed'),
          column('used', { align: 'text' }),
          column('by the trend', { group: 'months until it is full' }),
          column('fast growth', { group: 'months until it is full' }),
        ],
        rows: instance.limits.map(({ limit, now, allowed, unit, months }) => {
          const used = allowed === 0 ? 1 : now / allowed;
          const isFull = months.trend !== null && months.trend <= basis.leadMonths;
          return [
            { ...value(limitWords(limit)), first: true },
            value(amount(now, unit)),
            value(amount(allowed, unit)),
            { ...value(percent(used)), bar: Math.min(1, used) },
            isFull
              ? { ...value(monthsText(months.trend)), tone: 'bad' as const }
              : value(monthsText(months.trend)),
            value(monthsText(months.fast)),
          ];
        }),
        note:
          'Never: not within the horizon. Shards are advised only where a limit is passed before ' +
          `they could be in use (${basis.leadMonths} months), also when growth is as fast as in ` +
          'one of ten futures.',
      },
    ],
  };
}
