import { describe, expect, test } from 'vitest';
import { textOnly } from '../../result/finding.ts';
import {
  formatGateDocument,
  type GateDocument,
  parseGateDocument,
} from '../../result/gate-document.ts';
import {
  sampleCounters,
  sampleGate,
  sampleRouter,
  sampleTiming,
} from '../../testing/sample-gate.ts';
import { columnsOf } from '../text.ts';
import { workflowCommands } from '../workflow-commands.ts';
import { gateAnnotations } from './annotations.ts';
import { gateBenchmarks } from './benchmark-json.ts';
import { gateJunit } from './junit.ts';
import { gateMarkdown } from './markdown.ts';
import { gateTable } from './terminal.ts';

const statuses = ['regressed', 'pass', 'undecided', 'missing'] as const;
const all = sampleGate(
  sampleTiming(statuses.map((status, i) => sampleRouter(`router-${i}`, status))),
);
/** Whatever a file name, a branch and a router's message may hold. */
const nasty = `<b>&"'|*_\u001b[31m\u202e]]>\ud800 中 \u0000`;
const hostile = sampleGate(sampleTiming([{ ...sampleRouter(nasty, 'missing'), problem: nasty }]), {
  notes: [textOnly(nasty.repeat(20))],
  counters: {
    ...sampleCounters(),
    differences: [
      {
        subject: nasty,
        of: 'router',
        counter: nasty,
        counts: 'answers',
        expected: nasty,
        found: null,
      },
    ],
    problems: [
      {
        code: 'router-not-counted',
        severity: 'error',
        numbers: {},
        names: { subject: nasty, problem: nasty },
        place: '/counters',
        text: `${nasty}: ${nasty}`,
      },
    ],
  },
});

test('the document comes back as it was written', () => {
  expect(parseGateDocument(formatGateDocument(all), 'gate.json')).toEqual(all);
});

