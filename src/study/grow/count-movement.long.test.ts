import { expect, test } from 'vitest';
import { topologiesAlong } from '../../placement/topology-changes.ts';
import { countMovement } from './count-movement.ts';

const path = topologiesAlong({ shardCount: 4, weights: [1, 1, 1, 1] }, [5, 8]);
const spec = { router: 'jump', parameter: null, hash: null, salt: '' };

test('the numbers are the same for any number of workers', async () => {
  // More chunks than workers, the last one smaller.
  const keys = 2_500_000;
  const counted = [];
  for (const workers of [1, 2, 3, null]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other: they all take every core
    counted.push(await countMovement({ spec, path, keys }, workers));
  }
  const [first, ...others] = counted;
  for (const other of others) expect(other).toEqual(first);
  const sigma = Math.sqrt((0.2 * 0.8) / keys);
  expect(Math.abs((first?.steps[0]?.movement.keysMovedFraction ?? 0) - 0.2)).toBeLessThan(
    4 * sigma,
  );
  expect(first?.fromStart[1]?.movement).toMatchObject({ from: 4, to: 8, strayKeys: 0 });
});

test('what cannot be counted is refused before any worker starts', async () => {
  await expect(countMovement({ spec, path, keys: 1e12 })).rejects.toMatchObject({
    message: expect.stringContaining('1000000000000 keys are not possible'),
    exitCode: 2,
  });
});
