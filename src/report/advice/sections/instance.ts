import type { AdviceDocument } from '../../../result/advice-document.ts';
import { limitAmount } from '../../../wording/advice-limits.ts';
import { limitWords } from '../../../wording/advice-words.ts';
import { listed, percent, rate } from '../../../wording/format.ts';
import type { Section } from '../../document.ts';
import { name } from '../../text.ts';
import { column, value } from '../../values.ts';
import { monthsText } from '../rows.ts';

/** One unsharded instance against everything that it is up against. */
export function instanceSection(document: AdviceDocument): Section {
  const { instance, fullestShard } = document;
  const shard =
    fullestShard === null
      ? []
      : ceilings('The fullest shard against the same, in a bad placement', fullestShard, document);
  return {
    id: 'instance',
    title: 'Staying on one instance',
    blocks: [...ceilings('The instance against its limits', instance, document), ...shard],
  };
}

/** A caption is for those who hear the page; a heading is for all. */
function ceilings(
  title: string,
  of: AdviceDocument['instance'],
  document: AdviceDocument,
): Section['blocks'] {
  return [{ kind: 'heading', text: title }, ceilingTable(title, of, document)];
}

function ceilingTable(
  caption: string,
  { limits, notKnown }: AdviceDocument['instance'],
  { basis }: AdviceDocument,
): Section['blocks'][number] {
  const amount = (of: number, unit: string): string =>
    unit.startsWith('bytes') ? limitAmount(of, unit) : `${rate(of)} ${name(unit)}`;
  return {
    kind: 'table',
    caption,
    columns: [
      column('Limit', { align: 'text' }),
      column('today'),
      column('allowed'),
      column('used', { align: 'text' }),
      column('by the trend', { group: 'months until it is full' }),
      column('fast growth', { group: 'months until it is full' }),
    ],
    rows: limits.map(({ limit, now, allowed, unit, months }) => {
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
      'one of ten futures.' +
      unknownNote(notKnown),
  };
}

const unknownNote = (names: AdviceDocument['instance']['notKnown']): string =>
  names.length === 0
    ? ''
    : ` Nobody said what is used today (growth.now) of: ${listed(names.map(limitWords))}.`;
