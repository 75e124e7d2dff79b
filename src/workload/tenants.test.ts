import { describe, expect, test } from 'vitest';
import { keyProblem, packKeys } from '../base/keys.ts';
import { buildTenants, generateIds } from './tenants.ts';

describe('tenants', () => {
  test('text ids have one width, so that their byte order is their number', () => {
    expect(generateIds('text', 3, 1)).toEqual(['tenant-00001', 'tenant-00002', 'tenant-00003']);
    const ids = generateIds('text', 1_000_00 + 1, 1);
    expect(ids.at(-1)).toBe('tenant-100001');
    expect(ids[0]).toBe('tenant-000001');
  });

  test('int8 ids count from 1', () => {
    expect(generateIds('int8', 3, 1)).toEqual(['1', '2', '3']);
  });

  test('UUIDs are distinct version 4 ones that the seed decides', () => {
    const ids = generateIds('uuid', 2000, 1);
    expect(new Set(ids).size).toBe(2000);
    for (const id of ids) {
      expect(keyProblem('uuid', id)).toBeNull();
      expect(id).toMatch(/^.{8}-.{4}-4.{3}-[89ab].{3}-.{12}$/);
    }
    expect(generateIds('uuid', 2000, 1)).toEqual(ids);
    expect(generateIds('uuid', 2000, 2)).not.toEqual(ids);
  });

  test('of a distribution: keys are the ids, bytes the weights', () => {
    const source = { distribution: 'zipf', exponent: 1, count: 3, idType: 'int8' } as const;
    const tenants = buildTenants(source, 1, null);
    expect(tenants.count).toBe(3);
    expect([...tenants.keys.bytes.subarray(8, 16)]).toEqual([2, 0, 0, 0, 0, 0, 0, 0]);
    expect(tenants.bytes).toBe(tenants.weights);
  });

  test('keys of text ids are those ids, packed; both outlive a clone', () => {
    const source = { distribution: 'uniform', count: 1234, idType: 'text' } as const;
    const tenants = buildTenants(source, 1, null);
    expect(tenants.ids).toEqual(generateIds('text', 1234, 1));
    expect(tenants.keys).toEqual(packKeys('text', tenants.ids));
    expect(structuredClone(tenants).ids).toEqual(tenants.ids);
  });

  test('of a file, in its order', () => {
    const source = {
      distribution: 'file',
      file: 't.csv',
      idColumn: 'id',
      weightColumn: 'w',
      bytesColumn: 'b',
      idType: 'text',
    } as const;
    const tenants = buildTenants(source, 1, { text: 'id,w,b\nx,1,3\ny,3,1\n', path: 't.csv' });
    expect(tenants).toMatchObject({ count: 2, ids: ['x', 'y'] });
    expect([...tenants.weights]).toEqual([0.25, 0.75]);
    expect([...tenants.bytes]).toEqual([0.75, 0.25]);
    expect(() => buildTenants(source, 1, null)).toThrow('text of the tenant file');
  });
});
