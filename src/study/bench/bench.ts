import { hotPathKeys, loopKeys } from '../../bench/hot-path-keys.ts';
import type { MachineFacts } from '../../host/environment.ts';
import type { BenchDocument, BenchFacts, BenchRow } from '../../result/bench-document.ts';
import { type Fact, fact, type Finding } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import type { BenchChoices } from './bench-flags.ts';
import { benchInProcess } from './bench-process.ts';

export interface BenchAbout {
  readonly startedAt: string;
  readonly command: string;
  readonly machine: MachineFacts;
}

/** Hears how far it is, and gets the document after each router: nothing measured is lost. */
export interface BenchListener {
  readonly progress: (text: string, fraction: number) => void;
  readonly measured: (document: BenchDocument) => Promise<void>;
}

/**
 * Measures the routers one after the other, each in a process of its own, and gives each its share
 * of the time that is left. The signal ends it: the document then has what was measured by then.
 */
export async function bench(
  choices: BenchChoices,
  about: BenchAbout,
  { progress, measured }: BenchListener,
  signal: AbortSignal,
): Promise<BenchDocument> {
  const { routers, shardCounts, keyTypes, seed, maxMs } = choices;
  const startMs = performance.now();
  const rows: BenchRow[] = [];
  const documentOf = (interrupted: boolean) => benchDocumentOf(choices, about, rows, interrupted);
  for (const [index, { name, spec }] of routers.entries()) {
    progress(name, index / routers.length);
    const leftMs = Math.max(0, maxMs - (performance.now() - startMs));
    const request = {
      // With its number, so that the process reads the same name.
      router: name,
      hash: spec.hash,
      shardCounts,
      keyTypes,
      seed,
      allottedMs: Math.max(0, leftMs / (routers.length - index) - startUpMs),
    };
    // oxlint-disable-next-line no-await-in-loop -- in turn: they would disturb each other
    const ended = await benchInProcess(
      request,
      (row) => rows.push(wordedRow(row, rows.length)),
      signal,
    );
    if (ended === 'too slow')
      rows.push(...unanswered(request.router, spec.hash, shardCounts, rows));
    const document = documentOf(ended === 'aborted');
    // oxlint-disable-next-line no-await-in-loop -- a reader never sees half of it
    await measured(document);
    if (ended === 'aborted') return document;
  }
  return documentOf(false);
}

/** What a process takes to start and to load the routers. */
const startUpMs = 250;

function unanswered(
  router: string,
  hash: string | null,
  shardCounts: readonly number[],
  rows: readonly BenchRow[],
): BenchRow[] {
  const done = new Set(rows.flatMap((row) => (row.router === router ? [row.shardCount] : [])));
  return shardCounts
    .filter((shardCount) => !done.has(shardCount))
    .map((shardCount) => ({
      router,
      hash,
      shardCount,
      hotPath: null,
      reasons: [fact('router-did-not-return', { severity: 'warning' })],
    }))
    .map((row, index) => wordedRow(row, rows.length + index));
}

/** With its sentences, and with the places of what it says in the document. */
function wordedRow({ reasons, hotPath, ...row }: BenchFacts, index: number): BenchRow {
  const say = (found: Fact): Finding => worded({ ...found, place: `/rows/${index}${found.place}` });
  return {
    ...row,
    hotPath: hotPath && { ...hotPath, notes: hotPath.notes.map(say) },
    reasons: reasons.map(say),
  };
}

function benchDocumentOf(
  { shardCounts, keyTypes, seed, maxMs }: BenchChoices,
  { startedAt, command, machine: { shardlab, ...machine } }: BenchAbout,
  rows: readonly BenchRow[],
  interrupted: boolean,
): BenchDocument {
  const { texts, integers } = hotPathKeys(seed, 1);
  return {
    schema: 'shardlab/bench/v2',
    startedAt,
    command,
    shardlab,
    machine,
    seed,
    shardCounts: [...shardCounts],
    keyTypes: [...keyTypes],
    maxTimeSeconds: maxMs / 1000,
    keys: { count: loopKeys, text: texts[0] ?? '', int8: String(integers[0] ?? '') },
    interrupted,
    rows: [...rows],
  };
}
