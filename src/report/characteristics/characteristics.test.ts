import { describe, expect, test } from 'vitest';
import { formatCharacteristics, parseCharacteristics } from '../../result/characteristics-parse.ts';
import { columnsOf } from '../text.ts';
import { candidateFixture, characteristicsFixture } from './characteristics-fixture.ts';
import { characteristicsMarkdown } from './characteristics-report.ts';
import { characteristicsCsv } from './csv.ts';
import { characteristicsTable } from './terminal.ts';

const at = (width: number) => ({ width, colour: false });

test('a document is read as it was written', () => {
  const document = characteristicsFixture();
  expect(parseCharacteristics(formatCharacteristics(document), 'a.json')).toEqual(document);
});

test('what is no document of profile is told with its path', () => {
  const broken = { ...characteristicsFixture(), candidates: [{ key: 1 }] };
  expect(() => parseCharacteristics(JSON.stringify(broken), 'a.json')).toThrow(
    /candidates\[0\]\.key/,
  );
});

describe('in the terminal', () => {
  test('no line is wider than 80 columns, and key and shares stay', () => {
    const table = characteristicsTable(characteristicsFixture(), at(80));
    const widths = table.split('\n').map(columnsOf);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
    expect(table).toMatch(/^tenant_id\b.*\b500\b.*\b12\.5\b.*\b90\.0\b/m);
    expect(table).toMatch(/^region\b/m);
  });

  test('it says what argues for something else, what is covered, and what was not seen', () => {
    const table = characteristicsTable(characteristicsFixture(), at(200));
    expect(table).toContain('- for more memory: Of the pages that were read, 91 %');
    expect(table).toContain('stand for 96 % of the calls');
    expect(table).toContain('app.log:12 (cut in the middle of a line)');
    expect(table).toContain('- pg_stat_statements is not installed.');
  });

  test('without queries and candidates it says so', () => {
    const none = characteristicsFixture({ candidates: [], queries: null, health: [] });
    expect(characteristicsTable(none, at(80))).toContain('No column was found');
    const unasked = characteristicsFixture({
      candidates: [candidateFixture({ bindShare: null })],
      queries: null,
    });
    expect(characteristicsTable(unasked, at(80))).toContain('No queries were seen');
  });

  test('a doubtful number of values is marked, and the mark is explained', () => {
    const doubtful = characteristicsFixture({
      candidates: [candidateFixture({ distinctDoubtful: true })],
    });
    const table = characteristicsTable(doubtful, at(80));
    expect(table).toContain('~500');
    expect(table).toContain('(--exact counts');
  });

  test('where nobody looked at rows, there is no number of values', () => {
    const unknown = characteristicsFixture({
      candidates: [candidateFixture({ distinct: 0, distinctDoubtful: true })],
    });
    expect(characteristicsTable(unknown, at(80))).not.toContain('~');
    expect(characteristicsMarkdown(unknown)).not.toContain('~0');
  });
});

test('Markdown has each candidate, its statements and its lost constraints', () => {
  const text = characteristicsMarkdown(characteristicsFixture());
  expect(text).toContain('The most promising candidate is tenant_id');
  expect(text).toContain('A unique constraint of orders (number)');
  expect(text).toContain('It does not fix the key.');
});

test('CSV has one row for each candidate', () => {
  const rows = characteristicsCsv(characteristicsFixture()).trim().split(/\r?\n/);
  expect(rows).toHaveLength(3);
  expect(rows[1]).toContain('tenants.id orders.tenant_id');
});
