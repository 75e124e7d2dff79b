import { fact } from '../result/finding.ts';
import type { KeyValue } from '../scenario/layout-types.ts';
import type { Allowance } from './allowances.ts';
import { joinedFingerprint } from './fingerprint.ts';
import type { FoundStatement } from './found-statement.ts';
import type { JudgedQuery } from './judged-query.ts';
import type { JudgedStatement } from './judgement.ts';

/** A write that goes to the shard of one key, which may be told from other keys. */
interface KeyedWrite {
  readonly line: number;
  /** Keys are compared with keys of the same kind only: constants, or parameters with names. */
  readonly kind: string;
  readonly text: string;
}

interface OpenTransaction {
  readonly file: string;
  readonly statement: FoundStatement;
  readonly allowances: readonly Allowance[];
  /** How many queries stand before it. */
  readonly at: number;
  readonly fingerprints: string[];
  readonly writes: KeyedWrite[];
}

type Ended =
  | { readonly query: JudgedQuery; readonly at: number }
  | { readonly unused: readonly Allowance[] };

/** Looks for transactions of a file whose writes, each on one shard, go to several keys. */
export class TransactionWatch {
  #open: OpenTransaction | null = null;

  begin(
    file: string,
    statement: FoundStatement,
    allowances: readonly Allowance[],
    at: number,
  ): void {
    this.#open = { file, statement, allowances, at, fingerprints: [], writes: [] };
  }

  add({ statement, fingerprint }: JudgedQuery, { layout, parameters }: JudgedStatement): void {
    if (this.#open === null || !layout.locks) return;
    this.#open.fingerprints.push(fingerprint);
    const { route } = layout;
    const [key] = route.to === 'keys' ? route.keys : [];
    if (route.to !== 'keys' || key === undefined || layout.fate !== 'single') return;
    const parts = key.values.map((value) => partOf(value, parameters));
    const known = parts.filter((part) => part !== null);
    if (known.length < parts.length) return;
    const router = route.router === 'main' ? '' : route.router.ownKeyOf;
    const kind = [router, ...known.map((part) => part.kind)].join(' ');
    const text = known.map((part) => part.text).join(', ');
    this.#open.writes.push({ line: statement.line, kind, text });
  }

  /** null: there was no BEGIN. */
  end(): Ended | null {
    const open = this.#open;
    this.#open = null;
    if (open === null) return null;
    const { file, statement, allowances, at, fingerprints, writes } = open;
    const pair = differing(writes);
    if (pair === undefined) return { unused: allowances };
    const [one, other] = pair;
    const reason = fact('transaction-on-several-keys', {
      numbers: { line: one.line, otherLine: other.line },
      names: { keys: [one.text, other.text] },
    });
    const query: JudgedQuery = {
      file,
      of: 'transaction',
      statement,
      fingerprint: joinedFingerprint(fingerprints),
      fate: 'multi',
      offence: 'cross-shard',
      unread: false,
      reason,
      allowances,
    };
    return { query, at };
  }
}

/** `$1` and `?` are other values in each statement, so that they say nothing together. */
function partOf(
  value: KeyValue,
  parameters: readonly string[],
): { readonly kind: string; readonly text: string } | null {
  if ('constant' in value) return { kind: 'constant', text: value.constant };
  if (!('parameter' in value)) return null;
  const name = parameters[value.parameter - 1] ?? '';
  return /^[:@%]/.test(name) ? { kind: 'parameter', text: name } : null;
}

function differing(writes: readonly KeyedWrite[]): readonly [KeyedWrite, KeyedWrite] | undefined {
  for (const one of writes) {
    const other = writes.find(({ kind, text }) => kind === one.kind && text !== one.text);
    if (other !== undefined) return [one, other];
  }
  return undefined;
}
