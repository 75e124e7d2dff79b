import {
  type Document,
  type Node,
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import type { UserError } from '../base/user-error.ts';
import { deepestLevel, isTooDeep, tooDeepAt } from './nesting.ts';
import { type Position, type Problem, problemsError } from './problem.ts';
import { offsetInScalar } from './scalar-offset.ts';

/** A YAML document as plain data, with the way back from a path to its place in the file. */
export interface ScenarioDocument {
  readonly data: unknown;
  positionOf(problem: Problem): Position;
}

/** YAML 1.2. Throws a UserError with all syntax errors (duplicate keys and tabs included). */
export function readDocument(text: string, file: string): ScenarioDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  if (document.errors.some(isExhaustion)) throw tooDeep(text, file);
  const position = (offset: number): Position => positionIn(lines, offset);
  const faults = [...syntaxFaults(document, text), ...danglingAliases(document)];
  if (faults.length > 0) {
    throw problemsError(file, faults, (each) => {
      const fault = faults.find((other) => other === each);
      return position(fault?.offset ?? 0);
    });
  }
  const data = toData(document, file);
  if (isTooDeep(data)) throw tooDeep(text, file);
  return {
    data,
    positionOf: (problem) => position(offsetOf(document, problem, text)),
  };
}

/** The library calls itself for each level, and says so where these are too many. */
const isExhaustion = ({ code }: { readonly code: string }): boolean =>
  code === 'RESOURCE_EXHAUSTION';

function positionIn(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function tooDeep(text: string, file: string): UserError {
  const lines = new LineCounter();
  for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index);
  const what = `found more than ${deepestLevel} levels of maps and lists within each other`;
  const problem: Problem = { path: [], at: 'value', text: `${what}; allowed: ${deepestLevel}` };
  return problemsError(file, [problem], () => positionIn(lines, tooDeepAt(text)));
}

interface Fault extends Problem {
  readonly offset: number;
}

function faultAt(offset: number, text: string): Fault {
  return { path: [], at: 'value', text, offset };
}

/** Warnings too: an unknown tag would be read as if it were not there. */
function syntaxFaults(document: Document, text: string): Fault[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const [start] = error.pos;
    if (error.code === 'MULTIPLE_DOCS')
      return faultAt(start, 'found a second document; allowed: one');
    if (error.code !== 'DUPLICATE_KEY') return faultAt(start, firstLine(error.message));
    const key = /^[^\s:,]*/.exec(text.slice(start))?.[0] ?? '';
    return faultAt(start, `found the key ${key} for the second time; allowed: each key once`);
  });
}

function danglingAliases(document: Document): Fault[] {
  const faults: Fault[] = [];
  // In one pass: the library's own look-up begins anew at the top for each alias.
  const anchors = new Set<string>();
  visit(document, {
    Value: (_, { anchor }) => {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias: (_, alias) => {
      if (anchors.has(alias.source)) return;
      faults.push(
        faultAt(alias.range?.[0] ?? 0, `found *${alias.source}, but no &${alias.source}`),
      );
    },
  });
  return faults;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

/** Aliases that multiply without end show only here. */
function toData(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const what = 'found aliases (*name) of aliases that stand for too many values';
    const problem: Problem = { path: [], at: 'value', text: `${what}; allowed: fewer of them` };
    throw problemsError(file, [problem], () => ({ line: 1, column: 1 }));
  }
}

/** Start of what the path leads to, or of the nearest thing above it that is there. */
function offsetOf(document: Document, { path, at, within }: Problem, text: string): number {
  let node = document.contents as unknown;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    const next = stepInto(document, node, step);
    if (next === undefined) return offset;
    if (last && at === 'key') return startOf(next.key) ?? offset;
    // An empty value has no place of its own worth pointing at: its key has.
    offset = (isEmpty(next.value) ? startOf(next.key) : startOf(next.value)) ?? offset;
    node = next.value;
  }
  const found = isAlias(node) ? node.resolve(document) : node;
  if (within !== undefined && isScalar(found)) return offsetInScalar(found, text, within);
  return offset;
}

function stepInto(
  document: Document,
  from: unknown,
  step: string | number,
): { key: unknown; value: unknown } | undefined {
  const node = isAlias(from) ? from.resolve(document) : from;
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { key: node.items[step], value: node.items[step] };
  }
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step));
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && !node.source);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
