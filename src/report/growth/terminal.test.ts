import { describe, expect, it } from 'vitest';
import { hostileGrowth } from '../../testing/hostile-growth.ts';
import { sampleGrowth, sampleWithoutCapacity } from '../../testing/sample-growth.ts';
import { columnsOf } from '../text.ts';
import { growthTable } from './terminal.ts';

const plain = { width: 80, colour: false };

describe('growthTable', () => {
  it.each([sampleGrowth, hostileGrowth])('is 80 columns wide at the most: %o', (document) => {
    for (const line of growthTable(document(), plain).split('\n')) {
      expect(columnsOf(line), line).toBeLessThanOrEqual(80);
    }
  });

  it('has a row for every count of every strategy', () => {
    const table = growthTable(sampleGrowth(), plain);
    expect(table).toMatch(
      /^tenant_id\/directory +4 +— +— +7,610 1\.00× 1\.00× +21 \(15-41\) present$/m,
    );
    expect(table).toMatch(/^ +8 +37\.5 +15 min 15,200 +2\.0× 1\.53× +31 \(22-58\) sound$/m);
    expect(table).toMatch(/^ +16 +50\.0 +20 min 30,400 +4\.0× +2\.1× .* wrong$/m);
  });

  it('ends with what to do, when and why', () => {
    const [last = ''] = growthTable(sampleGrowth(), plain).trimEnd().split('\n\n').slice(-1);
    expect(last).toMatch(/^Grow from 4 to 8 shards with tenant_id\/directory\. Begin within/);
    expect(last).toContain('- 8 shards carry 1.5 times as much as 4');
  });

  it('says why the largest count does less than its number', () => {
    expect(growthTable(sampleGrowth(), plain)).toContain(
      'tenant_id/directory: 16 shards do the work of 6.4: ',
    );
  });

  it('says first that the table has no answer, where no capacity is known', () => {
    const table = growthTable(sampleWithoutCapacity(), plain);
    expect(table).toMatch(
      /^No shard count is recommended and no date is given: both need a measured/,
    );
    expect(table).toMatch(/^tenant_id\/directory +4 +— +— +7,610 1\.00× 1\.00× +\? present$/m);
    expect(table).toMatch(/^ +8 +37\.5 +15 min 15,200 +2\.0× 1\.53× +\? unknown$/m);
    expect(table).toContain('? and unknown: this needs a measured capacity.');
    const [last = ''] = table.trimEnd().split('\n\n').slice(-1);
    expect(last).toContain('Measure it: `npx shardlab run s.yaml');
  });

  it('marks months by a lower bound, and says which assumptions decide', () => {
    const document = sampleGrowth();
    const capacity = document.capacity.map((row) => ({ ...row, bound: 'at least' as const }));
    const table = growthTable({ ...document, capacity }, plain);
    expect(table).toMatch(/^ +8 +37\.5 .* 1\.53× +≥31 \(22-58\) sound$/m);
    expect(table).toContain('≥: at least');
    expect(table.replaceAll(/\s+/g, ' ')).toContain(
      '- This advice depends on these assumptions: growth.load 5% +- 2% (default); ' +
        'capacity.shard 1000/s',
    );
  });

  it('has one row for one instance, where that is what there is', () => {
    const document = sampleGrowth();
    const now = { ...document.now, shardCount: 1 };
    expect(growthTable({ ...document, now }, plain)).toMatch(/^one instance \(now\) +1 /m);
  });

  it('says the same cause of several strategies once', () => {
    const table = growthTable(sampleGrowth(), plain).replaceAll(/\n {2}/g, ' ');
    expect(table.match(/^wrong: /gm)).toHaveLength(1);
    expect(table).toContain(
      'wrong: 16 shards with tenant_id/mod, tenant_id/ring:150, tenant_id/directory, ' +
        'order_id/jump: ',
    );
  });
});
