import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { overrideScenario } from '../../scenario/overrides.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { createArrivalRows } from '../../workload/arrival-rows.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import { measurePhase } from '../../workload/phases.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { scenarioVocabulary } from './vocabulary.ts';

const text = readFileSync(new URL('../../../scenarios/tpcc.yaml', import.meta.url), 'utf8');
const scenario = parseScenario(text, 'tpcc.yaml', scenarioVocabulary(sqlReaderFixture));
const workload = buildWorkload(overrideScenario(scenario, { rate: '5000', duration: '20s' }), null);

/** Index of an operation, and of draws and groups of its script. */
function indexesOf(name: string, ...draws: readonly string[]) {
  const operation = workload.operations.findIndex((each) => each.name === name);
  const script = present(workload.operations[operation]?.script, name);
  return { operation, draws: draws.map((each) => script.draws.findIndex((d) => d.name === each)) };
}

test('remote lines and payments, lines an order, and orders rolled back by themselves', () => {
  const order = indexesOf('new_order', 'warehouse', 'supply');
  const unused = indexesOf('new_order_unused_item');
  const payments = [
    indexesOf('payment_by_id', 'warehouse', 'customer'),
    indexesOf('payment_by_name', 'warehouse', 'customer'),
  ];
  const counts = { all: 0, orders: 0, unused: 0, lines: 0, remoteLines: 0, paid: 0, remotePaid: 0 };
  const rows = createArrivalRows(workload);
  const [warehouse = -1, supply = -1] = order.draws;
  visitArrivals(workload, measurePhase(workload, 0), (_, tenant, operation, number) => {
    counts.all += 1;
    rows.open(operation, false, tenant, number);
    if (operation === unused.operation) counts.unused += 1;
    if (operation === order.operation) {
      counts.orders += 1;
      const home = rows.text(warehouse, 0, 0, 'w_id');
      for (let line = 0; line < rows.repetitions(1); line += 1) {
        counts.lines += 1;
        if (rows.text(supply, line, 0, 'w_id') !== home) counts.remoteLines += 1;
      }
    }
    const payment = payments.find((each) => each.operation === operation);
    if (payment === undefined) return;
    const [from = -1, customer = -1] = payment.draws;
    counts.paid += 1;
    if (rows.text(from, 0, 0, 'w_id') !== rows.text(customer, 0, 0, 'c_w_id'))
      counts.remotePaid += 1;
  });
  expect(counts.all).toBeGreaterThan(99_000);
  const within = (share: number, low: number, high: number): void => {
    expect(share).toBeGreaterThan(low);
    expect(share).toBeLessThan(high);
  };
  within((counts.orders + counts.unused) / counts.all, 0.44, 0.46);
  within(counts.paid / counts.all, 0.42, 0.44);
  within(counts.remoteLines / counts.lines, 0.0095, 0.0105);
  within(counts.remotePaid / counts.paid, 0.14, 0.16);
  within(counts.lines / counts.orders, 9.5, 10.5);
  within(counts.unused / (counts.orders + counts.unused), 0.008, 0.012);
}, 60_000);
