import { fact } from '../../result/finding.ts';
import type { LostConstraint } from '../../scenario/layout-types.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import type { Artefact, Chosen } from './artefact-types.ts';
import { sqlName, sqlNames } from './sql/sql-text.ts';

/** Queries that find what constraints no longer forbid; they need all shards behind one server. */
export function constraintChecks({ layout, scenario, header }: Chosen): Artefact[] {
  const { tables } = scenario;
  if (layout === null || tables === undefined) return [];
  const checks = layout.lost.map((lost) => checkOf(lost, tables));
  const head = header.map((line) => `-- ${line}`).join('\n');
  const parts = [
    `${head}\n-- Run in front of the shards (postgres-fdw/): each row that comes back breaks one`,
    ...(checks.length === 0
      ? ['-- Every constraint holds on the shards: there is nothing to check']
      : checks),
  ];
  return [
    {
      path: 'constraints.sql',
      text: `${parts.join('\n\n')}\n`,
      placement: 'exact',
      note: fact('artefact-constraints', {
        severity: checks.length === 0 ? 'info' : 'warning',
        numbers: { lost: checks.length },
        names: { tables: [...new Set(layout.lost.map(({ table }) => table))] },
      }),
    },
  ];
}

function checkOf(lost: LostConstraint, { tables }: TableSet): string {
  const { table, kind, columns, references } = lost;
  if (kind !== 'foreign' || references === undefined) {
    const known = columns.map((column) => `${sqlName(column)} is not null`).join(' and ');
    const name = kind === 'primary' ? 'primary key' : 'unique';
    return `-- ${name} (${columns.join(', ')}) of ${table} holds within each shard only
select ${sqlNames(columns)}, count(*) as times
from ${sqlName(table)}
where ${known}
group by ${sqlNames(columns)}
having count(*) > 1;`;
  }
  const key = tables
    .find(({ name }) => name === table)
    ?.foreign.find(
      (each) => each.table === references && each.columns.join('\0') === columns.join('\0'),
    );
  const pointed = key?.references ?? columns;
  const same = columns.map(
    (column, i) => `parent.${sqlName(pointed[i] ?? column)} = child.${sqlName(column)}`,
  );
  const known = columns.map((column) => `child.${sqlName(column)} is not null`);
  return `-- foreign key (${columns.join(', ')}) of ${table} to ${references}: no shard looks at it
select child.*
from ${sqlName(table)} as child
where ${known.join(' and ')}
  and not exists (
    select from ${sqlName(references)} as parent where ${same.join(' and ')}
  );`;
}
