import type { Finding } from '../../result/finding.ts';
import type { GateDocument } from '../../result/gate-document.ts';
import type { RouterTiming } from '../../result/gate-timing.ts';
import { junitXml, type TestCase } from '../junit-xml.ts';
import { countersText, differenceText, timedText } from './rows.ts';

/**
 * The gate as JUnit XML: a case for the exact counters, and one for the times of each router. What
 * is undecided is skipped, with its interval as the message: JUnit has no third outcome.
 */
export function gateJunit(document: GateDocument): string {
  const cases = [counters(document), ...(document.timing?.routers ?? []).map(timed)];
  const failures = cases.filter(({ outcome }) => outcome === 'failure').length;
  const undone = document.verdict.exitCode !== 0 && document.timing === null && failures === 0;
  if (undone) cases.push(failed('base', document.verdict.reasons));
  return junitXml('shardlab gate', 'shardlab.gate', document.startedAt, cases);
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
    ...found.differences.map(differenceText),
  ];
  const outcome = details.length > 0 ? 'failure' : 'passed';
  return { name: 'exact counters', outcome, message: countersText(found), details };
}

function timed(timing: RouterTiming): TestCase {
  const outcomes = {
    pass: 'passed',
    regressed: 'failure',
    missing: 'failure',
    undecided: 'skipped',
  } as const;
  const { router, status } = timing;
  const message = timedText(timing);
  return { name: `time of ${router}`, outcome: outcomes[status], message, details: [] };
}
