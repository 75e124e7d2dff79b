import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RouterDefinition } from '../src/router/contract.ts';
import { routers, withParameter } from '../src/router/registry.ts';

const target = join(import.meta.dirname, '..', 'README.md');

const begin = '<!-- routers: made by node tools/write-router-table.ts -->';
const end = '<!-- end of routers -->';

/** Both tables, from what the registered routers declare of themselves. */
export function routerTables(definitions: readonly RouterDefinition[]): string {
  const presets = definitions.filter(({ reproduces }) => reproduces !== undefined);
  return [
    ...markdownTable(routerHeads, definitions.map(routerRow)),
    '',
    ...markdownTable(
      ['router', 'places keys like', 'but does not reproduce'],
      presets.map(presetRow),
    ),
  ].join('\n');
}

/** The text with the tables that stand between its two markers replaced. */
export function withRouterTables(text: string, tables: string): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks "${begin}" or "${end}"`);
  return `${text.slice(0, from)}${begin}\n\n${tables}\n\n${text.slice(to)}`;
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
    `\`${withParameter(definition)}\``,
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
  return [`\`${name}\``, reproduces?.system ?? '', reproduces?.except ?? ''];
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...escaped.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...escaped.map(line)];
}

if (import.meta.main) {
  const text = await readFile(target, 'utf8');
  await writeFile(target, withRouterTables(text, routerTables(routers)));
}
