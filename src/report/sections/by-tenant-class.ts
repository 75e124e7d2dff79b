import type { TenantClassResult } from '../../result/tenant-class.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { integer, listed, percent } from '../../wording/format.ts';
import type { Section, Value } from '../document.ts';
import { noteWith, rowLimit } from '../row-limit.ts';
import { column, missingNote, percentileValue, strategyValue, value } from '../values.ts';

const response = { group: 'Response, ms' };
const single = { group: 'On one shard, ms' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('Tenants', { align: 'text' }),
  column('how many'),
  column('of arrivals', { meaning: 'Share of the operations' }),
  column('failed', { meaning: 'Of its operations: failed, timed out or dropped' }),
  column('p50', response),
  column('p95', response),
  column('p99', response),
  column('p50', single),
  column('p95', single),
  column('p99', single),
];

const meaning =
  'An operation belongs to the tenant that it is about. Sizes are those that the scenario asks ' +
  'for: the largest, the rest of the largest hundredth, and all others. Those beside the ' +
  'largest have rows on a shard where it has rows: what that costs them, those elsewhere show. ' +
  'Operations on several shards wait for the slowest of these wherever their tenant is, so that ' +
  'operations on one shard stand apart. Classes without tenants are left out.';

/** Whose response times they are; none where no tenant is larger than another. */
export function byTenantClassSections(result: RunResult): readonly Section[] {
  const rows = result.cells.flatMap(rowsOf);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, rowLimit);
  const leftOut = `${integer(rows.length - shown.length)} rows are left out; result.json has them.`;
  return [
    {
      id: 'tenant-classes',
      title: 'By class of tenant',
      blocks: [
        { kind: 'paragraph', text: meaning },
        {
          kind: 'table',
          caption: 'Each class of tenants under each strategy, over the whole window',
          columns,
          rows: shown,
          note: noteWith(missingNote(shown), shown.length === rows.length ? null : leftOut),
        },
      ],
    },
  ];
}

function rowsOf(cell: Cell): (readonly Value[])[] {
  const classes = cell.tenantClasses ?? [];
  const total = classes.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const apart = classes.some((each) => each.class === 'others-elsewhere');
  return classes.map((each, index) => {
    const { tenants, arrivals, ok, responseMs, singleShardMs } = each;
    return [
      { ...strategyValue(cell), first: index === 0 },
      value(nameOf(each, apart)),
      value(integer(tenants)),
      value(percent(total === 0 ? null : arrivals / total)),
      value(integer(arrivals - ok)),
      percentileValue(responseMs, 'p50'),
      percentileValue(responseMs, 'p95'),
      percentileValue(responseMs, 'p99'),
      percentileValue(singleShardMs, 'p50'),
      percentileValue(singleShardMs, 'p95'),
      percentileValue(singleShardMs, 'p99'),
    ];
  });
}

/** `apart`: whether some have nothing on a shard of the largest. */
function nameOf({ class: own, shards = [] }: TenantClassResult, apart: boolean): string {
  switch (own) {
    case 'largest':
      return `largest (${shards.length === 1 ? 'shard' : 'shards'} ${listed(shards, 4)})`;
    case 'rest-of-top-1-percent':
      return 'rest of the top 1 %';
    case 'others-beside-largest':
      return apart ? 'others, beside the largest' : 'others, all beside the largest';
    case 'others-elsewhere':
      return 'others, elsewhere';
  }
}
