// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
import { sentence, visible } from './text.ts';

/** Something that a pull request shows beside its files. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly text: string;
  /** A file of the repository, as the user named it; null where it is about none. */
  readonly file: string | null;
}

/** GitHub shows so many of each level that one step writes, and drops the rest. */
const shownMost = 10;

/**
 * The lines by which a program tells GitHub's runner of them. What they say is escaped as GitHub's
 * own toolkit does, so that no name or message can begin another command.
 */
export function workflowCommands(annotations: readonly Annotation[]): string {
  const levels = Map.groupBy(annotations, ({ level }) => level);
  return [...levels.values()]
    .flatMap(shownOf)
    .map(({ level, title, text, file }) => {
      const properties = [
        // A name that would steer a terminal is left out: changed, it would be no file.
        ...(file === null || visible(file) !== file ? [] : [`file=${escapedProperty(file)}`]),
        `title=${escapedProperty(sentence(title))}`,
      ];
      return `::${level} ${properties.join(',')}::${escaped(sentence(text))}\n`;
    })
    .join('');
}

function shownOf(annotations: readonly Annotation[]): readonly Annotation[] {
  const [first] = annotations;
  if (first === undefined || annotations.length <= shownMost) return annotations;
  const shown = annotations.slice(0, shownMost - 1);
  const more = annotations.length - shown.length;
  const text = 'GitHub shows ten of a step. The job summary has all of them.';
  return [...shown, { level: first.level, title: `${more} more`, text, file: null }];
}

const escaped = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string =>
  escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
