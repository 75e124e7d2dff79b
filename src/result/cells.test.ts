import { describe, expect, it } from 'vitest';
import { cellName, isSameCell } from './cells.ts';

const mod4 = { strategy: 'tenant_id/mod', shardCount: 4 };
const mod8 = { strategy: 'tenant_id/mod', shardCount: 8 };
const mod1 = { strategy: 'tenant_id/mod', shardCount: 1 };
const jump8 = { strategy: 'tenant_id/jump', shardCount: 8 };

describe('cellName', () => {
  it('is the strategy where the document has it once', () => {
    expect(cellName(mod4, [mod4, jump8])).toBe('tenant_id/mod');
    expect(cellName(jump8, [mod4, mod8, jump8])).toBe('tenant_id/jump');
  });

  it('says the shard count where the document has the strategy at several', () => {
    expect([mod1, mod4, mod8].map((cell) => cellName(cell, [mod1, mod4, mod8]))).toEqual([
      'tenant_id/mod on 1 shard',
      'tenant_id/mod on 4 shards',
      'tenant_id/mod on 8 shards',
    ]);
  });
});

describe('isSameCell', () => {
  it('needs the strategy and the shard count', () => {
    expect(isSameCell(mod4, { ...mod4 })).toBe(true);
    expect(isSameCell(mod4, mod8)).toBe(false);
    expect(isSameCell(mod8, jump8)).toBe(false);
  });
});
