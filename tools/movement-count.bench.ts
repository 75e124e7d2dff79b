import { present } from '../src/base/assert.ts';
import { countMovement } from '../src/study/grow/count-movement.ts';

/**
 * Counts one key space, in a process of its own so that its memory is its own: for
 * movement.bench.ts.
 */
const keys = Number(process.argv[2]);
const [before, after] = [4, 5].map((shardCount) => ({
  shardCount,
  weights: Array.from({ length: shardCount }, () => 1),
}));
const start = performance.now();
const { steps } = await countMovement({
  spec: { router: 'jump', parameter: null, hash: null, salt: '' },
  path: [present(before, 'before'), present(after, 'after')],
  keys,
});
const ms = performance.now() - start;
const moved = present(steps[0], 'step').movement.flows.reduce((sum, flow) => sum + flow.keys, 0);
const maxRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ ms, moved, maxRssMb })}\n`);
