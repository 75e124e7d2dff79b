import { computedRouterBehaves } from './computed-router.suite.ts';
import { type Draw, murmurDraw } from '../draw.ts';
import { power, powerBucket } from './power.ts';
import { agreesWithJavaEngine } from './java-engine.suite.ts';
import { fnvOfWords } from './reference-hashes.suite.ts';

/** The authors' inner hash: of the key's hash and the highest one. */
const authorsDraw: Draw = (hi, lo, top, below) =>
  Number(fnvOfWords(hi, lo, top) & BigInt(below - 1));

agreesWithJavaEngine((hi, lo, buckets) => powerBucket(hi, lo, buckets, authorsDraw), {
  published: [
    [2, [1, 0, 1, 0, 1, 0]],
    [5, [1, 2, 2, 0, 1, 3]],
    [10, [9, 6, 2, 0, 7, 3]],
    [33, [20, 6, 32, 0, 7, 29]],
    [1000, [116, 872, 128, 893, 833, 276]],
  ],
  file: 'power-supsi.json',
  rowsInFile: 11,
});

computedRouterBehaves(power, (hi, lo, buckets) => powerBucket(hi, lo, buckets, murmurDraw));
