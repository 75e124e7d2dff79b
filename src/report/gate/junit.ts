import type { Finding } from '../../result/finding.ts';
import type { GateDocument } from '../../result/gate-document.ts';
import type { RouterTiming } from '../../result/gate-timing.ts';
import { visible } from '../text.ts';
import { countersText, counterText, intervalText, isKnown, ratioText } from './rows.ts';

interface TestCase {
  readonly name: string;
  /** failure: the gate fails by it; skipped: undecided, or never timed. */
  readonly outcome: 'passed' | 'failure' | 'skipped';
  readonly message: string;
  readonly details: readonly string[];
}

/**
 * The gate as JUnit XML: a case for the exact counters, and one for the times of each router. What
 * is undecided is skipped, with its interval as the message: JUnit has no third outcome.
 */
export function gateJunit(document: GateDocument): string {
  const cases = [counters(document), ...(document.timing?.routers ?? []).map(timed)];
  const failures = cases.filter(({ outcome }) => outcome === 'failure').length;
  const undone = document.verdict.exitCode !== 0 && document.timing === null && failures === 0;
  if (undone) cases.push(failed('base', document.verdict.reasons));
  const count = (outcome: TestCase['outcome']): number =>
    cases.filter((each) => each.outcome === outcome).length;
  const head =
    `name="shardlab gate" tests="${cases.length}" failures="${count('failure')}" errors="0" ` +
    `skipped="${count('skipped')}" timestamp="${escaped(document.startedAt.slice(0, 19))}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${head}>`,
    ...cases.flatMap(written),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const failed = (name: string, reasons: readonly Finding[]): TestCase => ({
  name,
  outcome: 'failure',
  message: reasons[0]?.text ?? '',
  details: reasons.map(({ text }) => text),
});

function counters({ counters: found }: GateDocument): TestCase {
  const details = [
    ...found.problems.map(({ text }) => text),
    ...found.differences.map(
      ({ subject, counter, expected, found: value }) =>
        `${subject}: ${counter}: expected ${counterText(expected)}, found ${counterText(value)}`,
    ),
  ];
  const outcome = details.length > 0 ? 'failure' : 'passed';
  return { name: 'exact counters', outcome, message: countersText(found), details };
}

function timed({ router, status, problem, head, pairs }: RouterTiming): TestCase {
  const outcomes = {
    pass: 'passed',
    regressed: 'failure',
    missing: 'failure',
    undecided: 'skipped',
  } as const;
  const times = isKnown(head)
    ? `head takes ${ratioText(head)} times as long as the base (${intervalText(head)})`
    : `too few pairs of processes were measured to compare head and base (${pairs}; ` +
      `${intervalText(head)})`;
  const message = problem ?? `${status}: ${times}`;
  return { name: `time of ${router}`, outcome: outcomes[status], message, details: [] };
}

function written({ name, outcome, message, details }: TestCase): string[] {
  const open = `    <testcase classname="shardlab.gate" name="${escaped(name)}"`;
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
