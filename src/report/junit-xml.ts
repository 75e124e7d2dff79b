import { visible } from './text.ts';

export interface TestCase {
  readonly name: string;
  /** failure: what is tested fails by it; error: it could not be tested; skipped: undecided. */
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly details: readonly string[];
}

/** One suite of test cases as JUnit XML; `startedAt` is ISO 8601, in UTC. */
export function junitXml(
  suite: string,
  classname: string,
  startedAt: string,
  cases: readonly TestCase[],
): string {
  const count = (outcome: TestCase['outcome']): number =>
    cases.filter((each) => each.outcome === outcome).length;
  const head =
    `name="${escaped(suite)}" tests="${cases.length}" failures="${count('failure')}" ` +
    `errors="${count('error')}" skipped="${count('skipped')}" ` +
    `timestamp="${escaped(startedAt.slice(0, 19))}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${head}>`,
    ...cases.flatMap((each) => written(each, classname)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function written({ name, outcome, message, details }: TestCase, classname: string): string[] {
  const open = `    <testcase classname="${classname}" name="${escaped(name)}"`;
  if (outcome === 'passed') return [`${open}/>`];
  const text = details.map((line) => escaped(line)).join('\n');
  return [
    `${open}>`,
    `      <${outcome} message="${escaped(message)}">${text}</${outcome}>`,
    '    </testcase>',
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write most controls, so those stand as \u{1b}; on one line. */
const escaped = (text: string): string =>
  visible(text)
    .replaceAll(/[&<>"']/g, (found) => entities[found] ?? '')
    .replaceAll(/[\ufffe\uffff]/g, '?');
