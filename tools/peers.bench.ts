import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { assert, present } from '../src/base/assert.ts';
import { median } from '../src/base/statistics/quantile.ts';
import { hotPathKeys, loopKeys } from '../src/bench/hot-path-keys.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { findRouter } from '../src/router/registry.ts';
import { peerNames } from './peer-packages.bench.ts';
import { type FoundInC, PeersInC } from './peers-in-c.bench.ts';
import {
  type OursRow,
  type PeerRow,
  type PeersDocument,
  peersMarkdown,
  peersText,
  reachRows,
} from './peers-table.bench.ts';

/** What `npm run bench:peers` measures: our look-ups beside those of npm packages, and beside C. */
export interface PeersSize {
  readonly shards: number;
  /** A power of two. */
  readonly keys: number;
  readonly rounds: number;
  /** For each form of look-up of a contender, in each round. */
  readonly ms: number;
  /** Keys that answers are checked on. */
  readonly answerKeys: number;
  readonly peers: readonly string[];
  readonly hashes: readonly string[];
}

export const fullPeers: PeersSize = {
  shards: 16,
  keys: loopKeys,
  rounds: 7,
  ms: 120,
  answerKeys: 4096,
  peers: peerNames,
  hashes: ['murmur3-32', 'murmur3-128', 'fnv1a-64', 'xxh64'],
};

const seed = 1;
const routers = ['mod', 'jump', 'ring'] as const;

const times = z.record(z.string(), z.number());
const oursFound = z.object({
  ns: times,
  checksums: z.object({ text: z.string(), int8: z.string() }),
});
const peerFound = z.object({ ns: times, keys: z.int() });
const answersFound = z.object({
  version: z.string(),
  does: z.string(),
  counterpart: z.object({ router: z.string(), hash: z.string() }),
  answers: z.object({
    unstable: z.number(),
    byOrder: z.number().nullable(),
    byGrowth: z.number().nullable(),
    maxOverMean: z.number(),
    none: z.number(),
    moved: z.number(),
    strayed: z.number(),
    golden: z.int().nullable(),
    hardIntegers: z.int().nullable(),
    keys: z.int(),
  }),
});

/** A contender in a process of its own: what the engine learns of one does not slow another. */
async function contender<T extends z.ZodType>(asked: object, shape: T): Promise<z.output<T>> {
  const file = fileURLToPath(new URL('./peers-contender.bench.ts', import.meta.url));
  // rendezvous-hash calls `new Buffer`, which Node warns of.
  const args = ['--no-deprecation', file, JSON.stringify(asked)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return shape.parse(JSON.parse(stdout));
}

/** All contenders, round by round, so that a machine that gets slower favours none. */
export async function benchPeers(
  size: PeersSize,
  say: (line: string) => void,
): Promise<PeersDocument> {
  const { shards, keys, rounds } = size;
  const program = await PeersInC.compile();
  if (program === null) say('no C compiler (gcc or cc): our times stand alone');
  try {
    const ours = await inTurn(
      routers.flatMap((router) => size.hashes.map((hash) => oursOf(router, hash, size, program))),
    );
    const peers = await inTurn(size.peers.map((name) => peerOf(name, size, say)));
    for (let round = 0; round < rounds; round += 1) {
      say(`round ${round + 1} of ${rounds}`);
      for (const { measure } of [...ours, ...peers]) await measure(round);
    }
    return {
      schema: 'shardlab/peers-bench/v1',
      date: new Date().toISOString(),
      machine: { ...(await machineFacts()) },
      compiler: program?.compiler ?? null,
      shards,
      keys,
      rounds,
      ours: ours.map(({ row }) => row()),
      peers: peers.map(({ row }) => row()),
    };
  } finally {
    await program?.remove();
  }
}

interface Measured<T> {
  readonly measure: (round: number) => Promise<void>;
  readonly row: () => T;
}

async function inTurn<T>(all: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  for (const one of all) done.push(await one());
  return done;
}

function oursOf(
  router: (typeof routers)[number],
  hash: string,
  { shards, keys, ms }: PeersSize,
  program: PeersInC | null,
): () => Promise<Measured<OursRow>> {
  const ns = { string: [] as number[], bytes: [] as number[], bulk: [] as number[] };
  const inC = { bytes: [] as number[], bulk: [] as number[] };
  const checksums = { text: '', int8: '' };
  const vnodes = findRouter('ring').parameter?.default ?? 0;
  const hotKeys = hotPathKeys(seed, keys);
  const own = async (): Promise<void> => {
    const asked = { kind: 'ours', router, hash, shards, keys, seed, ms };
    const found = await contender(asked, oursFound);
    for (const form of ['string', 'bytes', 'bulk'] as const) {
      ns[form].push(present(found.ns[form], form));
    }
    Object.assign(checksums, found.checksums);
  };
  const theirs = async (): Promise<FoundInC | undefined> => {
    const found = await program?.measure({ router, hash, shards, vnodes, ms }, hotKeys);
    if (found !== undefined) {
      inC.bytes.push(found.ns.bytes);
      inC.bulk.push(found.ns.bulk);
    }
    return found;
  };
  const measure = async (round: number): Promise<void> => {
    // Alternating order, for the same reason as rounds.
    const before = round % 2 === 0 ? await theirs() : undefined;
    await own();
    const found = before ?? (await theirs());
    const equal =
      found === undefined || JSON.stringify(found.checksums) === JSON.stringify(checksums);
    assert(equal, `${router}, ${hash} in C has ${JSON.stringify(found?.checksums)}, ours others`);
  };
  const row = (): OursRow => ({
    router,
    hash,
    ns: { string: median(ns.string), bytes: median(ns.bytes), bulk: median(ns.bulk) },
    inC: program === null ? null : { bytes: median(inC.bytes), bulk: median(inC.bulk) },
    checksums,
  });
  return () => Promise.resolve({ measure, row });
}

function peerOf(
  name: string,
  { shards, keys, ms, answerKeys }: PeersSize,
  say: (line: string) => void,
): () => Promise<Measured<PeerRow>> {
  return async () => {
    say(`answers of ${name}`);
    const asked = { kind: 'answers', name, shards, keys: answerKeys, seed, ms };
    const { answers, ...about } = await contender(asked, answersFound);
    const ns: number[] = [];
    let used = keys;
    return {
      measure: async () => {
        const found = await contender({ kind: 'peer', name, shards, keys, seed, ms }, peerFound);
        ns.push(present(found.ns['string'], 'string'));
        used = found.keys;
      },
      row: () => ({ name, ...about, ns: median(ns), keys: used, answers }),
    };
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: String(fullPeers.rounds) },
      ms: { type: 'string', default: String(fullPeers.ms) },
      /** A folder that peers-bench.json and peers-bench.md go to. */
      out: { type: 'string' },
    },
  });
  const size = { ...fullPeers, rounds: Number(values.rounds), ms: Number(values.ms) };
  const document = await benchPeers(size, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(peersText(document));
  if (reachRows(document).some(({ reached }) => !reached)) process.exitCode = 4;
  if (values.out === undefined) return;
  const json = `${JSON.stringify(document, null, 2)}\n`;
  await writeAtomically(join(values.out, 'peers-bench.json'), json);
  await writeAtomically(join(values.out, 'peers-bench.md'), peersMarkdown(document));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
