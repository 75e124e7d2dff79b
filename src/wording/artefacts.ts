import { bytes, counted, integer, listed, ratio, significant } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What each file is that `advise` writes, and what is to be known of it. */
export const artefactSentences: Sentences = {
  'artefact-list': () =>
    'Each file says of itself whether it places keys exactly as the recommendation does.',
  'artefact-shard-map': () =>
    'The shard map: the rule with its parameters and tables, and keys to test an own reading of ' +
    'it with.',
  'artefact-shard-table': () =>
    'The same as tables of SQL, with the shard of each key that is known today.',
  'artefact-router': (said) =>
    `The router in ${said.name('language')}, with keys to test it with; it needs nothing else.`,
  'artefact-router-as-table': (said) =>
    `In ${said.name('language')} a table of the ${counted(said.number('keys'), 'key')} known ` +
    `today, because ${said.name('router')} is not written in other languages: a new key has no ` +
    'shard there.',
  'artefact-fdw-part': () =>
    'A part of the partitioned tables in front of the shards; run them in their order.',
  'artefact-fdw-by-hash': (said) =>
    'Partitions BY HASH that are foreign tables: PostgreSQL itself is the router.' +
    `${leftText(said)} No unique constraint goes over them: each shard holds its own.`,
  'artefact-fdw-by-list': (said) =>
    `Partitions BY LIST of shardlab_slot() that are foreign tables.${leftText(said)} No unique ` +
    'constraint goes over them: each shard holds its own. To ask one shard only, say ' +
    'shardlab_slot(key) = shardlab_slot(value) beside key = value.',
  'artefact-engine-exact': (said) =>
    `For ${said.name('engine')}, which places every key as the recommendation does.`,
  'artefact-engine-different': differentText,
  'artefact-engine-map': (said) =>
    `Where ${said.name('engine')} has each key, with the band of its placements.`,
  'artefact-overlay': (said) =>
    `A strategy for the scenario with ${overlayText(said)}: it goes in place of its strategies, ` +
    `on ${counted(said.number('shards'), 'shard')}.`,
  'artefact-constraints': (said) =>
    said.number('lost') === 0
      ? 'Every constraint holds on the shards.'
      : `No shard can hold ${counted(said.number('lost'), 'constraint')} of ` +
        `${listed(said.list('tables'))}: a query for each finds the rows that break it.`,
  'artefact-migration': (said) =>
    `The steps from one instance to these shards: copying ${bytes(said.number('bytes'))} takes ` +
    `${significant(said.number('copyHours'))} h at ${bytes(said.number('bytesPerSecond'))} a ` +
    'second.',
  'artefact-composite-key': (said) =>
    `The key ${said.name('key')} has several columns: no router, shard map or configuration is ` +
    `written for it. ${integer(said.number('files'))} files are left.`,
};

function leftText(said: Said): string {
  const left = said.list('left');
  if (left.length === 0) return '';
  return ` Not written: ${listed(left)}, by a key of another kind.`;
}

function differentText(said: Said): string {
  const engine = said.name('engine');
  const head =
    `For ${engine}, which places keys by a rule of its own and not as ${said.name('strategy')} ` +
    'does';
  const now = said.perhaps('maxOverMean');
  if (now === null) return `${head}; keys of this type are not known for it.`;
  return (
    `${head}: its fullest shard has ${ratio(now)} times the mean load with the keys of today, ` +
    `and ${ratio(said.number('p5'))} to ${ratio(said.number('p95'))} (p5 to p95) with other ids ` +
    'of the same tenants.'
  );
}

function overlayText(said: Said): string {
  const keys = counted(said.number('keys'), 'heavy key');
  switch (said.name('remedy')) {
    case 'split':
      return `${keys} split`;
    case 'own-shard':
      return `shards of their own for ${keys}`;
    default:
      return `a list of ${keys}`;
  }
}

/** Comments at the head of the overlay. */
export const overlayHead = (is: {
  readonly over: string;
  readonly beside: string;
  readonly shardCount: number;
}): string[] => [
  `# ${is.over} with what is laid over it; beside ${is.beside}`,
  `# In place of the scenario's strategies, with \`shards: ${is.shardCount}\` in its topology.`,
];
