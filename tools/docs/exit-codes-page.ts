import { readFileSync } from 'node:fs';
import { exitCodes } from '../../src/base/exit-codes.ts';
import { madeByDocs, markdownTable, page } from './markdown.ts';
import { sourceComments } from './source-comments.ts';

const source = new URL('../../src/base/exit-codes.ts', import.meta.url);

const introduction = `The answer goes to stdout, progress and warnings to stderr. The exit code says how a command ended, so
that scripts and CI jobs need no text.`;

/** The exit codes with the comments that stand beside them in the source. */
export function exitCodesPage(): string {
  const comments = sourceComments(readFileSync(source, 'utf8'));
  const rows = Object.entries(exitCodes).map(([name, code]) => {
    const meaning = comments.get(`exitCodes.${name}`);
    if (meaning === undefined) throw new Error(`exitCodes.${name} has no comment`);
    return [String(code), meaning];
  });
  return page([
    '# Exit codes',
    madeByDocs,
    introduction,
    markdownTable(['exit code', 'meaning'], rows),
    '1 is the code of Node itself after an uncaught error: it is a bug in shardlab.',
  ]);
}
