// Ketama, Richard Jones 2007, as libmemcached has it (MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED):
// awesomized/libmemcached, src/libmemcached/hosts.cc.
import { assert } from '../../base/assert.ts';
import { md5Words } from '../../base/hash/md5.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition, RouterTopology } from '../contract.ts';
import { firstPoint } from '../algorithms/ring-points.ts';
import { KeyText } from './key-text.ts';
import { ketamaPoints } from './ketama-points.ts';
import { defaultLabel, ketamaServers } from './ketama-servers.ts';

/** 160 points each: some 16 million of them. */
const shardsMax = 100_000;

function labelsOf(settings: unknown, { shardCount }: RouterTopology): string[] {
  const names: readonly unknown[] = Array.isArray(settings) ? settings : [];
  return Array.from({ length: shardCount }, (_, shard) => {
    const name = names[shard] ?? defaultLabel(shard);
    assert(typeof name === 'string', 'labels of servers as the settings were read');
    return name;
  });
}

function requirePossible({ shardCount }: RouterTopology): void {
  if (shardCount <= shardsMax) return;
  throw new UserError(`ketama takes at most ${shardsMax} shards, not ${shardCount}`, {
    exitCode: exitCodes.usage,
    hint: 'every shard has 160 points',
  });
}

/**
 * Reproduced: libmemcached's weighted continuum with MD5, points of servers on port 11211 hashed
 * from `host-number`, of others from `host:port-number`. Without settings the shards are called
 * shard-0, shard-1 and so on, on port 11211; `{ servers: [...] }` names the real ones.
 *
 * Growing: every server's points are recounted, in single precision and rounded down, so that some
 * steps (24 to 25, say) also move keys between old servers; with unequal weights most do.
 *
 * memcached knows only strings: an integer is its decimal digits, a UUID its hyphenated text.
 *
 * Not reproduced: spymemcached's labels, servers ejected for failing, sorted host lists, and key
 * prefixes. Fractional weights are an extension: libmemcached takes whole numbers.
 */
export const ketama: RouterDefinition = {
  name: 'ketama',
  summary: "libmemcached's weighted ketama: a ring of 160 MD5 points a server on average",
  traits: {
    ...baseTraits,
    weighted: true,
    removesAny: true,
    lookup: 'O(log n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  settings: ketamaServers,
  reproduces: {
    system: 'libmemcached, MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED',
    except: "spymemcached's labels, ejected servers, sorted host lists, key prefixes",
  },
  build(topology, { keyType, settings }) {
    requirePossible(topology);
    const labels = labelsOf(settings, topology);
    const points = ketamaPoints(
      labels.map((label, shard) => ({ label, weight: topology.weights[shard] ?? 0 })),
    );
    const text = new KeyText(keyType);
    const words = new Uint32Array(4);
    return {
      shardCount: topology.shardCount,
      route(bytes, start, end) {
        text.read(bytes, start, end);
        md5Words(text.bytes, text.start, text.end, words);
        const at = firstPoint(points, 0, words[0] ?? 0, 0, points.count);
        return points.owner[at === points.count ? 0 : at] ?? 0;
      },
    };
  },
};
