import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A page that users read. */
interface DocumentationPage {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

export const readPage = (path: string): DocumentationPage => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
});

/** README.md, then the pages of docs/ in the order in which docs/README.md names them. */
export function documentationPages(): readonly DocumentationPage[] {
  const index = readPage('docs/README.md');
  const named = linksOf(index)
    .filter((path) => path.startsWith('docs/') && path.endsWith('.md'))
    .map(readPage);
  return [readPage('README.md'), index, ...named];
}

/** Every Markdown file below docs/, whether something leads to it or not. */
export const pagesInDocs = (): readonly string[] =>
  readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md'))
    .toSorted();

/** Files of the repository that a page links to, without the anchors within them. */
export function linksOf({ path, text }: DocumentationPage): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(https?:|#)/.test(target))
    .map((target) => join(dirname(path), target.replace(/#.*$/, '')).replaceAll('\\', '/'));
}

/** What stands in the fenced blocks of a language. */
export const blocksOf = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)]
    .filter(([, , of]) => of === language)
    .map(([, , , block = '']) => block);

/** The commands of the sh blocks, in their order: they build on each other. */
export const commandsOf = (text: string): readonly string[] =>
  blocksOf(text, 'sh').flatMap((block) =>
    block
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

/** Commands that begin with a database of the reader's own, and those that go on from there. */
export const needsShop = (command: string): boolean =>
  /postgres:\/\/reader@|(?<!scenarios\/)\bshop(\.yaml|-profile)\b/.test(command);
