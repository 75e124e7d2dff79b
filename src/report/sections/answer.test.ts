import { describe, expect, it } from 'vitest';
import { type Fact, fact, textOnly } from '../../result/finding.ts';
import { saturatedCell } from '../../testing/damaged-cells.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { worded } from '../../wording/worded.ts';
import type { Block, Section } from '../document.ts';
import { answerSection } from './answer.ts';
import { changesOf } from './changes.ts';
import { findingsSection } from './findings.ts';

function only<K extends Block['kind']>(section: Section, kind: K) {
  return section.blocks.filter(
    (block): block is Extract<Block, { kind: K }> => block.kind === kind,
  );
}

describe('answerSection', () => {
  it('says once what holds for every cell', () => {
    const result = sampleResult();
    const noise = 'Noise was not checked: that takes 3 repeats of each cell (--repeat 3).';
    for (const [index, { verdict }] of result.cells.entries()) {
      verdict?.reasons.splice(0, 1, textOnly(`${index} operations.`), textOnly(noise));
    }
    const section = answerSection(result);
    expect(only(section, 'paragraph').map(({ text }) => text)).toEqual([
      `For every measured cell: ${noise}`,
    ]);
    const reasons = only(section, 'verdicts').flatMap(({ verdicts }) =>
      verdicts.map((one) => one.reasons),
    );
    expect(reasons).toEqual(result.cells.map((_, index) => [`${index} operations.`]));
  });
});

describe('changesOf', () => {
  it('names the operations that ask all shards by shard key, and the room that is left', () => {
    expect(changesOf(sampleResult())).toEqual([
      'Queries that name tenant_id: with this shard key order_by_id (13.0 % of operations) and ' +
        'summary (2.0 % of operations) ask all shards; if they named it, they would ask one.',
      'Queries that name order_id: with this shard key recent_orders (25.0 % of operations) and ' +
        'summary (2.0 % of operations) ask all shards; if they named it, they would ask one.',
      'More than 15 shards: with so many the largest tenant, which has 6.3 % of the ' +
        'load, has more than an even share, and no router can spread one tenant.',
      'More load: at 803 operations/s the connections of the busiest shard were all in use for ' +
        '1 % of the time. What happens near the capacity was not measured.',
    ]);
  });

  it('says nothing of a tenant that exceeds an even share already', () => {
    const result = sampleResult();
    result.tenants.achieved.top1 = 0.4;
    expect(changesOf(result).join(' ')).not.toContain('largest tenant');
  });

  it('has a remedy for what is not valid', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell, index) => (index === 1 ? saturatedCell(cell) : cell));
    expect(changesOf({ ...result, cells })[0]).toBe(
      'A lower rate, or more shards: above capacity a strategy shows only that it is full ' +
        '(tenant_id/mod).',
    );
  });
});

describe('findingsSection', () => {
  const itemsOf = (facts: readonly Fact[]) => {
    const findings = facts.map(worded);
    return only(findingsSection({ ...sampleResult(), findings }), 'list').flatMap(
      ({ items }) => items,
    );
  };
  const onAllShards = (strategy: string, scatterFraction: number): Fact =>
    fact('operations-on-all-shards', {
      numbers: { scatterFraction, shardCount: 4 },
      names: { strategy },
      place: `/cells/${strategy.length}/fanOut/scatterFraction`,
    });

  it('says once what differs in the strategy alone', () => {
    const items = itemsOf([
      onAllShards('tenant_id/ring:150', 0.15),
      onAllShards('tenant_id/mod', 0.15),
      onAllShards('order_id/jump', 0.35),
    ]);
    const rest =
      'so they go to all 4 shards. That part of the work does not get cheaper with more shards.';
    expect(items).toEqual([
      'With tenant_id/ring:150 and tenant_id/mod 15 % of the operations do not fix the ' +
        'shard key, ' +
        rest,
      `With order_id/jump 35 % of the operations do not fix the shard key, ${rest}`,
    ]);
  });

  it('leaves sentences of earlier and of later versions as they are', () => {
    const { text, ...rest } = textOnly('tenant_id/mod, tenant_id/jump: no difference in balance.');
    const later = { ...rest, code: 'of-tomorrow', names: { strategy: 'tenant_id/mod' }, text };
    const findings = [textOnly(text), later, { ...later, names: { strategy: 'single' } }];
    const section = findingsSection({ ...sampleResult(), findings });
    expect(only(section, 'list').flatMap(({ items }) => items)).toEqual([text, text, text]);
  });
});
