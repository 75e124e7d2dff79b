import { keyHashNames } from '../../src/base/hash/key-hash.ts';
import type { RouterDefinition } from '../../src/router/contract.ts';
import { routers, withParameter } from '../../src/router/registry.ts';
import { asCode, madeByDocs, markdownTable, page } from './markdown.ts';

const introduction = `A router takes a key to a shard. In a scenario a strategy names it, \`{ key: tenant_id, router: jump }\`;
the number behind a colon, where a router takes one, is its parameter (\`ring:150\`). Look-up and
memory are in n shards, k keys and that parameter.

- **monotone**: when a shard is added, keys move to it from the old ones, and nothing else moves.
- **weights**: shards may have different capacities.
- **ordered**: neighbouring keys stay together.
- **any shard can be removed**, and not only the last one.

How to choose one is told in [Comparing keys and routers](../comparing.md); how to write one in
[A router of your own](../own-routers.md).`;

const hashes = `A router that hashes takes one of these key hashes (\`hash: murmur3-128\` in a strategy), and a
\`salt\`. Without a word it is \`xxh64\`. \`identity\` takes integers as they are, for \`tenant_id % N\`.`;

/** Routers, presets and key hashes, from what the registry declares of them. */
export function routersPage(definitions: readonly RouterDefinition[] = routers): string {
  const presets = definitions.filter(({ reproduces }) => reproduces !== undefined);
  return page([
    '# Routers and key hashes',
    madeByDocs,
    introduction,
    markdownTable(routerHeads, definitions.map(routerRow)),
    '## Presets: routers that reproduce a system',
    'Each gives every key the shard that the named system gives it.',
    markdownTable(['router', 'places keys like', 'but does not reproduce'], presets.map(presetRow)),
    '## Key hashes',
    hashes,
    keyHashNames.map((name) => `- ${asCode(name)}`).join('\n'),
  ]);
}

const routerHeads = [
  'router',
  'what it is',
  'look-up',
  'memory',
  'monotone',
  'weights',
  'ordered',
  'any shard can be removed',
  'keys',
];

const yes = (is: boolean): string => (is ? 'yes' : '');

function routerRow(definition: RouterDefinition): string[] {
  const { summary, traits, keyTypes } = definition;
  return [
    asCode(withParameter(definition)),
    summary,
    traits.lookup,
    traits.memory,
    yes(traits.monotone),
    yes(traits.weighted),
    yes(traits.ordered),
    yes(traits.removesAny),
    keyTypes.join(', '),
  ];
}

function presetRow({ name, reproduces }: RouterDefinition): string[] {
  return [asCode(name), reproduces?.system ?? '', reproduces?.except ?? ''];
}
