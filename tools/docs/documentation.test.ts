import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import {
  blocksOf,
  documentationPages,
  linksOf,
  pagesInDocs,
  readPage,
} from '../../src/commands/documentation-fixture.ts';
import { verdictStatuses } from '../../src/result/types.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { sqlReaderFixture } from '../../src/sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from '../../src/study/scenario/vocabulary.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = documentationPages();
/** Pages for whoever works on the program, or has to approve it. */
const others = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docker/README.md'].map(readPage);
const everyPage = [...pages, ...others];

test('README.md is read in three minutes', () => {
  const [readme] = pages;
  expect(Buffer.byteLength(readme?.text ?? '')).toBeLessThanOrEqual(14_000);
});

test('docs/README.md names every page, each once', () => {
  const named = pages.map(({ path }) => path).filter((path) => path !== 'README.md');
  expect(named.toSorted()).toEqual(pagesInDocs());
});

describe.each(everyPage)('$path', (page) => {
  test('leads to files and headings that are there', () => {
    expect(linksOf(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const anchors = [...page.text.matchAll(/\]\(([^)\s]*)#([^)\s]+)\)/g)].filter(
      ([, target = '']) => !target.startsWith('http'),
    );
    for (const [, target = '', anchor = ''] of anchors) {
      const [path = page.path] = target === '' ? [] : linksOf({ ...page, text: `](${target})` });
      expect(headingsOf(readPage(path).text), `${page.path}: ${target}#${anchor}`).toContain(
        anchor,
      );
    }
  });

  test('names files and scripts that are there', () => {
    const named = [
      ...page.text.matchAll(/`((?:src|docs|docker|kernels|scenarios|tools)\/[\w./-]*)`/g),
    ]
      .map(([, path = '']) => path)
      .concat([...page.text.matchAll(/`(results\/baseline\/[\w./-]*)`/g)].map(([, p = '']) => p));
    expect(named.filter((path) => !path.includes('<') && !existsSync(join(root, path)))).toEqual(
      [],
    );
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(parse(readPage('package.json').text));
    for (const [, script = ''] of page.text.matchAll(/npm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The table of a shipped scenario, for examples that are about it. */
function tableOf(name: string): string {
  const { schema, operations } = z
    .object({ schema: z.unknown(), operations: z.unknown() })
    .parse(parse(readPage(`scenarios/${name}.yaml`).text));
  return stringify({ schema, operations });
}

/** A part of a scenario with what it lacks to be one. */
function completed(part: string): string {
  const missing = {
    name: 'name: example\n',
    rate: 'rate: 800/s\n',
    strategies: 'strategies: [{ key: tenant_id, router: jump }]\n',
  };
  const lines = Object.entries(missing)
    .filter(([key]) => !new RegExp(`^${key}:`, 'm').test(part))
    .map(([, line]) => line);
  const table = part.includes('event_id') ? tableOf('hot-cold') : '';
  return `${lines.join('')}${table}${part}`;
}

/** Examples, each by itself; those of many tables are parts of one, which name each other. */
function wholesOf(path: string, text: string): readonly string[] {
  const blocks = blocksOf(text, 'yaml');
  return path === 'docs/many-tables.md' ? [blocks.join('')] : blocks;
}

describe('examples of scenarios', () => {
  const examples = pages.flatMap(({ path, text }) =>
    wholesOf(path, text)
      // The workflow of the gate has a test of its own.
      .filter((block) => !block.includes('\njobs:'))
      .map((block, index) => ({ path, index: index + 1, block })),
  );

  test('there are some', () => expect(examples.length).toBeGreaterThanOrEqual(12));

  test.each(examples)('$path, example $index, is accepted', ({ path, block }) => {
    const scenario = parseScenario(completed(block), path, scenarioVocabulary(sqlReaderFixture));
    expect(scenario.strategies.length).toBeGreaterThanOrEqual(1);
  });

  test('the first one has the strategies that its text says', () => {
    const [first] = blocksOf(readPage('docs/first-run.md').text, 'yaml');
    const { strategies } = parseScenario(
      first ?? '',
      'first-run.md',
      scenarioVocabulary(sqlReaderFixture),
    );
    expect(strategies.map(({ name }) => name)).toEqual(['tenant_id/jump', 'tenant_id/ring:150']);
  });
});

test('every shipped scenario is described', () => {
  const { text } = readPage('docs/scenarios.md');
  const shipped = readdirSync(join(root, 'scenarios')).filter((name) => name.endsWith('.yaml'));
  for (const name of shipped) expect(text).toContain(`| \`${name.replace('.yaml', '')}\``);
});

test('every verdict is explained', () => {
  const text = readPage('docs/reading-a-report.md').text.replaceAll(/\s+/g, ' ');
  for (const status of verdictStatuses) expect(text).toContain(`| ${status} |`);
});
