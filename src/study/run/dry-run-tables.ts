import { operationFates } from '../../metrics/operation-fates.ts';
import { fateWords } from '../../report/tables/key-columns.ts';
import { type KeyEntries, keyMatrix } from '../../report/tables/key-matrix.ts';
import { saidByKeys } from '../../report/tables/key-notes.ts';
import {
  type Entry,
  folded,
  sentenceWidth,
  type TerminalOptions,
} from '../../report/terminal-layout.ts';
import { name } from '../../report/text.ts';
import type { Finding } from '../../result/finding.ts';
import type { Layout, TableLayout } from '../../scenario/layout-types.ts';
import type { Operation, Strategy } from '../../scenario/types.ts';
import { integer, listed, percent } from '../../wording/format.ts';
import { worded } from '../../wording/worded.ts';
import { layoutNotes } from '../cells/table-notes.ts';

/** What is known of a scenario with several tables before anything is loaded. */
export interface PlannedTables {
  readonly operations: readonly Operation[];
  readonly strategies: readonly Pick<Strategy, 'key' | 'name'>[];
  readonly layouts: ReadonlyMap<string, Layout>;
  /** Of each table on average, by its name; empty where a file has the tenants. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * Where each table lies, what becomes of each operation, and what is lost, under each shard key:
 * tables for a terminal, then the reasons in sentences.
 */
export function tablesText(planned: PlannedTables, options: TerminalOptions): string {
  const keys = layoutsInUse(planned);
  const paragraph = (text: string): string => folded(text, sentenceWidth(options)).join('\n');
  return [
    ...tablePlaces(keys, planned, options),
    ...operationRuns(keys, planned, options),
    paragraph(legend),
    ...sharesLeftOut(keys, planned).map(paragraph),
    saidByKeys(keys.map((key) => ({ head: key.head, findings: reasonsOf(key, planned) })))
      .map(paragraph)
      .join('\n'),
    saidByKeys(keys.map(({ head, layout }) => ({ head, findings: notesOf(layout) })))
      .map(paragraph)
      .join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const legend =
  'single: one shard; multi: some shards; scatter: all shards; reference: any shard, for each ' +
  'has a copy; not runnable: left out of the numbers; *: by its way round (instead).';

interface KeyLayout {
  readonly head: string;
  readonly layout: Layout;
}

/** Of the shard keys of the strategies, each once. */
function layoutsInUse({ strategies, layouts }: PlannedTables): readonly KeyLayout[] {
  return [...new Set(strategies.map(({ key }) => key))].flatMap((key) => {
    const layout = layouts.get(key);
    return layout === undefined ? [] : [{ head: name(key), layout }];
  });
}

const plain = (text: string): Entry => ({ text, tone: 'plain' });

function tablePlaces(
  keys: readonly KeyLayout[],
  { rows }: PlannedTables,
  options: TerminalOptions,
): readonly string[] {
  const tables = keys[0]?.layout.tables ?? [];
  const heads = [
    { text: 'tables', number: false },
    { text: 'rows', number: true },
  ];
  const before = tables.map(({ table }) => [plain(name(table)), plain(rowsOf(rows.get(table)))]);
  const places = keys.map(({ head, layout }): KeyEntries => {
    const entries = layout.tables.map((table) => plain(placeOf(table)));
    return { head, entries };
  });
  return keyMatrix(heads, before, places, options);
}

const rowsOf = (count: number | undefined): string => (count === undefined ? '—' : integer(count));

function placeOf({ placement, keyColumns, bits }: TableLayout): string {
  const part = bits === undefined ? '' : ` bits ${bits.from}..${bits.from + bits.count - 1}`;
  const columns = keyColumns.map(name).join(', ') + part;
  switch (placement) {
    case 'sharded':
      return `by ${columns}`;
    case 'own-key':
      return `own key ${columns}`;
    case 'reference':
      return 'every shard';
    case 'home':
      return 'shard 0';
  }
}

function operationRuns(
  keys: readonly KeyLayout[],
  planned: PlannedTables,
  options: TerminalOptions,
): readonly string[] {
  const { operations } = planned;
  const heads = [
    { text: 'operations', number: false },
    { text: 'of load', number: true },
  ];
  const shares = loadShares(operations);
  const before = operations.map(({ name: own }, index) => [
    plain(name(own)),
    plain(percent(shares[index] ?? 0)),
  ]);
  const runs = keys.map(({ head, layout }): KeyEntries => {
    const entries = operationFates(layout, operations).map(({ fate, instead }): Entry => {
      const text = `${fateWords[fate]}${instead === true ? ' *' : ''}`;
      return { text, tone: fate === 'notRunnable' ? 'bad' : 'plain' };
    });
    return { head, entries };
  });
  return keyMatrix(heads, before, runs, options);
}

function loadShares(operations: readonly Operation[]): readonly number[] {
  const all = operations.reduce((sum, { weight }) => sum + weight, 0);
  return operations.map(({ weight }) => weight / all);
}

/** How much of the workload the cells of each key leave out. */
function sharesLeftOut(keys: readonly KeyLayout[], { operations }: PlannedTables): string[] {
  const shares = loadShares(operations);
  const parts = keys.flatMap(({ head, layout }) => {
    const left = shares.filter((_, index) => layout.operations[index]?.runs === 'none');
    if (left.length === 0) return [];
    return [`${percent(left.reduce((sum, share) => sum + share, 0))} with ${head}`];
  });
  if (parts.length === 0) return [];
  return [`Not runnable, and so left out of the cells, is a part of the load: ${listed(parts)}.`];
}

/** What does not run first, then what runs otherwise, then what asks several shards. */
function reasonsOf({ layout }: KeyLayout, { operations }: PlannedTables): readonly Finding[] {
  const fates = operationFates(layout, operations);
  return fates
    .toSorted((a, b) => urgency(a) - urgency(b))
    .flatMap(({ reason }) => (reason === undefined ? [] : [worded(reason)]));
}

const urgency = ({ fate, instead }: ReturnType<typeof operationFates>[number]): number =>
  fate === 'notRunnable' ? 0 : instead === true ? 1 : 2;

const notesOf = (layout: Layout): readonly Finding[] => layoutNotes(layout).map(worded);
