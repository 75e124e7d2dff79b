import { contentOf } from '../../../result/finding-content.ts';
import type {
  GrowthDocument,
  InstanceLimit,
  LargestTenant,
} from '../../../result/growth-document.ts';
import type { Block, Section, Value } from '../../document.ts';
import { counted, percent, ratio, significant, times } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';
import { column, missing, missingNote, value } from '../../values.ts';
import { months, needsCapacity } from '../amounts.ts';

/** What may help where more shards do not: the largest tenant, and staying on one instance. */
export function candidatesSection(document: GrowthDocument): Section {
  return {
    id: 'candidates',
    title: 'What else there is',
    blocks: [...tenantBlocks(document.largestTenants), ...instanceBlocks(document)],
  };
}

function tenantBlocks(tenants: readonly LargestTenant[]): readonly Block[] {
  if (tenants.length === 0) return [];
  const remedies = tenants.flatMap(({ strategy, remedies: own }) =>
    own.map((remedy, index) => ({ strategy, remedy, first: index === 0 })),
  );
  const blocks: Block[] = [
    { kind: 'heading', text: 'The largest tenant' },
    { kind: 'list', items: textsOf(tenants) },
  ];
  if (remedies.length > 0) {
    blocks.push({
      kind: 'table',
      caption: 'What can be done about the largest tenant',
      columns: [
        column('Strategy', { align: 'text' }),
        column('Remedy', { align: 'text' }),
        column('shards'),
        column('before', { group: 'max/mean' }),
        column('after', { group: 'max/mean' }),
        column('capacity', { meaning: 'Against the present' }),
      ],
      rows: remedies.map(({ strategy, remedy, first }) => [
        { ...value(name(strategy)), first },
        value(`${remedy.kind} for ${name(remedy.tenant)} (${percent(remedy.loadFraction)})`),
        value(String(remedy.shardCount)),
        value(ratio(remedy.maxOverMean.before)),
        value(ratio(remedy.maxOverMean.after)),
        value(times(remedy.capacityRatio)),
      ]),
      note: null,
    });
    blocks.push({
      kind: 'details',
      summary: 'How each of these is written in the scenario, and what it costs',
      blocks: [
        {
          kind: 'list',
          items: remedies.map(
            ({ strategy, remedy: { kind, shardCount, how } }) =>
              `${name(strategy)}, ${counted(shardCount, 'shard')}, ${kind}: ${sentence(how.text)}`,
          ),
        },
      ],
    });
  }
  return blocks;
}

/** The same sentence of several strategies once, with their names. */
function textsOf(tenants: readonly LargestTenant[]): readonly string[] {
  const byLimit = Map.groupBy(tenants, ({ limit }) => contentOf(limit));
  return [...byLimit.values()].map((own) => {
    const names = own.map(({ strategy }) => name(strategy)).join(', ');
    return `${sentence(own[0]?.limit.text ?? '')} (${names})`;
  });
}

function instanceBlocks({ oneInstance, capacity }: GrowthDocument): readonly Block[] {
  const { limits, alternatives = [] } = oneInstance;
  const advice = [...alternatives.map(({ what }) => what), ...oneInstance.advice];
  if (limits.length === 0 && advice.length === 0) return [];
  const horizon = capacity[0]?.horizonMonths ?? 0;
  const blocks: Block[] = [{ kind: 'heading', text: 'Staying on one instance' }];
  if (limits.length > 0) {
    const rows = limits.map((limit) => [
      { ...value(name(limit.limit)), first: true },
      value(significant(limit.now)),
      limit.allowed === null
        ? missing(needsCapacity)
        : value(`${limit.bound === 'at least' ? 'at least ' : ''}${significant(limit.allowed)}`),
      value(name(limit.unit)),
      monthsOf(limit, horizon),
      value(sentence(limit.meaning.text)),
    ]);
    blocks.push({
      kind: 'table',
      caption: 'Limits of one instance',
      columns: [
        column('Limit', { align: 'text' }),
        column('now'),
        column('allowed'),
        column('Unit', { align: 'text' }),
        column('months', { meaning: 'Until it is reached, in the middle of the futures' }),
        column('What it means', { align: 'text' }),
      ],
      rows,
      note: missingNote(rows),
    });
  }
  if (advice.length > 0)
    blocks.push({ kind: 'list', items: advice.map(({ text }) => sentence(text)) });
  return blocks;
}

function monthsOf({ bound, monthsP50 }: InstanceLimit, horizon: number): Value {
  if (bound === 'unknown' || (bound === 'at least' && monthsP50 === 0)) {
    return missing(needsCapacity);
  }
  return value(`${bound === 'at least' ? 'at least ' : ''}${months(monthsP50, horizon)}`);
}
