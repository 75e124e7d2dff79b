import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

/** Faults of the shop whose query of an order and its lines says that it binds these. */
function faultsOfBinds(binds: string): string[] {
  const line = '    weight: 30\n';
  return faultsOf(shopScenario.replace(line, `${line}    binds: ${binds}\n`));
}

test('keys and columns that the SQL compares with a value are bound', () => {
  expect(faultsOfBinds('[tenant, orders.id, orders.tenant_id, lines.tenant_id]')).toEqual([]);
});

test('what it does not is an error at its place', () => {
  expect(faultsOfBinds('[tenant, orders.user_id]')).toEqual([
    '77:21: operations[1].binds[1]: the SQL does not bind orders.user_id; allowed: what it ' +
      'compares with one value or a list',
  ]);
});

test('an unknown key is one too', () => {
  const [fault = ''] = faultsOfBinds('[tenat]');
  expect(fault).toMatch(
    /^77:13: operations\[1\]\.binds\[0\]: found "tenat"; did you mean tenant\?/,
  );
});

test('of several statements one binds it, unless it is said of one of them', () => {
  const transaction = '    transaction: interactive\n';
  const whole = shopScenario.replace(transaction, `${transaction}    binds: [products.id]\n`);
  expect(faultsOf(whole)).toEqual([]);
  const one = shopScenario.replace('as: placed\n', 'as: placed\n        binds: [orders.note]\n');
  expect(faultsOf(one)).toEqual([]);
  const wrong = shopScenario.replace('as: placed\n', 'as: placed\n        binds: [products.id]\n');
  expect(faultsOf(wrong)).toEqual([
    '67:17: operations[0].statements[0].binds[0]: the SQL does not bind products.id; allowed: ' +
      'what it compares with one value or a list',
  ]);
});
