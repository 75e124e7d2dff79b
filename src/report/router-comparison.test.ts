import { describe, expect, test } from 'vitest';
import { textOnly } from '../result/finding.ts';
import type { RouterComparison } from '../result/router-comparison.ts';
import {
  sampleComparison as comparison,
  comparedRouter as router,
  comparedKey as shardKey,
} from '../testing/sample-comparison.ts';
import { comparisonTable } from './router-comparison.ts';

const drawn = (shown: RouterComparison, width = 80): string =>
  comparisonTable(shown, { width, colour: false });

const linesOf = (shown: RouterComparison, start: string, width = 80): string[] =>
  drawn(shown, width)
    .split('\n')
    .filter((line) => line.startsWith(start));

test('a row says where the load falls, what moves and what it costs', () => {
  const [placed = '', costs = ''] = linesOf(comparison(shardKey()), 'jump ');
  expect(placed.split(/ +/)).toEqual([
    'jump',
    '1.10',
    '1.26',
    '1.55',
    '1-2',
    '1.31',
    '1.72',
    '1-3',
    '20.0',
    '18.7',
    '0.0',
  ]);
  expect(costs).toMatch(/^jump +O\(log n\) +110 O\(1\) +260 kB m·o·$/);
});

test('one placement has no p50, and what is not known is a dash', () => {
  const one = router('range', {
    placement: {
      maxOverMean: 1.23,
      band: null,
      rank: { from: 2, to: 2 },
      noDifferenceFrom: [],
      afterDrift: null,
    },
    movement: null,
    cost: { lookupNs: null, memoryBytes: null },
  });
  const [placed = '', costs = ''] = linesOf(comparison(shardKey({ routers: [one] })), 'range ');
  expect(placed.split(/ +/)).toEqual([
    'range',
    '1.23',
    '—',
    '1.23',
    '2',
    ...Array<string>(6).fill('—'),
  ]);
  expect(costs.split(/ +/)).toEqual(['range', 'O(log', 'n)', '—', 'O(1)', '—', 'm·o·']);
});

test('side by side where the terminal is wide enough', () => {
  const shown = comparison(shardKey());
  expect(linesOf(shown, 'jump ', 160)).toHaveLength(1);
  expect(linesOf(shown, 'jump ', 160)[0]).toMatch(/0\.0 +O\(log n\) +110 O\(1\) +260 kB m·o·$/);
});

describe('sentences', () => {
  test('which routers are no different from the best, and which were refused and why', () => {
    const best = router('jump', {
      placement: { ...router('jump').placement, noDifferenceFrom: ['mod', 'ring:150'] },
      notes: [textOnly('jump ignores shard weights')],
    });
    const refused = [{ router: 'list', strategy: null, reason: textOnly('list needs settings') }];
    const text = drawn(comparison(shardKey({ routers: [best], refused })));
    expect(text).toContain(
      '\nbest balance today: jump; no difference from mod, ring:150 can be shown\n',
    );
    expect(text).toContain('\nnot compared: list needs settings\n');
    expect(text).toContain('\njump: jump ignores shard weights\n');
    const alone = drawn(comparison(shardKey()));
    expect(alone).toContain('best balance today: jump; the bands of all other routers are above');
  });

  test('ranks say of what they are: of the weights of today, and of those after drift', () => {
    const steady = router('ring', {
      placement: {
        ...router('ring').placement,
        rank: { from: 2, to: 2 },
        afterDrift: {
          p5: 1.1,
          p50: 1.2,
          p95: 1.3,
          draws: 1000,
          rank: { from: 1, to: 2 },
          noDifferenceFrom: ['jump'],
        },
      },
    });
    const shown = comparison(shardKey({ routers: [router('jump'), steady] }));
    const text = drawn(shown).replaceAll(/\n {2}/g, ' ');
    expect(text).toMatch(/^router +p5 +p50 +p95 rank drift p50 +p95 rank moves % rows load$/m);
    expect(text).toContain('best balance today: jump; ');
    expect(text).toContain(
      'best balance after drift: ring; no difference from jump can be shown\n',
    );
    expect(text).toContain('The rank next to it is by this p95, with the weights of today');
    expect(text).toContain('sigma is 0.5 (assumed; give another with --drift, or a second file');
    const files = { sigma: 0.4217, from: 'files', tenants: 2248 } as const;
    expect(drawn({ ...shown, drift: files }).replaceAll(/\n {2}/g, ' ')).toContain(
      'sigma is 0.422 (calculated from the two files, for the 2,248 tenants that are in both)',
    );
  });

  test('the heading says what is known, and no more', () => {
    const known = drawn(comparison(shardKey()));
    expect(known).toContain('loaded: 2,248 keys; writes go to 937 keys');
    expect(known).toContain('max/mean: ideal 1.07, floor 1.00');
    const unknown = shardKey({ load: 'weights', idealMaxOverMean: null, tenantFloor: null });
    expect(drawn(comparison(unknown))).not.toContain('max/mean: ');
    expect(drawn(comparison(unknown))).toContain('no operation writes');
  });

  test('a router without a place in the table leaves no empty table', () => {
    const refused = [{ router: 'list', strategy: null, reason: textOnly('list: no') }];
    const text = drawn(comparison(shardKey({ routers: [], refused })));
    expect(text).not.toContain('p95 rank');
    expect(text).toContain('not compared: list: no');
  });
});

test('no line is longer than the terminal, whatever the names', () => {
  const long = 'a-router-with-a-very-long-name:123456@murmur3-128+some-salt';
  const routers = [
    router(long, { strategy: long, notes: [textOnly('x'.repeat(300))] }),
    router('jump'),
  ];
  const text = drawn(comparison(shardKey({ shardKey: 'k'.repeat(100), routers })));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
