import { contentOf } from '../../result/finding-content.ts';
import { fact, type Finding } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import { listed } from '../../wording/format.ts';
import { worded } from '../../wording/worded.ts';
import { sentence } from '../text.ts';
import type { KeyColumn } from './key-columns.ts';

/** Notes on where the tables lie: they stand with the tables, not with each strategy. */
const aboutTables = new Set(['tables-placed-by-default', 'constraints-lost']);

export const isAboutTables = ({ code }: Finding): boolean => aboutTables.has(code);

/** What is said of the tables under each shard key, one sentence or more for each. */
export function tableNotes(columns: readonly KeyColumn[]): readonly string[] {
  return byKeys(columns, ({ notes }) => notes.filter(isAboutTables));
}

/** Why operations ask several shards, run by their way round or do not run. */
export function operationReasons(columns: readonly KeyColumn[]): readonly string[] {
  return byKeys(columns, reasonsOf);
}

/** The same without what only asks several shards. */
export function refusals(columns: readonly KeyColumn[]): readonly string[] {
  return byKeys(columns, ({ operations }) =>
    operations.flatMap(({ fate, instead, reason }) =>
      reason !== undefined && (instead || fate === 'notRunnable') ? [reason] : [],
    ),
  );
}

/** In the order in which a reader asks: what does not run, what runs otherwise, what asks more. */
function reasonsOf({ operations }: Cell): readonly Finding[] {
  const rank = ({ fate, instead }: Cell['operations'][number]): number =>
    fate === 'notRunnable' ? 0 : instead ? 1 : 2;
  return operations
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
}

function byKeys(
  columns: readonly KeyColumn[],
  said: (cell: Cell) => readonly Finding[],
): readonly string[] {
  return saidByKeys(columns.map(({ head, cells: [cell] }) => ({ head, findings: said(cell) })));
}

/** What is found under a shard key. */
interface KeyFindings {
  readonly head: string;
  readonly findings: readonly Finding[];
}

/** What is said of several keys is said once, with their names. */
export function saidByKeys(keys: readonly KeyFindings[]): readonly string[] {
  const all = keys.flatMap(({ head, findings }) =>
    notBoundTogether(findings).map((finding) => ({ head, finding })),
  );
  return [...Map.groupBy(all, ({ finding }) => contentOf(finding)).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const heads = same.map(({ head }) => head);
    return [`With ${listed(heads, 5)}: ${sentence(first.finding.text)}`];
  });
}

/** Operations that do not fix the key are many under some keys: they become one sentence. */
function notBoundTogether(findings: readonly Finding[]): readonly Finding[] {
  const alike = findings.filter(({ code }) => code === 'key-not-bound');
  const [first] = alike;
  if (first === undefined || alike.length < 2) return findings;
  const operations = alike.map(({ names }) => {
    const [table = '', ...columns] = listOf(names?.['names']);
    return `${listOf(names?.['operation']).join('')} (${columns.join(', ')} of ${table})`;
  });
  const together = worded(fact('keys-not-bound', { names: { operations }, place: first.place }));
  return findings.flatMap((one) => {
    if (one === first) return [together];
    return alike.includes(one) ? [] : [one];
  });
}

const listOf = (names: string | string[] | undefined): readonly string[] =>
  names === undefined ? [] : [names].flat();
