import { z } from 'zod';
import { batchSize, measureBatches } from '../src/bench/batches.ts';
import { hotPathKeys, noKnownKeys } from '../src/bench/hot-path-keys.ts';
import { type RouteLoop, routeLoops } from '../src/bench/route-loops.ts';
import { shardChecksums } from '../src/bench/shard-checksums.ts';
import { buildRouter } from '../src/router/build-router.ts';
import { peerAnswers } from './peer-answers.bench.ts';
import { loadPeer } from './peer-packages.bench.ts';

/**
 * One contender of peers.bench.ts in a process of its own: what it is told, as JSON, and answers.
 */
const request = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ours'), router: z.string(), hash: z.string() }),
  z.object({ kind: z.literal('peer'), name: z.string() }),
  z.object({ kind: z.literal('answers'), name: z.string() }),
]);
const common = z.object({
  shards: z.int().positive(),
  keys: z.int().positive(),
  seed: z.int(),
  ms: z.number().positive(),
});

const input: unknown = JSON.parse(process.argv[2] ?? '');
const asked = request.parse(input);
const { shards, keys: count, seed, ms } = common.parse(input);

function oursNs(router: string, hash: string) {
  const keys = hotPathKeys(seed, count);
  const topology = { shardCount: shards, weights: Array.from({ length: shards }, () => 1) };
  const spec = { router, parameter: null, hash, salt: '' };
  const text = buildRouter(spec, topology, 'text', noKnownKeys('text'));
  const int8 = buildRouter(spec, topology, 'int8', noKnownKeys('int8'));
  const loops = routeLoops({ text, int8 }, keys);
  const ns = nsOf(
    Object.fromEntries(Object.entries(loops).map(([form, loop]) => [form, { loop, least: 4096 }])),
  );
  return { ns, checksums: shardChecksums({ text, int8 }, keys) };
}

function peerNs(name: string) {
  const peer = loadPeer(name);
  const keys = hotPathKeys(seed, Math.max(count, peer.leastKeys));
  const { lookup } = peer.build(Array.from({ length: shards }, (_, shard) => shard));
  const mask = keys.texts.length - 1;
  // Always the key that was asked for longest ago, or a cache would know it.
  let next = 0;
  const loop: RouteLoop = (_, lookups) => {
    let found = 0;
    for (let i = 0; i < lookups; i += 1) {
      if (lookup(keys.texts[next & mask] ?? '') !== undefined) found += 1;
      next += 1;
    }
    return found;
  };
  return { ns: nsOf({ string: { loop, least: 16 } }), keys: keys.texts.length };
}

function nsOf(loops: Readonly<Record<string, { loop: RouteLoop; least: number }>>) {
  const sized = Object.fromEntries(
    Object.entries(loops).map(([form, { loop, least }]) => [
      form,
      { loop, size: batchSize(loop, least, ms / 4) },
    ]),
  );
  const times = measureBatches(sized, ms);
  return Object.fromEntries([...times].map(([form, { p50 }]) => [form, p50]));
}

function answer() {
  if (asked.kind === 'ours') return oursNs(asked.router, asked.hash);
  if (asked.kind === 'peer') return peerNs(asked.name);
  const peer = loadPeer(asked.name);
  const { version, does, counterpart } = peer;
  const answers = peerAnswers(peer, shards, hotPathKeys(seed, count).texts);
  return { version, does, counterpart, answers };
}

process.stdout.write(`${JSON.stringify(answer())}\n`);
