import type { LogRecord } from '../log-record.ts';

/** Records of lines such as `a: begin`, one a second; a text without a name has no session. */
export function recordsOf(lines: readonly string[], durationMs: number | null = 2): LogRecord[] {
  return lines.map((line, at) => {
    const [, session = '', sql = ''] = /^(?:(\w+): )?([^]*)$/.exec(line) ?? [];
    return { line: at + 1, session, atMs: 1000 * at, durationMs, sql, parameters: null };
  });
}