describe('terminal', () => {
  test('has a line a router, the verdict last, in 80 columns', () => {
    const table = gateTable(all, { width: 80, colour: false });
    expect(table).toMatch(
      /^router-0 +40\.0 +44\.8 +1\.120 +1\.100 to 1\.140 +1\.5 % +1 regressed$/m,
    );
    expect(table).toMatch(/^router-3 +— +— +— +— +— +0 missing$/m);
    expect(table).toContain('\nFAILED: router-3 was not timed: base: SyntaxError');
    for (const line of table.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  test('is not steered by what is in it', () => {
    const table = gateTable(hostile, { width: 80, colour: false });
    // oxlint-disable-next-line no-control-regex -- these are what is looked for
    expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const line of table.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
  });

  test('shows the first of many differences, and how many more there are', () => {
    const differences = Array.from({ length: 50 }, (_, i) => ({
      subject: 'jump',
      of: 'router' as const,
      counter: `counter ${i}`,
      counts: 'answers' as const,
      expected: 1,
      found: 2,
    }));
    const many = sampleGate(null, { counters: { ...sampleCounters(), differences } });
    const table = gateTable(many, { width: 80, colour: false });
    expect(table).toContain('jump: counter 39: expected 1, found 2');
    expect(table).toContain('and 10 more');
    expect(gateMarkdown(many)).toContain('| jump | counter 49 | 1 | 2 |');
  });
});

describe('of too few pairs for an interval', () => {
  const levels = { lowLevel: 0.0006, highLevel: 0.0006 };
  const chance = { ratio: 1.465, low: null, high: null, ...levels };
  const few = { ...sampleRouter('jump', 'undecided'), head: chance, pairs: 3, noise: null };
  const document = sampleGate(sampleTiming([few]));

  test('no form gives the ratio and the times, which are chance', () => {
    const table = gateTable(document, { width: 80, colour: false });
    for (const form of [table, gateMarkdown(document), gateJunit(document)]) {
      expect(form).not.toMatch(/1\.465|\? to/);
    }
    expect(JSON.parse(gateBenchmarks(document))).toEqual([]);
  });

  test('it says how many there were and how many it takes', () => {
    const table = gateTable(document, { width: 80, colour: false });
    expect(table).toMatch(/^jump +— +— +— +needs 11 pairs +— +3 undecided$/m);
    expect(table.replaceAll(/\n\s*/g, ' ')).toContain(
      'UNDECIDED: jump: only 3 pairs of processes were measured in 21 s on this machine, but ' +
        'a comparison of times needs 11: run the gate again with a longer --max-time',
    );
    expect(gateJunit(document)).toContain(
      'undecided: too few pairs of processes were measured to compare head and base (3; ' +
        'needs 11 pairs)',
    );
  });

  test('an interval with one end has that end', () => {
    const low = { ...few, head: { ...chance, low: 1.021 } };
    const table = gateTable(sampleGate(sampleTiming([low])), { width: 80, colour: false });
    expect(table).toMatch(/^jump .* 1\.465 +from 1\.021 /m);
  });
});

describe('Markdown', () => {
  test('begins with the verdict and has a row a router', () => {
    const text = gateMarkdown(all);
    expect(text).toMatch(/^## shardlab gate: FAILED\n\n- router-3 was not timed/);
    expect(text).toContain(
      '| router-0 | 40.0 | 44.8 | 1.120 | 1.100 to 1.140 | 1.5 % | 1 | **regressed** |',
    );
    expect(text).toContain(
      '| router-1 | 40.0 | 40.0 | 1.001 | 0.990 to 1.012 | 1.5 % | 1 | pass |',
    );
  });

  test('takes names as text', () => {
    const text = gateMarkdown(hostile);
    expect(text).not.toContain('<b>');
    const columns = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll(String.raw`\|`, '').split('|').length);
    expect(new Set(columns)).toEqual(new Set([6, 10]));
  });
});

describe('JUnit XML', () => {
  test('has a case for the counters and one a router', () => {
    const xml = gateJunit(all);
    expect(xml).toContain('tests="5" failures="2" errors="0" skipped="1"');
    expect(xml).toContain('<testcase classname="shardlab.gate" name="exact counters"/>');
    expect(xml).toMatch(
      /name="time of router-0">\n\s*<failure message="regressed: head takes 1.120/,
    );
    expect(xml).toMatch(/name="time of router-2">\n\s*<skipped message="undecided: /);
    expect(xmlProblems(xml)).toEqual([]);
  });

  test('is well-formed whatever names and messages hold', () => {
    expect(xmlProblems(gateJunit(hostile))).toEqual([]);
  });

  test('fails where nothing was timed', () => {
    const xml = gateJunit(sampleGate(null));
    expect(xml).toContain('failures="1"');
    expect(xml).toContain('no router was timed');
    expect(xmlProblems(xml)).toEqual([]);
  });
});

test('github-action-benchmark gets names, units and values', () => {
  const benchmarks = JSON.parse(gateBenchmarks(all)) as readonly Record<string, unknown>[];
  expect(benchmarks).toHaveLength(6);
  expect(benchmarks[0]).toEqual({
    name: 'router-0, 16 shards: head / base',
    unit: 'ratio',
    value: 1.12,
    range: '1.100 to 1.140',
    extra: 'a cpu',
  });
  expect(benchmarks[1]).toMatchObject({ name: 'router-0, 16 shards: one look-up', unit: 'ns' });
});

/**
 * What is not well-formed: tags nest, attributes are quoted, nothing else has `<`, `&` or controls.
 */
function xmlProblems(xml: string): string[] {
  const open: string[] = [];
  const problems: string[] = [];
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
    .replaceAll(
      /<(\/?)([a-z]+)((?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*)(\/?)>/g,
      (_, end: string, tag: string, attributes: string, empty: string) => {
        const names = [...attributes.matchAll(/ ([a-z]+)=/g)].map(([, name]) => name);
        if (new Set(names).size !== names.length) problems.push(`${tag} has an attribute twice`);
        const last = end === '/' ? open.pop() : tag;
        if (last !== tag) problems.push(`${tag} ends within ${last}`);
        if (end === '' && empty === '') open.push(tag);
        return '';
      },
    );
  if (open.length > 0) problems.push(`${open.join(', ')} do not end`);
  if (/[<&]/.test(rest.replaceAll(/&(amp|lt|gt|quot|apos);/g, ''))) problems.push('bare < or &');
  // oxlint-disable-next-line no-control-regex -- XML 1.0 has no other controls
  const banned = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
  if (banned.test(xml)) problems.push('a character that XML cannot hold');
  return problems;
}

describe('annotations', () => {
  const told = (document: GateDocument) =>
    gateAnnotations(document).map(({ level, title, file }) => [level, title, file]);

  test('a router each, those of a user with their file; nothing of what passes', () => {
    expect(told(all)).toEqual([
      ['error', 'router-0 is slower', null],
      ['warning', 'router-2 is undecided', null],
      ['error', 'router-3 was not timed', null],
    ]);
    const own = sampleGate(sampleTiming([sampleRouter('./routers/mine.ts', 'regressed')]));
    expect(gateAnnotations(own)).toEqual([
      {
        level: 'error',
        title: './routers/mine.ts is slower',
        text: 'regressed: head takes 1.120 times as long as the base (1.100 to 1.140)',
        file: './routers/mine.ts',
      },
    ]);
    expect(told(sampleGate(sampleTiming([sampleRouter('jump', 'pass')])))).toEqual([]);
  });

  test('answers that changed are told by router, and missing evidence in full', () => {
    const counters = {
      ...sampleCounters(),
      differences: ['jump', 'jump', './mine.ts'].map((subject, i) => ({
        subject,
        of: 'router' as const,
        counter: `answers ${i}`,
        counts: 'answers' as const,
        expected: 'a',
        found: 'b',
      })),
    };
    const changed = sampleGate(null, { counters });
    expect(told(changed)).toEqual([
      ['error', 'jump: 2 exact counters differ', null],
      ['error', './mine.ts: 1 exact counter differs', './mine.ts'],
    ]);
    expect(gateAnnotations(changed)[0]?.text).toBe('jump: answers 0: expected a, found b');
    const lines = workflowCommands(gateAnnotations(hostile)).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^::(error|warning) [\P{C}]*$/u);
  });
});
