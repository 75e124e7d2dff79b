import { type Fact, fact } from '../result/finding.ts';
import { type Offence, offences } from '../result/queries-document.ts';
import type { FoundComment } from './found-statement.ts';

/** `-- shardlab: allow scatter monthly report`: an objection that is none here. */
export interface Allowance {
  readonly offence: Offence;
  readonly reason: string;
  readonly line: number;
}

export interface ReadComments {
  readonly allowances: readonly Allowance[];
  /** Comments that are meant for shardlab and do not say what they must. */
  readonly faults: readonly { readonly line: number; readonly fact: Fact }[];
}

const marked = /^--+\s*shardlab\s*:\s*(.*)$/i;
const allow = /^allow\s+([\w-]+)[\s:,;.–—-]*(.*)$/i;
/** Punctuation alone is no reason. */
const words = /[\p{L}\p{N}]{2}/u;

export const isMarked = ({ text }: Pick<FoundComment, 'text'>): boolean => marked.test(text);

export function readComments(comments: readonly FoundComment[]): ReadComments {
  const allowances: Allowance[] = [];
  const faults: { line: number; fact: Fact }[] = [];
  for (const { text, line } of comments) {
    const [, said] = marked.exec(text.trim()) ?? [];
    if (said === undefined) continue;
    const [, kind = '', reason = ''] = allow.exec(said) ?? [];
    const offence = offences.find((each) => each === kind.toLowerCase());
    if (offence === undefined) {
      const names = { said: said.slice(0, saidMost), allowed: offences };
      faults.push({ line, fact: fact('allow-not-understood', { severity: 'error', names }) });
    } else if (words.test(reason)) {
      allowances.push({ offence, reason: reason.trim(), line });
    } else {
      const names = { offence };
      faults.push({ line, fact: fact('allow-without-reason', { severity: 'error', names }) });
    }
  }
  return { allowances, faults };
}

const saidMost = 80;
