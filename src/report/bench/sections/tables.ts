import type { BatchSpread, BenchDocument } from '../../../result/bench-document.ts';
import type { Section, Value } from '../../document.ts';
import {
  counted,
  integer,
  ratio,
  roughBytes,
  significant,
  twoDigits,
} from '../../../wording/format.ts';
import { sentence } from '../../text.ts';
import { column, missing, missingNote, numberOr, value } from '../../values.ts';
import { allocated, allocation, type MeasuredRow, refusals, routersOf, titleOf } from '../rows.ts';

const ns = { group: 'ns a look-up' };
const lookupColumns = [
  column('Router', { align: 'text' }),
  column('shards'),
  column('string', ns),
  column('bytes', { ...ns, meaning: 'Look-up of a text that is already encoded' }),
  column('int64', ns),
  column('keys/s', { group: 'bulk', meaning: 'Million int64 keys a second, all in one call' }),
  column('heap', { meaning: 'Bytes that one look-up allocates, the most of any form' }),
  column('checksum', { align: 'text', meaning: 'Digest of the shards of the text keys' }),
];

const wrongType = 'the router does not take keys of this type, or they were not asked for';

/** The median, and what half of the batches lie between. */
const spread = (times: BatchSpread | null): Value =>
  times === null
    ? missing(wrongType)
    : {
        ...value(significant(times.p50)),
        why:
          `half of ${integer(times.batches)} batches: ${significant(times.p25)} to ` +
          significant(times.p75),
      };

export function lookupSection(document: BenchDocument): Section {
  const rows = routersOf(document).flatMap((router) =>
    router.measured.map((row, index) => lookupRow(titleOf(router), row, index === 0)),
  );
  return {
    id: 'look-ups',
    title: 'Look-ups',
    blocks: [
      {
        kind: 'table',
        caption: 'What a look-up costs',
        columns: lookupColumns,
        rows,
        note: missingNote(rows),
      },
    ],
    startsPage: true,
  };
}

function lookupRow(router: string, { shardCount, hotPath }: MeasuredRow, first: boolean): Value[] {
  const heap = allocated(hotPath);
  const { bulkKeysPerSecond: bulk, checksums } = hotPath;
  return [
    { ...value(router), first },
    value(integer(shardCount)),
    spread(hotPath.lookupNsString),
    spread(hotPath.lookupNsBytes),
    spread(hotPath.lookupNsInt64),
    bulk === null ? missing(wrongType) : value(`${significant(bulk.p50 / 1e6)} M`),
    heap === null
      ? missing('garbage was collected in every pass')
      : { ...value(allocation(heap)), tone: heap >= 1 ? 'doubtful' : 'plain' },
    value(checksums.text ?? checksums.int8 ?? ''),
  ];
}

const milliseconds = { group: 'ms' };
const buildColumns = [
  column('Router', { align: 'text' }),
  column('shards'),
  column('build', milliseconds),
  column('one shard more', {
    ...milliseconds,
    meaning: 'Building, from this router, the router with one more shard',
  }),
  column('memory', { meaning: 'What one router holds' }),
  column('found', {
    group: 'Peak to mean',
    meaning: 'Keys of the fullest shard divided by the mean',
  }),
  column('ideal', { group: 'Peak to mean', meaning: 'The same for a perfect hash, on average' }),
  column('keys', { group: 'Peak to mean' }),
];

export function buildSection(document: BenchDocument): Section {
  const rows = routersOf(document).flatMap((router) =>
    router.measured.map((row, index) => buildRow(titleOf(router), row, index === 0)),
  );
  return {
    id: 'building',
    title: 'Building, memory and balance',
    blocks: [
      {
        kind: 'table',
        caption: 'What a router costs, and how evenly it spreads keys',
        columns: buildColumns,
        rows,
        note: missingNote(rows),
      },
      ...notBuilt(document),
    ],
    startsPage: true,
  };
}

function buildRow(router: string, { shardCount, hotPath }: MeasuredRow, first: boolean): Value[] {
  const { peakToMean } = hotPath;
  return [
    { ...value(router), first },
    value(integer(shardCount)),
    value(twoDigits(hotPath.buildMs)),
    numberOr(hotPath.addShardMs, twoDigits, 'one more shard is not possible'),
    value(roughBytes(hotPath.memoryBytes)),
    value(ratio(peakToMean.value)),
    numberOr(peakToMean.ideal, ratio, 'not known'),
    value(integer(peakToMean.keys)),
  ];
}

function notBuilt(document: BenchDocument): Section['blocks'] {
  const refused = routersOf(document).flatMap((router) =>
    refusals(router).map((reason) => sentence(`${titleOf(router)}, ${reason}`)),
  );
  const noted = routersOf(document).flatMap((router) =>
    router.measured.flatMap(({ shardCount, hotPath }) =>
      hotPath.notes.map((note) =>
        sentence(`${titleOf(router)}, ${counted(shardCount, 'shard')}: ${note.text}`),
      ),
    ),
  );
  return [
    ...(refused.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'Not measured' },
          { kind: 'list' as const, items: refused },
        ]),
    ...(noted.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'Warnings of the routers' },
          { kind: 'list' as const, items: noted },
        ]),
  ];
}
