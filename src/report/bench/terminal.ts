import type { BenchDocument } from '../../result/bench-document.ts';
import { ratio } from '../number.ts';
import { type Entry, folded, type Head, layout, type TerminalOptions } from '../terminal-layout.ts';
import { sentence } from '../text.ts';
import { measuredBy } from './sections/method.ts';
import {
  allocated,
  allocation,
  type MeasuredRow,
  refusals,
  type RouterRows,
  roughBytes,
  routersOf,
  titleOf,
  twoDigits,
} from './rows.ts';

/** Each router with a line for each number of shards, in at most `width` columns. */
export function benchTable(document: BenchDocument, options: TerminalOptions): string {
  const width = Math.max(80, options.width);
  const routers = routersOf(document);
  const entries = routers.flatMap(({ measured }) => measured.map(rowOf));
  const [heading = '', ...lines] = layout(heads, entries, { ...options, width }).split('\n');
  let next = 0;
  const blocks = routers.flatMap((router) => {
    const own = lines.slice(next, next + router.measured.length);
    next += own.length;
    return [title(router, options.colour)].concat(own, notes(router, width));
  });
  const parts = [
    [heading, ...blocks].filter((line) => line !== '').join('\n'),
    [...legend, ...measuredBy(document)].flatMap((line) => folded(line, width)).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

const number = (head: string): Head => ({ text: head, number: true });
const plain = (text: string): Entry => ({ text, tone: 'plain' });
const dash = '—';

const heads: readonly Head[] = [
  number('shards'),
  number('string'),
  number('bytes'),
  number('int64'),
  number('Mkeys/s'),
  number('build'),
  number('+1'),
  number('memory'),
  number('heap'),
  number('peak'),
  number('ideal'),
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
  'string, bytes, int64: ns a look-up with the hash of the key, median of batches; Mkeys/s: ' +
    'millions of int64 keys a second in one call; build, +1: ms to build the router, and to add a ' +
    'shard; heap: bytes that a look-up allocates; peak: keys of the fullest shard over the mean, ' +
    'ideal: the same of a perfect hash; checksum: of the shards of the keys, with the fewest shards.',
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
    hotPath.notes.map((note) => `${shardCount} shards: ${note}`),
  );
  return [...refusals(router), ...warned].flatMap((line) =>
    folded(sentence(line), width - 2).map((part) => `  ${part}`),
  );
}
