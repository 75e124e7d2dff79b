import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { OperationLayout } from '../scenario/layout-types.ts';
import { shopOperations } from '../scenario/tables-fixture.ts';
import { tenantLayout } from '../scenario/layouts-fixture.ts';
import { worded } from '../wording/worded.ts';
import { operationFates } from './operation-fates.ts';

const [placeOrder, orderOfTenant] = shopOperations;
const [placed, ofTenant, scattered] = tenantLayout.operations;

/** The fates when the second operation, a join on two lines of SQL, has this layout. */
function joined(layout: OperationLayout) {
  const operations = [present(placed, 'layout'), layout, present(scattered, 'layout')];
  return present(operationFates({ operations }, shopOperations)[1], 'fate');
}

const sql = present(orderOfTenant?.script?.statements[0], 'statement').sql;
const apart = {
  code: 'join-not-co-located',
  names: ['orders', 'lines'],
  at: sql.indexOf('join lines'),
} as const;

describe('operationFates', () => {
  test('says why an operation asks all shards, and nothing of one that asks one', () => {
    const [first, second, third] = operationFates(tenantLayout, shopOperations);
    expect(first).toEqual({ fate: 'single' });
    expect(second).toEqual({ fate: 'single' });
    expect(third?.fate).toBe('scatter');
    expect(worded(present(third?.reason, 'reason')).text).toBe(
      'Operation newest does not fix the shard key of orders (tenant_id), so it asks all shards.',
    );
    expect(third?.reason?.place).toBe('/operations/2');
  });

  test('says what cannot run, and where in the SQL', () => {
    const fate = joined({
      fate: 'notRunnable',
      runs: 'none',
      statements: [{ fate: 'notRunnable', route: { to: 'nowhere' }, locks: false, reason: apart }],
    });
    expect(fate).toMatchObject({ fate: 'notRunnable', reason: { severity: 'error' } });
    expect(worded(present(fate.reason, 'reason')).text).toBe(
      'Operation order_of_tenant joins orders and lines, whose rows do not lie on the same ' +
        'shard (line 1: "join lines on lines.order_id = …").',
    );
  });

  test('says of a way round why the operation needs one', () => {
    const way = present(ofTenant, 'layout');
    const refused = { statement: 0, reason: apart };
    const fate = joined({ ...way, fate: 'multi', runs: 'instead', refused });
    expect(fate).toMatchObject({ fate: 'multi', instead: true, reason: { severity: 'info' } });
    expect(worded(present(fate.reason, 'reason')).text).toMatch(
      /^Operation order_of_tenant does not run as .* \(`instead`\)\. .* joins orders and lines, /,
    );
    // Who made the layout may not say.
    const unsaid = joined({ ...way, fate: 'multi', runs: 'instead' });
    expect(worded(present(unsaid.reason, 'reason')).text).toMatch(/\(`instead`\)\.$/);
  });

  test('names the statement where there are several', () => {
    const own = present(placed, 'layout');
    const [first, second, third] = own.statements;
    const reason = { code: 'insert-without-key', names: ['lines', 'order_id'] } as const;
    const refused = { ...present(third, 'statement'), fate: 'notRunnable', reason } as const;
    const layout: OperationLayout = {
      fate: 'notRunnable',
      runs: 'none',
      statements: [present(first, 'statement'), present(second, 'statement'), refused],
    };
    const [fate] = operationFates({ operations: [layout] }, [present(placeOrder, 'operation')]);
    expect(worded(present(fate?.reason, 'reason')).text).toMatch(
      /^Operation place_order inserts .* key of lines \(order_id\), .* \(statement 3\)\.$/,
    );
  });
});
