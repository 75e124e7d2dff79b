import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { decodeKey, type KeyType, keyTypes, packKeys } from '../base/keys.ts';
import { rngFrom } from '../base/rng.ts';
import { sum } from '../base/statistics/moments.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { keyOrder } from '../router/key-order.ts';
import { newIdOrders } from '../scenario/id-styles.ts';
import { generateIds } from '../workload/tenants.ts';
import { shardedCandidate } from './candidate.ts';
import { placedKey } from '../placement/placed-key.ts';
import {
  caseOf,
  contextOf,
  given,
  head,
  partsOf,
  rowOf,
  scenarioOf,
  touch,
} from './growth-fixture.ts';
import { newIdOrder, newTenantIds } from './new-tenant-ids.ts';
import { newTenantShares } from './new-tenants.ts';

const range = 'strategies: [{ key: tenant_id, router: range }]\n';
const certain = 'load: 5%, tenants: 5%, bytes: 0%';
const grown = (router: string, tenants: string, more = '') => {
  const text = head(4, `growth: { ${certain}${more} }`) + touch + tenants;
  return rowOf(partsOf(text + router, [], 400), router === range ? 'tenant_id/range' : '', 4);
};

describe('months under range, where 400/s grow by 5 % a month and all of it by new tenants', () => {
  // 70 % of 400/s is full; a quarter of the present load is on each shard.
  const limit = 280;

  const same = (idType: string) => `tenants: { uniform: true, count: 20000, idType: ${idType} }\n`;

  test.each(['int8', 'text'])(
    '%s ids are counted on, so that all come to the last range',
    (type) => {
      const { monthsToFull, firstToFill } = grown(range, same(type));
      // 400 x 1.05^t - 300 on the last one.
      const months = Math.log((limit + 300) / 400) / Math.log(1.05);
      expect(monthsToFull?.p10).toBeCloseTo(months, 1);
      expect(monthsToFull?.p90).toBeCloseTo(months, 1);
      expect(firstToFill).toMatchObject({ shard: 3, fraction: 1 });
    },
  );

  test.each(['int8', 'text', 'uuid'])('random %s ids come to all ranges alike', (type) => {
    const { monthsToFull } = grown(range, same(type), ', newIds: random');
    const months = Math.log(limit / 100) / Math.log(1.05);
    expect(Math.abs((monthsToFull?.p50 ?? 0) - months)).toBeLessThan(0.5);
  });

  test('random uuids are what a scenario has by itself', () => {
    const tenants = 'tenants: { uniform: true, count: 20000, idType: uuid }\n';
    expect(grown(range, tenants)).toStrictEqual(grown(range, tenants, ', newIds: random'));
  });
});

describe('where a router sends new tenants', () => {
  const sharesOf = (strategy: string, tenants: string, more = '') => {
    const text = head(4, `growth: { ${certain}${more} }`) + touch + tenants;
    const asked = caseOf(scenarioOf(`${text}strategies: [${strategy}]\n`), [], given(400));
    const context = contextOf(asked);
    const grow = present(asked.strategies[0], 'strategy');
    const key = placedKey(context.workload, grow.strategy);
    const placed = present(grow.placements[0], 'placement');
    return shardedCandidate(context, grow.strategy, key, placed).newTenants;
  };
  const spreadOf = (shares: readonly Float64Array[]): number =>
    Math.max(...shares.map((one) => Math.max(...one))) -
    Math.min(...shares.map((one) => Math.max(...one)));
  const many = 'tenants: { zipf: 1, count: 5000 }\n';

  test('each draw is a share of 1; which shard the large ones get is another one each time', () => {
    const shares = present(sharesOf('{ key: tenant_id, router: jump }', many), 'shares');
    for (const one of shares) expect(sum(one)).toBeCloseTo(1, 12);
    const heaviest = shares.map((one) => one.indexOf(Math.max(...one)));
    expect(new Set(heaviest).size).toBe(4);
    expect(spreadOf(shares)).toBeGreaterThan(0.02);
  });

  test('the more of them come, the less depends on who they are', () => {
    const spread = (count: number, last: number): number =>
      spreadOf(
        sharesOf(
          '{ key: tenant_id, router: jump }',
          `tenants: { uniform: true, count: ${count} }\n`,
          `, last: ${last}`,
        ) ?? [],
      );
    expect(spread(20_000, 18)).toBeLessThan(0.3 * spread(500, 6));
  });

  test('a directory writes them down where there is room, so that draws hardly differ', () => {
    const same = 'tenants: { uniform: true, count: 500 }\n';
    const shares = present(sharesOf('{ key: tenant_id, router: directory }', same), 'shares');
    const jump = present(sharesOf('{ key: tenant_id, router: jump }', same), 'shares');
    expect(spreadOf(shares)).toBeLessThan(0.01);
    expect(spreadOf(jump)).toBeGreaterThan(0.01);
    for (const one of shares) expect(Math.max(...one)).toBeLessThan(0.26);
  });

  test('a key that is no tenant gets no new values by them', () => {
    expect(sharesOf('{ key: order_id, router: jump }', many)).toBeNull();
  });

  test('a router that refuses them, as a list without a default does, has none', () => {
    const asked = caseOf(scenarioOf(head(2) + touch + many + range), [], given(400));
    const { newTenants } = contextOf(asked);
    const placed = present(asked.strategies[0]?.placements[0], 'placement');
    const router = {
      shardCount: 2,
      route(): number {
        throw new UserError('list has no shard for the value', { exitCode: exitCodes.usage });
      },
    };
    const even = Float64Array.of(0.5, 0.5);
    expect(newTenantShares(newTenants, { ...placed, router }, false, even)).toBeNull();
  });
});

