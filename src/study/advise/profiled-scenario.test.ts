import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  candidateFixture,
  characteristicsFixture,
} from '../../report/characteristics/characteristics-fixture.ts';
import { formatCharacteristics } from '../../result/characteristics-parse.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { worded } from '../../wording/worded.ts';
import { cheaperRemedies, profiledScenario, seenKeys, withSeenUse } from './profiled-scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiled-scenario-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(change: Parameters<typeof characteristicsFixture>[0] = {}): string {
  const own = mkdtempSync(join(folder, 'x-'));
  mkdirSync(join(own, 'shop-profile'));
  const file = join(own, 'shop-profile', 'characteristics.json');
  writeFileSync(file, formatCharacteristics(characteristicsFixture(change)));
  return file;
}

test('characteristics lead to the scenario beside their folder, or stand beside one', async () => {
  const file = written();
  const { path, seen } = await profiledScenario(file, undefined);
  expect(path).toBe(join(file, '..', '..', 'shop.yaml'));
  expect(seen?.name).toBe(characteristicsFixture().name);
  const beside = await profiledScenario('mine.yaml', file);
  expect(beside).toEqual({ path: 'mine.yaml', seen });
  expect(await profiledScenario('mine.yaml', undefined)).toEqual({ path: 'mine.yaml', seen: null });
  await expect(profiledScenario(file, file)).rejects.toThrow(/^--from: found /);
  const scenario = { ...characteristicsFixture().scenario, file: null };
  await expect(profiledScenario(written({ scenario }), undefined)).rejects.toThrow(
    /no scenario was written of what was profiled/,
  );
});

test('its keys are those that the scenario has; with none it is of another scenario', () => {
  const keys = ['user_id', 'tenant_id'].map((key) => candidateFixture({ key }));
  expect(seenKeys(tinyScenario(), characteristicsFixture({ candidates: keys }))).toEqual([
    'tenant_id',
  ]);
  const others = characteristicsFixture({ candidates: [candidateFixture({ key: 'order' })] });
  expect(() => seenKeys(tinyScenario(), others)).toThrow(
    /--from: found order; allowed: .*tenant_id/,
  );
});

test('what the server was seen to use counts where the scenario says nothing', () => {
  const one = { unit: '', names: {}, arguesFor: null, text: '' };
  const health = [
    { ...one, code: 'wal-rate', value: 2e6, numbers: {} },
    { ...one, code: 'connections', value: 0.4, numbers: { connections: 80, allowed: 200 } },
  ];
  const seen = characteristicsFixture({ health });
  const scenario = tinyScenario();
  expect(withSeenUse(scenario, seen).growth.now).toMatchObject({
    walBytesPerSecond: 2e6,
    connections: 80,
    iopsPerSecond: null,
  });
  const stated = { ...scenario.growth, now: { ...scenario.growth.now, connections: 7 } };
  expect(withSeenUse({ ...scenario, growth: stated }, seen).growth.now.connections).toBe(7);
});

test('what its numbers argue for is said before shards are', () => {
  const [remedy] = cheaperRemedies(characteristicsFixture());
  expect(remedy && worded(remedy).text).toBe(
    'The numbers of the server argue for more memory, which costs less than shards. Of the pages ' +
      'that were read, 91 % were in shared_buffers.',
  );
  expect(cheaperRemedies(null)).toEqual([]);
});
