import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Streams } from '../host/terminal.ts';
import { type Annotation, workflowCommands } from '../report/workflow-commands.ts';

/**
 * Annotates the pull request or commit where GitHub runs the program. The lines go to stderr, for
 * stdout may be a document; GitHub's runner reads both.
 */
export function annotate(
  annotations: readonly Annotation[],
  { stderr, environment }: Streams,
): void {
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  const root = environment['GITHUB_WORKSPACE'] || '.';
  const inRepository = (file: string): string | null => {
    const path = relative(resolve(root), resolve(file));
    return path.startsWith('..') || isAbsolute(path) ? null : path.split(sep).join('/');
  };
  stderr.write(
    workflowCommands(
      annotations.map((one) => ({
        ...one,
        file: one.file === null ? null : inRepository(one.file),
      })),
    ),
  );
}
