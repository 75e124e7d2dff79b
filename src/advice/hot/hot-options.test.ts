import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { candidateOf, settingAt } from '../advice-fixture.ts';
import { hotFinding, hotOptions, hotThresholds, type MeasuredRemedy } from './hot-options.ts';

const reach = { keysFraction: 0.1, loadFraction: 0.2 };
const remedyOf = (
  remedy: MeasuredRemedy['remedy'],
  ratio: number,
  heaviest: number,
  splits = false,
): MeasuredRemedy => {
  const made = { strategy: `tenant/jump ${remedy}`, heaviest: [heaviest], ratios: [ratio] };
  return { remedy, candidate: candidateOf({ ...made, traits: { splits } }), noisyReach: reach };
};
const setting = settingAt(500);

describe('remedies of a heavy tenant on four shards', () => {
  test('the one that carries most is advised, with its figures', () => {
    const found = hotOptions(
      [remedyOf('nothing', 2, 0.2), remedyOf('list', 1.1, 0.2), remedyOf('own-shard', 1.4, 0.2)],
      setting,
    );
    expect(found.advised).toBe('list');
    // 600 a shard, and the fullest one has 1.1 times the mean.
    const list = present(found.options[1], 'list');
    expect(list.capacityQps?.p50).toBeCloseTo((4 * 600) / 1.1, 6);
    expect(list).toMatchObject({ possible: true, noisyReach: reach, maxOverMean: { p50: 1.1 } });
  });

  test('of those that do nearly as much it is the simplest: nothing to keep', () => {
    const near = [remedyOf('nothing', 1.13, 0.2), remedyOf('list', 1.1, 0.2)];
    expect(hotOptions(near, setting).advised).toBe('nothing');
  });

  test('one that is too large for a shard must be split, and what cannot be says why', () => {
    const large = [remedyOf('nothing', 1.2, 0.3), remedyOf('list', 1.2, 0.3)];
    const split = remedyOf('split', 1.2, 0.3, true);
    const found = hotOptions([...large, split], setting);
    expect(found.advised).toBe('split');
    expect(found.options[0]?.possible).toBe(false);
    expect(found.options[0]?.reasons[0]?.code).toBe('advice-value-outgrows-shard');
    const problem = { remedy: 'split', problem: 'no column', monthlyCost: 7 } as const;
    const without = hotOptions([...large, problem], setting);
    expect(without.advised).toBeNull();
    expect(without.options[2]).toMatchObject({ possible: false, capacityQps: null });
    expect(without.options[2]?.reasons[0]?.names).toEqual({ problems: ['no column'] });
  });

  test('half of an equal part is worth a list, 1.05 of it must be split', () => {
    expect(hotThresholds(8)).toEqual({ moveAbove: 0.0625, splitAbove: 0.131_25 });
    const { options, advised } = hotOptions([remedyOf('nothing', 1.5, 0.2)], setting);
    const { numbers } = hotFinding('a', 0.2, 4, { of: 'tenant', over: 'x', advised, options });
    expect(numbers).toMatchObject({ equalParts: 0.8, nothingMaxOverMean: 1.5, moveAbove: 0.125 });
  });
});
