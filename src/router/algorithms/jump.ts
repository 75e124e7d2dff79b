// Jump consistent hash: Lamping & Veach 2014, https://arxiv.org/abs/1406.2294
import { computedRouter } from './computed-router.ts';
import { jumpBucket } from './jump-bucket.ts';

/** Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. */
export const jump = computedRouter({
  name: 'jump',
  summary:
    'jump consistent hash: even, no memory, least key movement; only the last shard can be removed',
  lookup: 'O(log n)',
  bucketOf: (hi, lo, buckets) => jumpBucket(hi, lo, buckets),
  placing: { kind: 'jump-bucket' },
});
