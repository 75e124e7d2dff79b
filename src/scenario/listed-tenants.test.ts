import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

const sound = `name: x
rate: 800/s
strategies: [{ key: tenant_id, router: jump }]
`;

test.each([
  [
    `${sound}tenants: { top: [60%, 50%], count: 10 }\n`,
    ['4:17: tenants.top: found a list of 2; allowed: shares that add up to at most 100%'],
  ],
  [
    `${sound}tenants: { top: [3%, 6%], count: 10 }\n`,
    [
      '4:17: tenants.top: found a list of 2; allowed: shares that do not rise, the largest ' +
        'tenant first',
    ],
  ],
  [
    `${sound}tenants: { top: [6%, 3%, 1%], count: 2 }\n`,
    [
      '4:17: tenants.top: found a list of 3; allowed: at most as many shares as there are ' +
        'tenants (count), 2',
    ],
  ],
  [
    `${sound}tenants: { top: [60%, 30%], count: 2 }\n`,
    ['4:17: tenants.top: found a list of 2; allowed: shares of all tenants, which add up to 100%'],
  ],
  [
    `${sound}tenants: { top: [6%, 0%], count: 3 }\n`,
    ['4:22: tenants.top[1]: found "0%"; allowed: a share, as 30% or as 0.3, above zero'],
  ],
  [
    `${sound}tenants: { top: [6%], quantiles: [1, 0.5], count: 9 }\n`,
    [
      '4:34: tenants.quantiles: found a list of 2; allowed: a list of 2 to 1,001 numbers from 0 ' +
        'up that do not fall, the last above 0',
    ],
  ],
  [
    `${sound}tenants: { top: [6%, 5%], topBytes: [5%], count: 9 }\n`,
    ['4:37: tenants.topBytes: found a list of 1; allowed: as many shares as `top` has, 2'],
  ],
  [
    `${sound}tenants: { top: [6%], quantile: [1, 2], count: 9 }\n`,
    [
      '4:23: tenants.quantile: found an unknown key; allowed: top, quantiles, topBytes, ' +
        'bytesQuantiles, count, idType, join, leave; did you mean quantiles?',
    ],
  ],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});
