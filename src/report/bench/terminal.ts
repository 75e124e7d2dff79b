import type { BenchDocument } from '../../result/bench-document.ts';
import { counted, ratio, roughBytes, twoDigits } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  laidOut,
  leftOutLines,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { sentence } from '../text.ts';
import { measuredBy } from './sections/method.ts';
import {
  allocated,
  allocation,
  type MeasuredRow,
  refusals,
  type RouterRows,
  routersOf,
  titleOf,
} from './rows.ts';
import { dash, number, plain } from '../terminal-entries.ts';

/** Each router with a line for each number of shards, in at most `width` columns. */
export function benchTable(document: BenchDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const routers = routersOf(document);
  const entries = routers.flatMap(({ measured }) => measured.map(rowOf));
  const { lines: all, leftOut } = laidOut(heads, entries, options);
  const [heading = '', ...lines] = all;
  let next = 0;
  const blocks = routers.flatMap((router) => {
    const own = lines.slice(next, next + router.measured.length);
    next += own.length;
    return [title(router, options.colour)].concat(own, notes(router, width));
  });
  const parts = [
    [heading, ...blocks].filter((line) => line !== '').join('\n'),
    leftOutLines([leftOut], options).join('\n'),
    [...legend, ...measuredBy(document)].flatMap((line) => folded(line, width)).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const heads: readonly Head[] = [
  number('shards'),
  number('string'),
  number('bytes', 3),
  number('int64'),
  number('Mkeys/s', 2),
  number('build', 5),
  number('+1', 6),
  number('memory', 4),
  number('heap', 1),
  number('peak', 7),
  number('ideal', 8),
];

function rowOf({ shardCount, hotPath }: MeasuredRow): Entry[] {
  const heap = allocated(hotPath);
  const { ideal } = hotPath.peakToMean;
  const orDash = (value: number | null | undefined): string =>
    value === null || value === undefined ? dash : twoDigits(value);
  const bulk = hotPath.bulkKeysPerSecond?.p50;
  return [
    plain(String(shardCount).padStart(6)),
    plain(orDash(hotPath.lookupNsString?.p50)),
    plain(orDash(hotPath.lookupNsBytes?.p50)),
    plain(orDash(hotPath.lookupNsInt64?.p50)),
    plain(orDash(bulk === undefined ? null : bulk / 1e6)),
    plain(twoDigits(hotPath.buildMs)),
    plain(orDash(hotPath.addShardMs)),
    plain(roughBytes(hotPath.memoryBytes)),
    {
      text: heap === null ? dash : allocation(heap),
      tone: (heap ?? 0) >= 1 ? 'doubtful' : 'plain',
    },
    plain(ratio(hotPath.peakToMean.value)),
    plain(ideal === null ? dash : ratio(ideal)),
  ];
}

const legend: readonly string[] = [
  'string, bytes and int64 are the ns of a look-up with the hash of the key, the median ' +
    'of batches. Mkeys/s is millions of int64 keys a second in one call. build and +1 are ' +
    'the ms to build the router and to add a shard. heap is the bytes that a look-up ' +
    'allocates. peak is the keys of the fullest shard divided by the mean, and ideal is ' +
    'the same for a perfect hash. The checksum is that of the shards of the keys, with the ' +
    'fewest shards.',
];

/** With the digests of its answers: the same on every machine. */
function title(router: RouterRows, colour: boolean): string {
  const [first] = router.measured;
  const { text = null, int8 = null } = first?.hotPath.checksums ?? {};
  const sums = [text === null ? '' : `text ${text}`, int8 === null ? '' : `int8 ${int8}`]
    .filter((each) => each !== '')
    .join(', ');
  const head = titleOf(router);
  const bold = colour ? `\u001b[1m${head}\u001b[22m` : head;
  return sums === '' ? bold : `${bold} (checksum ${sums})`;
}

function notes(router: RouterRows, width: number): string[] {
  const warned = router.measured.flatMap(({ shardCount, hotPath }) =>
    hotPath.notes.map((note) => `${counted(shardCount, 'shard')}: ${note.text}`),
  );
  return [...refusals(router), ...warned].flatMap((line) =>
    folded(sentence(line), width - 2).map((part) => `  ${part}`),
  );
}
