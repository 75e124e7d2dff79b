import type { BenchDocument } from '../../../result/bench-document.ts';
import type { Section } from '../../document.ts';
import { bytes, counted, duration, integer, twoDigits } from '../../../wording/format.ts';
import { name, sentence } from '../../text.ts';

/** How the numbers were measured, in sentences. */
export function measuredBy({ machine, keys, rows, seed }: BenchDocument): readonly string[] {
  const batches = rows.flatMap(({ hotPath }) => {
    const times = hotPath?.lookupNsString ?? hotPath?.lookupNsInt64 ?? null;
    return times === null ? [] : [times];
  });
  const least = Math.min(...batches.map((each) => each.batches));
  const spreads = batches.map(({ p25, p50, p75 }) => (p75 - p25) / p50).toSorted((a, b) => a - b);
  const middle = spreads[Math.floor(spreads.length / 2)];
  return [
    `measured on ${name(machine.cpu)}, ${counted(machine.cores, 'core')}, Node ` +
      `${name(machine.node)}: each router in a process of its own, ${integer(keys.count)} ` +
      `keys such as ${name(keys.text)} and ${name(keys.int8)} in turn (seed ${seed}), in ` +
      'batches that tinybench takes' +
      (middle === undefined
        ? '.'
        : `, at least ${integer(least)} of them; half of the batches lie within ` +
          `${twoDigits(100 * middle)} % of each other in the middle row.`),
  ];
}

export function methodSection(document: BenchDocument): Section {
  const { machine, startedAt, command, maxTimeSeconds } = document;
  return {
    id: 'method',
    title: 'How it was measured',
    blocks: [
      {
        kind: 'list',
        items: [
          ...measuredBy(document).map(sentence),
          'A batch of look-ups takes a tenth of a millisecond or more, far above the step of the ' +
            'clock. The first third of the time is left out, because the engine compiles then.',
          'A look-up of a string or an integer encodes the key, hashes it and finds the ' +
            'shard; a look-up of bytes gets encoded keys. The bulk form takes int64 keys ' +
            'in a typed array, all of them in one call.',
          'Allocation is the smallest growth of the heap in several passes. Memory is ' +
            'what further copies of the router add after full garbage collections.',
          'Peak to mean is over distinct keys of equal weight, 1,000 for each shard where time ' +
            'allows; with fewer, chance alone makes it larger, as the ideal beside it shows.',
          'The checksum is a digest of the shards of the keys in their order. String and ' +
            'bytes, and also the three forms of integers, must give the same one; ' +
            'otherwise the run fails.',
          'Times depend on the machine and on what else it does. Compare rows of the same ' +
            'run only.',
        ],
      },
      {
        kind: 'facts',
        facts: [
          { term: 'Processor', text: `${name(machine.cpu)}, ${counted(machine.cores, 'core')}` },
          { term: 'Memory', text: bytes(machine.memoryBytes) },
          { term: 'System', text: name(machine.os) },
          { term: 'Node', text: name(machine.node) },
          { term: 'Commit', text: machine.gitCommit === null ? 'none' : name(machine.gitCommit) },
          { term: 'Begun', text: startedAt },
          { term: 'Time allowed', text: duration(1000 * maxTimeSeconds) },
        ],
      },
      { kind: 'code', text: command },
    ],
  };
}
