import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Node, parseSync } from 'oxc-parser';

/** The folder src. */
export const root = join(import.meta.dirname, '..');

/** How deep each folder lies: imports point to a strictly lower number. */
export const ranks: Readonly<Record<string, number>> = {
  base: 0,
  scenario: 1,
  result: 1,
  workload: 2,
  sql: 2,
  router: 2,
  metrics: 2,
  gate: 2,
  wording: 2,
  report: 3,
  profile: 3,
  queries: 3,
  traffic: 3,
  placement: 3,
  growth: 4,
  advice: 4,
  simulate: 4,
  directory: 4,
  postgres: 5,
  fleet: 5,
  host: 5,
  sources: 5,
  bench: 5,
  study: 6,
  commands: 7,
};
/** From here on files, sockets, clocks and processes may be touched. */
export const outside = 5;
/** Of main.ts and other files beside the folders. */
const top = 8;
/** Fixtures and tests may import anything; nothing but tests may import fixtures. */
export const testFolders: readonly string[] = ['testing', 'tidy'];

export interface Source {
  /** Below src, with slashes. */
  readonly path: string;
  /** The first part of the path; '' for files beside the folders. */
  readonly folder: string;
  readonly text: string;
  readonly isTest: boolean;
}

const isTest = (path: string): boolean =>
  /\.(test|bench|suite)\.ts$|-fixture\.ts$/.test(path) ||
  testFolders.some((folder) => path.startsWith(`${folder}/`));

const slashed = (path: string): string => path.replaceAll('\\', '/');

export const sources: readonly Source[] = globSync('**/*.ts', { cwd: root })
  .map(slashed)
  .toSorted()
  .map((path) => ({
    path,
    folder: path.includes('/') ? (path.split('/')[0] ?? '') : '',
    text: readFileSync(join(root, path), 'utf8'),
    isTest: isTest(path),
  }));

export const production: readonly Source[] = sources.filter((source) => !source.isTest);

export const rankOf = (folder: string): number =>
  folder === '' ? top : (ranks[folder] ?? Number.NaN);

/** Imported specifiers, dynamic imports and `new URL('...', import.meta.url)` included. */
export function imports(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const patterns = [
    /\b(?:import|export)\s[^'"`;]*?\sfrom\s+['"]([^'"]+)['"]/g,
    /\bimport\s+['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"`](\.[^'"`]+)['"`]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => (match[1] ?? '').replace('${suffix}', 'ts')),
  );
}

/** Imports of other files of this repository. */
export const ownImports = (text: string): string[] =>
  imports(text).filter((specifier) => specifier.startsWith('.'));

/** Path below src of what a file imports. */
export const targetOf = (importer: Source, specifier: string): string =>
  slashed(relative(root, resolve(root, dirname(importer.path), specifier)));

export function folderOf(importer: Source, specifier: string): string {
  const target = targetOf(importer, specifier);
  return target.includes('/') ? (target.split('/')[0] ?? '') : '';
}

/** A node of the syntax tree, and those that it lies in, the nearest first. */
export type Visit = (node: Node, above: readonly Node[]) => void;

/** Walks the syntax tree of a file. */
export function visitNodes({ path, text }: Source, visit: Visit): void {
  const { program, errors } = parseSync(path, text, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`);
  walk(program, [], visit);
}

function walk(node: Node, above: readonly Node[], visit: Visit): void {
  visit(node, above);
  const inside = [node, ...above];
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, inside, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** `path:line` of a place in a file. */
export function placeOf({ path, text }: Source, { start }: Pick<Node, 'start'>): string {
  return `${path}:${lineOf(text, start)}`;
}

/** The number of the line, from 1, that an offset lies in. */
export const lineOf = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;
