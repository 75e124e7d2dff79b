import { beginsSql } from '../sql-files/sql-beginning.ts';

/** What a message of severity LOG says of a statement. */
export type LoggedMessage =
  /** Its text; `durationMs` is null where the log has it in a later line, or not at all. */
  | { readonly kind: 'statement'; readonly sql: string; readonly durationMs: number | null }
  /** By the extended protocol, with parameters in the detail. */
  | { readonly kind: 'execution'; readonly sql: string; readonly durationMs: number | null }
  /** Of the statement in an earlier line of the session. */
  | { readonly kind: 'duration'; readonly durationMs: number }
  /** `parse` and `bind`: what comes before an execution. */
  | { readonly kind: 'preparation' }
  /** The next rows of an execution that was seen before. */
  | { readonly kind: 'fetch' }
  | { readonly kind: 'plan' }
  | { readonly kind: 'fastpath' }
  | { readonly kind: 'disconnection' }
  | { readonly kind: 'unknown duration' }
  | { readonly kind: 'other' };

const other: LoggedMessage = { kind: 'other' };

export function loggedMessage(message: string): LoggedMessage {
  if (message.startsWith('duration: ')) return timed(message);
  if (message.startsWith('statement: ')) {
    return { kind: 'statement', sql: message.slice('statement: '.length), durationMs: null };
  }
  if (message.startsWith('execute ')) return execution(message.slice('execute '.length), null);
  if (message.startsWith('fastpath function call: ')) return { kind: 'fastpath' };
  return message.startsWith('disconnection: ') ? { kind: 'disconnection' } : other;
}

function timed(message: string): LoggedMessage {
  const from = 'duration: '.length;
  const to = message.indexOf(' ms', from);
  const durationMs = to === -1 ? Number.NaN : Number(message.slice(from, to));
  if (!Number.isFinite(durationMs) || durationMs < 0) return { kind: 'unknown duration' };
  const behind = to + ' ms'.length;
  if (behind === message.length) return { kind: 'duration', durationMs };
  const says = (word: string): boolean => message.startsWith(word, behind);
  if (says('  statement: ')) {
    const sql = message.slice(behind + '  statement: '.length);
    return { kind: 'statement', sql, durationMs };
  }
  if (says('  execute ')) {
    return execution(message.slice(behind + '  execute '.length), durationMs);
  }
  if (says('  parse ') || says('  bind ')) return { kind: 'preparation' };
  if (says('  plan:')) return { kind: 'plan' };
  return says('  fastpath ') ? { kind: 'fastpath' } : { kind: 'unknown duration' };
}

/** `<name>: <SQL>` or `<name>/<portal>: <SQL>`. */
function execution(text: string, durationMs: number | null): LoggedMessage {
  if (text.startsWith('fetch from ')) return { kind: 'fetch' };
  const sql = behindName(text);
  return sql === undefined ? other : { kind: 'execution', sql, durationMs };
}

const longestName = 200;

/** A name of a statement may have `: ` in it, so that the first one need not be the end. */
function behindName(text: string): string | undefined {
  const first = text.indexOf(': ');
  if (first === -1) return undefined;
  for (let at = first; at !== -1 && at < longestName; at = text.indexOf(': ', at + 1)) {
    if (beginsSql(text, at + 2)) return text.slice(at + 2);
  }
  return text.slice(first + 2);
}
