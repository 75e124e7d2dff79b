import { present } from '../src/base/assert.ts';
import { type PeerAnswers, wrongAnswers } from './peer-answers.bench.ts';

/** What peers.bench.ts found; ns are medians over the rounds of medians over batches. */
export interface PeersDocument {
  readonly schema: 'shardlab/peers-bench/v1';
  readonly date: string;
  readonly machine: Readonly<Record<string, unknown>>;
  /** First line of its version; null: none was found, and our times stand alone. */
  readonly compiler: string | null;
  readonly shards: number;
  readonly keys: number;
  readonly rounds: number;
  readonly ours: readonly OursRow[];
  readonly peers: readonly PeerRow[];
}

export interface OursRow {
  readonly router: string;
  readonly hash: string;
  readonly ns: { readonly string: number; readonly bytes: number; readonly bulk: number };
  readonly inC: { readonly bytes: number; readonly bulk: number } | null;
  /** The same in C, or the bench would have failed. */
  readonly checksums: { readonly text: string; readonly int8: string };
}

export interface PeerRow {
  readonly name: string;
  readonly version: string;
  readonly does: string;
  readonly ns: number;
  readonly keys: number;
  readonly counterpart: { readonly router: string; readonly hash: string };
  readonly answers: PeerAnswers;
}

/** How many times what C takes, of texts, of bytes and in bulk; C takes its texts as bytes. */
const reach: Readonly<Record<string, { string: number; bytes: number; bulk: number }>> = {
  mod: { string: 4.5, bytes: 2.5, bulk: 1.2 },
  jump: { string: 2, bytes: 1.6, bulk: 1.2 },
  ring: { string: 2, bytes: 1.6, bulk: 1.2 },
};
/** The counterpart of each of these is to be so many times faster. */
const reachFaster: Readonly<Record<string, number>> = {
  hashring: 25,
  jumphash: 25,
  'consistent-hashing': 25,
};

const forms = ['string', 'bytes', 'bulk'] as const;

export interface ReachRow {
  readonly what: string;
  readonly reach: string;
  readonly found: string;
  readonly reached: boolean;
}

/**
 * Each figure that was to be reached, with what was found; those against C only where there is C.
 */
export function reachRows({ ours, peers }: PeersDocument): readonly ReachRow[] {
  const againstC = ours.flatMap(({ router, hash, ns, inC }) =>
    inC === null
      ? []
      : forms.map((form) => {
          const most = present(reach[router], `reach of ${router}`)[form];
          const times = ns[form] / (form === 'bulk' ? inC.bulk : inC.bytes);
          return {
            what: `${router}, ${hash}, ${form}`,
            reach: `<= ${most} x C`,
            found: `${times.toFixed(2)} x`,
            reached: times <= most,
          };
        }),
  );
  const againstPeers = peers.flatMap((peer) => {
    const least = reachFaster[peer.name];
    if (least === undefined) return [];
    const times = fasterThan(peer, ours);
    return [
      {
        what: `${peer.counterpart.router} beside ${peer.name}`,
        reach: `>= ${least} times faster`,
        found: times.toFixed(0),
        reached: times >= least,
      },
    ];
  });
  return [...againstC, ...againstPeers];
}

/** How many times faster ours of the like is, from a text. */
function fasterThan({ ns, counterpart }: PeerRow, ours: readonly OursRow[]): number {
  const own = ours.find(
    ({ router, hash }) => router === counterpart.router && hash === counterpart.hash,
  );
  return ns / present(own, 'counterpart').ns.string;
}

const heads = ['contender', 'string', 'bytes', 'bulk', 'faster', 'answers'] as const;

/** Rows of the one table: C, ours, then the packages. */
export function tableRows(document: PeersDocument): readonly (readonly string[])[] {
  const { ours, peers, shards } = document;
  const inC = ours.flatMap(({ router, hash, inC: found }) =>
    found === null ? [] : [[`C ${router}, ${hash}`, '', ns(found.bytes), ns(found.bulk), '', '']],
  );
  const own = ours.map(({ router, hash, ns: times, inC: found, checksums }) => {
    const beside = (form: (typeof forms)[number]): string => {
      if (found === null) return ns(times[form]);
      const other = form === 'bulk' ? found.bulk : found.bytes;
      return `${ns(times[form])} (${(times[form] / other).toFixed(2)} x)`;
    };
    const same = found === null ? 'checksum' : 'as C:';
    const answers = `${same} ${checksums.text} ${checksums.int8}`;
    return [`${router}, ${hash}`, ...forms.map(beside), '', answers];
  });
  const others = peers.map((peer) => {
    const wrong = wrongAnswers(peer.answers, shards);
    return [
      `${peer.name} ${peer.version} (${peer.does})`,
      ns(peer.ns),
      '',
      '',
      `${fasterThan(peer, ours).toFixed(0)} x ${peer.counterpart.router}`,
      wrong.length === 0 ? rightWords(peer.answers) : `WRONG: ${wrong.join('; ')}`,
    ];
  });
  return [...inC, ...own, ...others];
}

const rightWords = ({ maxOverMean, golden }: PeerAnswers): string =>
  `stable, max/mean ${maxOverMean.toFixed(2)}${golden === null ? '' : `, ${golden} of 20 golden`}`;

const ns = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** How it was measured, and what the columns are. */
export function peersNotes({ compiler, shards, keys, rounds, peers }: PeersDocument): string[] {
  const most = peers.filter((peer) => peer.keys !== keys);
  return [
    `ns a look-up on ${shards} shards, ${keys} different keys of 15 characters in turn ` +
      `(bulk: int64 keys), medians of ${rounds} interleaved rounds, each contender in a ` +
      'process of its own.',
    compiler === null
      ? 'C: no compiler found (gcc or cc): ours stand alone.'
      : `C: ${compiler}, -O2, everything inlined; its strings are bytes already. The ` +
        'factor in brackets is of that. Both found the same shards for all keys. Its ring ' +
        'halves all points, the usual way; ours looks the first bits up in a table and ' +
        'searches what is left.',
    'faster: how many times as long as the like of ours from a string (rendezvous: our ring).',
    ...most.map((peer) => `${peer.name} was given ${peer.keys} keys.`),
    'hashring keeps 5,000 answers: fewer keys than that, asked for again, would cost 70 ns ' +
      'instead.',
  ];
}

function aligned(rows: readonly (readonly string[])[], right: (column: number) => boolean): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const cell = (text: string, column: number): string =>
    right(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

export function peersText(document: PeersDocument): string {
  const table = aligned([heads, ...tableRows(document)], (column) => column > 0 && column < 4);
  const reached = aligned(
    reachRows(document).map((row) => [
      row.what,
      row.reach,
      row.found,
      row.reached ? 'reached' : 'MISSED',
    ]),
    (column) => column === 2,
  );
  return `${table}\n\n${peersNotes(document).join('\n')}\n\n${reached}\n`;
}

export function peersMarkdown(document: PeersDocument): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
    [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
  const { cpu, cores, node } = document.machine;
  const machine = `${String(cpu)}, ${String(cores)} cores, Node ${String(node)}`;
  return `# Look-ups beside npm packages and C

${document.date.slice(0, 10)}, ${machine}. Made by \`npm run bench:peers\`.

${table(heads, tableRows(document))}

${peersNotes(document).join('\n')}

## To be reached

${table(
  ['what', 'reach', 'found', ''],
  reachRows(document).map((each) => [
    each.what,
    each.reach,
    each.found,
    each.reached ? 'reached' : '**missed**',
  ]),
)}
`;
}