test('sequential ids come after all present ones, in their order; random ones among them', () => {
  const types = fc.constantFrom<KeyType>(...keyTypes);
  fc.assert(
    fc.property(
      types,
      fc.constantFrom(...newIdOrders),
      fc.integer({ min: 1, max: 200 }),
      fc.nat(),
      (type, order, count, seed) => {
        const known = packKeys(type, generateIds(type, count, seed));
        const ids = newTenantIds(known, order, 40, rngFrom(seed, 'ids'));
        expect(ids.count).toBe(40);
        const compare = keyOrder(type);
        const isBefore = (a: typeof ids, i: number, b: typeof ids, j: number): boolean =>
          compare(
            a.bytes,
            a.offsets[i] ?? 0,
            a.offsets[i + 1] ?? 0,
            b.bytes,
            b.offsets[j] ?? 0,
            b.offsets[j + 1] ?? 0,
          ) < 0;
        if (order === 'random') return;
        for (let id = 1; id < 40; id += 1) expect(isBefore(ids, id - 1, ids, id)).toBe(true);
        if (type === 'uuid') return;
        for (let key = 0; key < count; key += 1) expect(isBefore(known, key, ids, 0)).toBe(true);
      },
    ),
  );
});

test('the style of the present ids: numbers are counted on, names are not, uuid7 is time', () => {
  const seven = ['0190a000-0000-7000-8000-000000000001', '0190a000-0001-7000-8000-000000000002'];
  const four = generateIds('uuid', 2, 1);
  const styleOf = (distribution: 'file' | 'uniform', idType: KeyType, ids: readonly string[]) => {
    const keys = packKeys(idType, ids);
    const weights = Float64Array.of(0.5, 0.5);
    const columns = { file: 'f', idColumn: 'i', weightColumn: 'w', bytesColumn: null };
    const source = { distribution, idType, count: 2, ...columns };
    return newIdOrder(source, { count: 2, ids, keys, weights, bytes: weights });
  };
  expect(styleOf('file', 'text', ['acme', 'zoo'])).toBe('random');
  expect(styleOf('uniform', 'text', ['a', 'b'])).toBe('sequential');
  expect(styleOf('file', 'int8', ['7', '9'])).toBe('sequential');
  expect(styleOf('file', 'uuid', four)).toBe('random');
  expect(styleOf('file', 'uuid', [...seven.slice(0, 1), ...four.slice(0, 1)])).toBe('random');
  expect(styleOf('file', 'uuid', seven)).toBe('sequential');
  const next = newTenantIds(packKeys('uuid', seven), 'sequential', 1, rngFrom(1, 'x'));
  expect(decodeKey('uuid', next.bytes, 0, 16)).toMatch(/^0190a000-03e9-7/);
});
