import { readFileSync } from 'node:fs';
import { present } from '../../base/assert.ts';
import { packKeys } from '../../base/keys.ts';
import { bandOf, bandSalt } from '../../metrics/placement-band.ts';
import { maxOverMean } from '../../metrics/imbalance.ts';
import { writesByShard } from '../../placement/write-placement.ts';
import {
  layoutsByKey,
  placingsOf,
  templateFates,
} from '../../profile/operations/statement-fates.ts';
import { WritingTables } from '../../profile/operations/written-statement.ts';
import { buildRouter } from '../../router/build-router.ts';
import type { Fate } from '../../scenario/layout-types.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { Script, TableSet } from '../../scenario/table-types.ts';
import type { Scenario } from '../../scenario/types.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { buildTableRows } from '../../workload/tables/table-rows.ts';
import { buildTenants } from '../../workload/tenants.ts';
import { scenarioVocabulary } from '../scenario/vocabulary.ts';

/** What two scenarios are compared by: whoever profiles a run of the one gets the other. */

export function scenarioAt(path: string, text = readFileSync(path, 'utf8')): Scenario {
  return parseScenario(text, path, scenarioVocabulary(reader));
}

/** Shares of the load by tenant, the largest first. */
export const sharesOf = ({ tenants, seed }: Scenario): Float64Array =>
  buildTenants(tenants, seed, null).weights.toSorted().toReversed();

export const topShare = (shares: Float64Array, count: number): number =>
  shares.subarray(0, count).reduce((sum, share) => sum + share, 0);

/** Of max/mean of four shards over so many salts of jump, which decide what lies with what. */
export function bandOfShares(weights: Float64Array, salts: number, seed: number) {
  const ids = Array.from(weights, (_, at) => String(at + 1));
  const keys = packKeys('int8', ids);
  const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
  const known = { ...keys, weights, rows: weights };
  const load = new Float64Array(topology.shardCount);
  const ratios = Float64Array.from({ length: salts }, (_, index) => {
    const salt = `${seed}/${bandSalt(index)}`;
    const spec = { router: 'jump', parameter: null, hash: null, salt };
    const router = buildRouter(spec, topology, keys.type, known);
    writesByShard(router, { keys, counts: weights, everywhere: 0, exact: true }, load);
    return maxOverMean(load);
  });
  return bandOf(ratios);
}

/** By table, as a run would load them. */
export function loadedRows(scenario: Scenario): Record<string, number> {
  const set = present(scenario.tables, 'tables');
  const tenants = buildTenants(scenario.tenants, scenario.seed, null);
  const loaded = buildTableRows(set, tenants, scenario.seed);
  return Object.fromEntries(set.tables.map(({ name }, at) => [name, loaded[at]?.count ?? -1]));
}

/** Names of keys, by the columns that they have. */
export function keyColumnsIn({ keys }: TableSet): ReadonlyMap<string, string> {
  return new Map(
    keys.map(({ name, columns }) => [
      columns
        .map((each) => `${each.table}: ${each.columns.join('+')}`)
        .toSorted()
        .join(', '),
      name,
    ]),
  );
}

export type Shares = Readonly<Record<Fate, number>>;

/** What becomes of the statements of a scenario by a key, each weighted by `weightOf`. */
export function routingShares(
  scenario: Scenario,
  key: string,
  weightOf: (statement: { text: string; operation: number; repeats: number }) => number,
): Shares {
  const set = present(scenario.tables, 'tables');
  const operations = scenario.operations.map((operation) => {
    const { instead, ...own } = operation;
    return instead === undefined ? operation : own;
  });
  const tenants = sharesOf(scenario).length;
  const layouts = layoutsOf({ set, operations, strategies: [{ key }], tenants, reader });
  const layout = present(layouts.get(key), key);
  const sums = { single: 0, multi: 0, scatter: 0, reference: 0, notRunnable: 0 };
  for (const [index, { script }] of operations.entries()) {
    for (const [at, statement] of (script?.statements ?? []).entries()) {
      const fate = layout.operations[index]?.statements[at]?.fate ?? 'notRunnable';
      const repeats = repeatsOf(present(script, 'script'), statement.group);
      sums[fate] += weightOf({ text: statement.text, operation: index, repeats });
    }
  }
  return sharesOfAll(sums);
}

function sharesOfAll({ single, multi, scatter, reference, notRunnable }: Shares): Shares {
  const all = single + multi + scatter + reference + notRunnable;
  return {
    single: single / all,
    multi: multi / all,
    scatter: scatter / all,
    reference: reference / all,
    notRunnable: notRunnable / all,
  };
}

/**
 * The same, of statements as templates show them: which parameter is the answer of a statement
 * before is not seen there.
 */
export function templateShares(
  scenario: Scenario,
  key: string,
  weightOf: (text: string) => number,
): Shares {
  const tables = new WritingTables(present(scenario.tables, 'tables'), reader);
  const layouts = layoutsByKey(scenario.operations, tables);
  const at = layouts.findIndex((layout) => layout.key === key);
  const placings = placingsOf(layouts, tables);
  const sums = { single: 0, multi: 0, scatter: 0, reference: 0, notRunnable: 0 };
  const texts = scenario.operations.flatMap(({ script }) => script?.statements ?? []);
  for (const { text } of texts) {
    const fate = present(templateFates(text, placings, tables)[at], key);
    sums[fate] += weightOf(text);
  }
  return sharesOfAll(sums);
}

/** On average; as a written scenario has none by rows, those count once. */
function repeatsOf({ groups }: Script, group: number): number {
  const { repeat } = present(groups[group], 'group');
  return repeat.kind === 'times' ? (repeat.from + repeat.to) / 2 : 1;
}
