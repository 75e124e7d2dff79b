import { describe, expect, it } from 'vitest';
import { sampleBench } from '../testing/sample-bench.ts';
import { formatBenchDocument, parseBenchDocument } from './bench-parse.ts';

describe('the document of bench', () => {
  it('is read as it was written', () => {
    const text = formatBenchDocument(sampleBench());
    expect(parseBenchDocument(text, 'bench.json')).toEqual(sampleBench());
    expect(formatBenchDocument(parseBenchDocument(text, 'bench.json'))).toBe(text);
  });

  it('says every problem with its place', () => {
    const [first] = sampleBench().rows;
    const wrong = { ...sampleBench(), seed: 1.5, rows: [{ ...first, shardCount: -4 }] };
    expect(() => parseBenchDocument(JSON.stringify(wrong), 'b.json')).toThrow(
      new RegExp(
        String.raw`b\.json has 2 problems:\n {2}seed: .*\(found 1\.5\)\n ` +
          String.raw`{2}rows\[0\]\.shardCount: .*\(found -4\)`,
      ),
    );
  });

  it('is refused where it is another version', () => {
    const later = JSON.stringify({ ...sampleBench(), schema: 'shardlab/bench/v3' });
    expect(() => parseBenchDocument(later, 'b.json')).toThrow(
      'known: shardlab/bench/v2, shardlab/bench/v1',
    );
  });
});
