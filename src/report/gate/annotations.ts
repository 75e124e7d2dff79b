import type { CounterDifference, GateDocument } from '../../result/gate-document.ts';
import type { RouterTiming } from '../../result/gate-timing.ts';
import { counted } from '../../wording/format.ts';
import type { Annotation } from '../workflow-commands.ts';
import { differenceText, timedText, verdictWords } from './rows.ts';

/**
 * Why the gate does not pass, for a pull request: routers whose answers changed, that are slower or
 * of which there is no evidence; as warnings those that are undecided.
 */
export function gateAnnotations(document: GateDocument): readonly Annotation[] {
  const { verdict, counters, timing } = document;
  if (verdict.status === 'pass') return [];
  const changed = Map.groupBy(counters.differences, ({ subject }) => subject);
  const found = [
    ...[...changed].map(([subject, own]) => ofDifferences(subject, own)),
    ...(timing?.routers ?? []).flatMap(ofTiming),
    ...counters.problems.map(({ text }) => failed(text)),
  ];
  return found.length > 0 ? found : verdict.reasons.map(({ text }) => failed(text));
}

/** A router of the user's own is named by its file, a path; all others are ours. */
const fileOf = (router: string): string | null => (router.includes('/') ? router : null);

function ofDifferences(subject: string, own: readonly CounterDifference[]): Annotation {
  const counters = counted(own.length, 'exact counter');
  const title = `${subject}: ${counters} ${own.length === 1 ? 'differs' : 'differ'}`;
  const [first] = own;
  const text = first === undefined ? title : differenceText(first);
  return { level: 'error', title, text, file: fileOf(subject) };
}

function ofTiming(timing: RouterTiming): readonly Annotation[] {
  const { router, status } = timing;
  if (status === 'pass') return [];
  const level = status === 'undecided' ? 'warning' : 'error';
  const title = { regressed: 'is slower', undecided: 'is undecided', missing: 'was not timed' };
  const text = timedText(timing);
  return [{ level, title: `${router} ${title[status]}`, text, file: fileOf(router) }];
}

const failed = (text: string): Annotation => ({
  level: 'error',
  title: `shardlab gate: ${verdictWords.missing}`,
  text,
  file: null,
});
