import { describe, expect, test } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { parseShardMap } from './shard-map.ts';

const columns = { keyColumn: 'key', shardColumn: 'shard' };
const subject = { ids: ['a', 'b', 'c'], idType: 'text', weights: [1, 1, 0, 1] } as const;
const parse = (text: string, own = columns): number[] => [
  ...parseShardMap(text, 'm.csv', own, subject),
];

function problems(text: string, own = columns): string[] {
  try {
    parse(text, own);
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 2) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('shard map', () => {
  test('gives the shards in the order of the tenants, whatever that of the file is', () => {
    expect(parse('shard,name,key\n3,x,c\n0,y,a\n1,"z, z",b\n')).toEqual([0, 1, 3]);
    const named = { keyColumn: 'tenant_id', shardColumn: 'node' };
    expect(parse('tenant_id,node\na,1\nb,1\nc,1\n', named)).toEqual([1, 1, 1]);
  });

  test('says where a shard is none of the topology', () => {
    expect(problems('key,shard\na,4\nb,-1\nc,2\n')).toEqual([
      'm.csv:2:3: the shard is "4"; a whole number from 0 to 3 was expected',
      'm.csv:3:3: the shard is "-1"; a whole number from 0 to 3 was expected',
      'm.csv:4:3: shard 2 has weight 0 in topology.weights and takes no keys',
    ]);
    expect(problems('key,shard\na,\nb,1.5\nc,0\n')).toEqual([
      'm.csv:2:3: the shard is ""; a whole number from 0 to 3 was expected',
      'm.csv:3:3: the shard is "1.5"; a whole number from 0 to 3 was expected',
    ]);
  });

  test('says which tenants it does not know, and which it lacks', () => {
    expect(problems('key,shard\na,0\nx,1\nb,1\n')).toEqual([
      expect.stringMatching(/^m\.csv:3:1: the scenario has no tenant "x"/),
      'm.csv:1:1: these tenants of the scenario have no line: "c"; one line for each tenant was ' +
        'expected',
    ]);
  });

  test('says where a tenant occurs twice', () => {
    expect(problems('key,shard\na,0\nb,1\na,1\nc,1\n')).toEqual([
      'm.csv:4:1: tenant "a" occurs twice, first on line 2',
    ]);
  });

  test('says which column is not there', () => {
    expect(problems('tenant_key,shard\na,0\n')).toEqual([
      'm.csv:1:1: there is no column "key": the header has "tenant_key", "shard"; did you ' +
        'mean "tenant_key"?',
    ]);
  });
});
