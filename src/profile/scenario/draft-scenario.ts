import {
  defaultOperationsComment,
  growthComment,
  keysComment,
  pinComment,
  rateComment,
  strategiesComment,
} from '../../wording/written-scenario.ts';
import { formatSize } from '../../base/units.ts';
import { operationYaml } from '../operations/operation-yaml.ts';
import type { WrittenOperation } from '../operations/written-operation.ts';
import type { DraftKey, DraftTable } from './draft.ts';
import { tablesYaml } from './tables-yaml.ts';
import { commentLines, decimal, flowList, flowText } from './yaml-text.ts';

export interface DraftView {
  readonly name: string;
  readonly sql: string;
}

export interface DraftStrategy {
  readonly key: string;
  /** Router and what follows, in YAML's flow style. */
  readonly rest: string;
  readonly comment: string;
}

/** All parts of a scenario, in the order in which they are written. */
export interface DraftScenario {
  readonly name: string;
  /** Address of the schema for editors; null: none. */
  readonly schemaAddress: string | null;
  readonly header: readonly string[];
  readonly rate: {
    readonly seen: number | null;
    readonly calls: number | null;
    readonly written: number;
  };
  readonly tenantsComment: readonly string[];
  readonly tenants: readonly string[];
  readonly tables: readonly DraftTable[];
  readonly views: readonly DraftView[];
  readonly keys: readonly DraftKey[];
  readonly operations: readonly WrittenOperation[];
  /** Whether no statement was seen. */
  readonly isAssumed: boolean;
  readonly strategies: readonly DraftStrategy[];
  readonly now: { readonly load: number | null; readonly bytes: number | null };
}

/** What does not depend on the operations. */
export type DraftedTables = Omit<
  DraftScenario,
  'header' | 'rate' | 'operations' | 'isAssumed' | 'now'
>;

export function scenarioText(draft: DraftScenario): string {
  const { name, rate, tables, views, keys, operations, strategies } = draft;
  const lines = [
    ...(draft.schemaAddress === null
      ? []
      : [`# yaml-language-server: $schema=${draft.schemaAddress}`]),
    '#',
    ...draft.header.flatMap((line) => commentLines(line)),
    `name: ${flowText(name)}`,
    ...rateComment(rate).flatMap((line) => commentLines(line)),
    `rate: ${decimal(rate.written)}/s`,
    ...draft.tenantsComment.flatMap((line) => commentLines(line)),
    ...draft.tenants,
    'topology: { shards: 4, quota: { cpu: 0.3, memory: 512MiB } }',
    ...tablesYaml(tables),
    ...(views.length === 0 ? [] : ['views:', ...views.flatMap(viewYaml)]),
    ...(keys.length === 0 ? [] : [...keysComment.flatMap((line) => commentLines(line)), 'keys:']),
    ...keys.map(keyYaml),
    ...(draft.isAssumed ? defaultOperationsComment.flatMap((line) => commentLines(line)) : []),
    'operations:',
    ...operations.map(operationYaml),
    ...strategiesComment.flatMap((line) => commentLines(line)),
    'strategies:',
    ...strategies.flatMap(strategyYaml),
    ...growthComment(draft.now).flatMap((line) => commentLines(line)),
    growthYaml(draft.now),
  ];
  return `${lines.join('\n')}\n`;
}

function viewYaml({ name, sql }: DraftView): string[] {
  return [
    `  ${name}: |-`,
    ...sql
      .trim()
      .replace(/;\s*$/, '')
      .split('\n')
      .map((line) => `    ${line.trim()}`),
  ];
}

function keyYaml({ name, columns }: DraftKey): string {
  const entries = columns.map(({ table, columns: own }) =>
    own.length === 1 ? `${table}: ${own[0]}` : `${table}: ${flowList(own)}`,
  );
  const line = `  ${name}: { ${entries.join(', ')} }`;
  if (line.length <= 110) return line;
  return [`  ${name}:`, ...entries.map((entry) => `    ${entry}`)].join('\n');
}

function strategyYaml({ key, rest, comment }: DraftStrategy): string[] {
  return [...(comment === '' ? [] : commentLines(comment, '  ')), `  - { key: ${key}, ${rest} }`];
}

function growthYaml({ load, bytes }: DraftScenario['now']): string {
  const now = [
    ...(load === null ? [] : [`load: ${decimal(Number(load.toPrecision(3)))}/s`]),
    ...(bytes === null ? [] : [`bytes: ${formatSize(Number(bytes.toPrecision(2)))}`]),
  ];
  return now.length === 0
    ? 'growth: { to: [8, 16] }'
    : `growth: { to: [8, 16], now: { ${now.join(', ')} } }`;
}

export const strategyOf = (key: string, rest: string, comment = ''): DraftStrategy => {
  return { key, rest, comment };
};

/** The main key by several routers, the next ones by one. */
export function draftStrategies(
  keys: readonly DraftKey[],
  isInteger: boolean,
  largestShare: number,
): DraftStrategy[] {
  const [main, ...others] = keys.map(({ name }) => name);
  if (main === undefined) return [];
  const pinned = Math.max(1, Math.floor(largestShare * 50));
  return [
    strategyOf(main, 'router: jump'),
    ...(largestShare > 1 / 8
      ? [strategyOf(main, `router: jump, pin: { above: ${pinned}% }`, pinComment(largestShare))]
      : []),
    strategyOf(main, 'router: "ring:150"'),
    isInteger ? strategyOf(main, 'router: mod, hash: identity') : strategyOf(main, 'router: mod'),
    ...others.slice(0, 3).map((key) => strategyOf(key, 'router: jump')),
  ];
}
