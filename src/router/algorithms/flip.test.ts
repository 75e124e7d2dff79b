import { computedRouterBehaves } from './computed-router.suite.ts';
import { type Draw, murmurDraw } from '../draw.ts';
import { flip, flipBucket } from './flip.ts';
import { agreesWithJavaEngine } from './java-engine.suite.ts';
import { fnvOfWords } from './reference-hashes.suite.ts';

/** The authors' engine hashes leading zeros, of 64 bits for flips and of 32 for draws. */
const authorsDraw: Draw = (hi, lo, step, below) => {
  const [attempt, bits] = [step >>> 5, step & 31];
  const hash =
    attempt === 0 ? fnvOfWords(hi, lo, 63 - bits) : fnvOfWords(hi, lo, 32 - bits, attempt);
  return Number(hash & BigInt(below - 1));
};

agreesWithJavaEngine((hi, lo, buckets) => flipBucket(hi, lo, buckets, authorsDraw), {
  published: [
    [2, [1, 0, 1, 0, 1, 0]],
    [5, [1, 2, 3, 0, 1, 3]],
    [10, [9, 7, 3, 0, 5, 3]],
    [33, [28, 7, 18, 0, 5, 30]],
    [1000, [102, 542, 219, 921, 944, 410]],
  ],
  file: 'flip-supsi.json',
  rowsInFile: 11,
});

computedRouterBehaves(flip, (hi, lo, buckets) => flipBucket(hi, lo, buckets, murmurDraw));
