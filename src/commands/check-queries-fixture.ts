import { join } from 'node:path';
import { expect } from 'vitest';
import { parseQueriesDocument, type QueriesDocument } from '../result/queries-document.ts';
import { type Invocation, repository, shardlab } from './shardlab-fixture.ts';

export const shop = join(repository, 'scenarios', 'shop.yaml');

interface Checked {
  readonly code: number | null;
  readonly document: QueriesDocument;
}

/** Runs it on scenarios/shop.yaml unless another one is named. */
export async function check(
  folder: string,
  args: readonly string[],
  invocation: Invocation = {},
): Promise<Checked> {
  const scenario = args.includes('--scenario') ? [] : ['--scenario', shop];
  const { code, stdout, stderr } = await shardlab(
    ['check-queries', ...args, ...scenario, '--json'],
    { cwd: folder, ...invocation },
  );
  expect(stderr).toBe('');
  return { code, document: parseQueriesDocument(stdout, 'stdout') };
}

/** `file:line:column status offence` of each statement. */
export const told = ({ statements }: QueriesDocument): string[] =>
  statements.map(
    ({ file, line, column, status, offence }) =>
      `${file}:${line}:${column} ${status}${offence === null ? '' : ` ${offence}`}`,
  );

export const remarked = ({ remarks }: QueriesDocument): string[] =>
  remarks.map(({ file, line, finding }) => `${file ?? ''}:${line ?? ''} ${finding.code}`);
