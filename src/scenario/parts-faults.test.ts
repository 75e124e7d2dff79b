import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

const sound = `name: x
rate: 800/s
strategies: [{ key: tenant_id, router: jump }]
`;

test.each([
  [
    `${sound}seed: -1\n`,
    ['4:7: seed: found -1; allowed: a whole number from 0 to 9,007,199,254,740,991'],
  ],
  [
    `${sound}seed: 1.5\n`,
    ['4:7: seed: found 1.5; allowed: a whole number from 0 to 9,007,199,254,740,991'],
  ],
  [
    `${sound}seed:\n`,
    ['4:1: seed: found nothing; allowed: a whole number from 0 to 9,007,199,254,740,991'],
  ],
  [
    `${sound}seed: 9007199254740993\n`,
    [
      '4:7: seed: found 9007199254740992; allowed: a whole number from 0 to ' +
        '9,007,199,254,740,991',
    ],
  ],
  [
    `${sound}duration: 15\n`,
    [
      '4:11: duration: found 15; allowed: a duration with its unit, such as 500ms, ' +
        '15s, 2m or 1h, above zero',
    ],
  ],
  [
    `${sound}duration: 0s\n`,
    [
      '4:11: duration: found "0s"; allowed: a duration with its unit, such as 500ms, ' +
        '15s, 2m or 1h, above zero',
    ],
  ],
  [`${sound}duration: 2600h\n`, ['4:11: duration: found "2600h"; allowed: at most 2500h']],
  [
    `${sound}growth: { moves: { throttle: 9001TB/s } }\n`,
    ['4:30: growth.moves.throttle: found "9001TB/s"; allowed: at most 9000TB/s'],
  ],
  [
    `name: x\nrate: 1000000001/s\nstrategies: [{ key: tenant_id, router: jump }]\n`,
    ['2:7: rate: found "1000000001/s"; allowed: at most 1000000000/s'],
  ],
  [
    `${sound}duration: 15 seconds\n`,
    [
      '4:11: duration: found "15 seconds"; allowed: a duration with its unit, such as ' +
        '500ms, 15s, 2m or 1h, above zero',
    ],
  ],
  [
    `${sound}warmup: soon\n`,
    [
      '4:9: warmup: found "soon"; allowed: a duration with its unit, such as 500ms, ' +
        '15s, 2m or 1h',
    ],
  ],
  [
    `${sound}arrivals: poison\n`,
    [
      '4:11: arrivals: found "poison"; allowed: poisson, constant, { burst: { on: ' +
        '2000/s, off: 200/s, for: 2s, pause: 8s } } or { ramp: { from: 100/s, to: 2000/s ' +
        '} }; did you mean poisson?',
    ],
  ],
  [
    `${sound}arrivals: { burts: {} }\n`,
    ['4:13: arrivals.burts: found an unknown key; allowed: burst, ramp; did you mean burst?'],
  ],
  [
    `${sound}arrivals: { burst: { on: 0/s, off: 1, for: 2s } }\n`,
    [
      '4:20: arrivals.burst.pause: found nothing; allowed: a duration with its unit, ' +
        'such as 500ms, 15s, 2m or 1h, above zero',
      '4:26: arrivals.burst.on: found "0/s"; allowed: a rate with its unit, such as ' +
        '800/s, 3000/m or 7200/h, above zero',
      '4:36: arrivals.burst.off: found 1; allowed: a rate with its unit, such as ' +
        '800/s, 3000/m or 7200/h',
    ],
  ],
  [
    `${sound}arrivals: { ramp: { from: 1/s, to: 2/s } }\n`,
    [
      '2:7: rate: found "800/s"; allowed: no rate together with arrivals: ramp, which has ' +
        'its own rates',
    ],
  ],
  [
    `${sound}arrivals: { ramp: { from: 0/s, to: 0/s } }\n`,
    [
      '4:19: arrivals.ramp: found { from, to }; allowed: a rate above zero at one end ' +
        'of the ramp at least',
    ],
  ],
  [
    `${sound}arrivals: 5\n`,
    [
      '4:11: arrivals: found 5; allowed: poisson, constant, { burst: { on: 2000/s, ' +
        'off: 200/s, for: 2s, pause: 8s } } or { ramp: { from: 100/s, to: 2000/s } }',
    ],
  ],
  [
    `${sound}loop: { clients: 0 }\n`,
    ['4:18: loop.clients: found 0; allowed: a whole number from 1 to 10,000'],
  ],
  [`${sound}loop: closed\n`, ['4:7: loop: found "closed"; allowed: open or { clients: 8 }']],
  [
    `${sound}tenants: { zipf: -1, count: 10 }\n`,
    ['4:18: tenants.zipf: found -1; allowed: a number from 0 to 10'],
  ],
  [
    `${sound}tenants: { zipff: 1, count: 10 }\n`,
    [
      '4:12: tenants.zipff: found an unknown key; allowed: zipf, count, idType, join, leave, ' +
        'uniform, pareto, lognormal, top, quantiles, topBytes, bytesQuantiles, hotspot, hot, ' +
        'file, id, weight, bytes; did you mean zipf?',
    ],
  ],
  [
    `${sound}tenants: { zipf: 1, cuont: 10 }\n`,
    [
      '4:10: tenants.count: found nothing; allowed: a whole number from 1 to 10,000,000',
      '4:21: tenants.cuont: found an unknown key; allowed: zipf, count, idType, join, leave; did ' +
        'you mean count?',
    ],
  ],
  [
    `${sound}tenants: { count: 10 }\n`,
    [
      '4:10: tenants: found { count }; allowed: { zipf: 0.99, count: 10000 }, { ' +
        'uniform: true, count: 10000 }, { pareto: 1.2, count: 10000 }, { lognormal: 1.5, ' +
        'count: 10000 }, { hotspot: 30%, hot: 1, count: 1000 }, { top: [6%, ' +
        '3%], quantiles: [1, 2, 5], count: 10000 } or { file: tenants.csv, ' +
        'id: tenant, weight: packages, bytes: installed_kb }',
    ],
  ],
  [
    `${sound}tenants: many\n`,
    [
      '4:10: tenants: found "many"; allowed: { zipf: 0.99, count: 10000 }, { uniform: ' +
        'true, count: 10000 }, { pareto: 1.2, count: 10000 }, { lognormal: 1.5, count: ' +
        '10000 }, { hotspot: 30%, hot: 1, count: 1000 }, { top: [6%, ' +
        '3%], quantiles: [1, 2, 5], count: 10000 } or { file: tenants.csv, id: ' +
        'tenant, weight: packages, bytes: installed_kb }',
    ],
  ],
  [
    `${sound}tenants: { zipf: 1, uniform: true, count: 3 }\n`,
    [
      '4:10: tenants: found { zipf, uniform, count }; allowed: { zipf: 0.99, count: ' +
        '10000 }, { uniform: true, count: 10000 }, { pareto: 1.2, count: 10000 }, { ' +
        'lognormal: 1.5, count: 10000 }, { hotspot: 30%, hot: 1, count: 1000 }, { top: [6%, ' +
        '3%], quantiles: [1, 2, 5], count: 10000 } or { ' +
        'file: tenants.csv, id: tenant, weight: packages, bytes: installed_kb }',
    ],
  ],
  [
    `${sound}tenants: { uniform: yes, count: 3 }\n`,
    ['4:21: tenants.uniform: found "yes"; allowed: true'],
  ],
  [
    `${sound}tenants: { hotspot: 30, hot: 1, count: 5 }\n`,
    [
      '4:21: tenants.hotspot: found 30; allowed: a share, as 30% or as 0.3, above zero ' +
        'and below 100%',
    ],
  ],
  [
    `${sound}tenants: { hotspot: 30%, hot: 5, count: 5 }\n`,
    ['4:31: tenants.hot: found 5; allowed: fewer than all tenants (count)'],
  ],
  [
    `${sound}tenants: { file: t.csv, id: a }\n`,
    ['4:10: tenants.weight: found nothing; allowed: a column of the file'],
  ],
  [
    `${sound}tenants: { zipf: 1, count: 10, idType: txt }\n`,
    ['4:40: tenants.idType: found "txt"; allowed: text, int8, uuid; did you mean text?'],
  ],
  [
    `${sound}tenants: { zipf: 1, count: 0 }\n`,
    ['4:28: tenants.count: found 0; allowed: a whole number from 1 to 10,000,000'],
  ],
  [
    `${sound}data: { total: 64 }\n`,
    [
      '4:16: data.total: found 64; allowed: a size with its unit, such as 512B, 64kB, ' +
        '64MB or 1GB (powers of 1000; KiB, MiB and GiB are powers of 1024), above zero',
    ],
  ],
  [
    `${sound}data: { total: 0MB }\n`,
    [
      '4:16: data.total: found "0MB"; allowed: a size with its unit, such as 512B, ' +
        '64kB, 64MB or 1GB (powers of 1000; KiB, MiB and GiB are powers of 1024), above zero',
    ],
  ],
  [
    `${sound}data: { total: 100B }\n`,
    ['4:16: data.total: found "100B"; allowed: a size of at least one row (data.row)'],
  ],
  [
    `${sound}data: { total: 64Mb }\n`,
    [
      '4:16: data.total: found "64Mb"; allowed: a size with its unit, such as 512B, ' +
        '64kB, 64MB or 1GB (powers of 1000; KiB, MiB and GiB are powers of 1024), above zero',
    ],
  ],
  [
    `${sound}topology: { shards: 0 }\n`,
    ['4:21: topology.shards: found 0; allowed: a whole number from 1 to 1,024'],
  ],
  [
    `${sound}topology: { shards: 2000 }\n`,
    ['4:21: topology.shards: found 2000; allowed: a whole number from 1 to 1,024'],
  ],
  [
    `${sound}topology: { shards: 2, weights: [1] }\n`,
    [
      '4:33: topology.weights: found a list of 1; allowed: a list with one number ' +
        'for each shard, each from 0.001 to 1,000,000',
    ],
  ],
  [
    `${sound}topology: { shards: 2, weights: [1, -1] }\n`,
    ['4:37: topology.weights[1]: found -1; allowed: a number from 0.001 to 1,000,000'],
  ],
  [
    `${sound}topology: { quota: { cpu: 0.3 } }\n`,
    [
      '4:20: topology.quota.memory: found nothing; allowed: a size with its unit, such ' +
        'as 512B, 64kB, 64MB or 1GB (powers of 1000; KiB, MiB and GiB are powers of 1024), ' +
        'above zero',
    ],
  ],
  [
    `${sound}limits: { conections: 8 }\n`,
    [
      '4:11: limits.conections: found an unknown key; allowed: timeout, shardTimeout, ' +
        'connections, queue, errors; did you mean connections?',
    ],
  ],
  [
    `${sound}durability: { fsync: off }\n`,
    ['4:22: durability.fsync: found "off"; allowed: true or false'],
  ],
  [`${sound}baseline: 1\n`, ['4:11: baseline: found 1; allowed: true or false']],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});
