import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs in a process of its own: a heap that nobody else fills. */
const program = `
const url = (path) => new URL(path, process.argv[1]).href;
const { findRouter } = await import(url('../registry.ts'));
const { keyHashes } = await import(url('../../base/hash/key-hashes.ts'));
const functions = await import(url('route-functions.ts'));
const { packKeys } = await import(url('../../base/keys.ts'));
const texts = Array.from({ length: 1024 }, (_, i) => 'tenant-' + String(i).padStart(8, '0'));
const packed = packKeys('text', texts);
const numbers = texts.map((_, i) => i * 7919);
const bigints = numbers.map(BigInt);
const known = { ...packKeys('text', []), rows: [], weights: [] };
const count = 200_000;
const found = {};
for (const name of ['mod', 'jump', 'ring', 'slots', 'maglev', 'jumpback', 'rendezvous']) {
  const topology = { shardCount: 16, weights: Array(16).fill(1) };
  const { xxh64: hash } = keyHashes;
  const options = { keyType: 'text', hash, parameter: null, salt: '', keys: known };
  const router = findRouter(name).build(topology, options);
  const [text, int8] = [functions.textRoute(router), functions.int8Route(router)];
  const bigint = functions.bigintRoute(router);
  const ways = {
    text: (i) => text(texts[i]),
    int8: (i) => int8(numbers[i]),
    bigint: (i) => bigint(bigints[i]),
    bytes: (i) => router.route(packed.bytes, packed.offsets[i], packed.offsets[i + 1]),
  };
  for (const [way, shardOf] of Object.entries(ways)) {
    const loop = new Function('shardOf', 'count',
      'let sum = 0; for (let i = 0; i < count; i += 1) sum += shardOf(i & 1023); return sum;');
    for (let pass = 0; pass < 3; pass += 1) loop(shardOf, count);
    let least = Infinity;
    for (let pass = 0; pass < 8; pass += 1) {
      gc();
      const before = process.memoryUsage().heapUsed;
      loop(shardOf, count);
      least = Math.min(least, process.memoryUsage().heapUsed - before);
    }
    found[name + ' ' + way] = least / count;
  }
}
console.log(JSON.stringify(found));
`;

test('routing a key allocates nothing, whatever it is given', () => {
  // Code that is not compiled yet puts numbers into boxes, and on a busy machine a compiler with a
  // thread of its own is late.
  const compiled = '--no-concurrent-recompilation';
  const flags = ['--expose-gc', '--max-semi-space-size=64', compiled];
  const source = ['--input-type=module', '-e', program, `file://${import.meta.filename}`];
  const printed = execFileSync(process.execPath, [...flags, ...source], { encoding: 'utf8' });
  const bytes: Readonly<Record<string, number>> = JSON.parse(printed);
  expect(Object.keys(bytes)).toHaveLength(28);
  // Whatever is allocated takes 12 bytes or more; what the compiler takes is spread over all calls.
  expect(Object.entries(bytes).filter(([, each]) => !(each < 1))).toEqual([]);
}, 60_000);
