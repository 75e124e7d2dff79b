import { type CST, Parser } from 'yaml';

/** More levels than any scenario has, and fewer than what reads them recursively can take. */
export const deepestLevel = 100;

/** Whether plain data has more levels than that. */
export function isTooDeep(data: unknown): boolean {
  let level = new Set<unknown>([data]);
  for (let depth = 0; depth <= deepestLevel; depth += 1) {
    // Each once: a list that holds itself twice would double from level to level.
    level = new Set([...level].flatMap((each) => (isObject(each) ? Object.values(each) : [])));
    if (level.size === 0) return false;
  }
  return true;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Offset of the first collection of a YAML text that lies too deep; 0 where none does. */
export function tooDeepAt(text: string): number {
  const waiting: { token: CST.Token; depth: number }[] = [];
  for (const document of new Parser().parse(text)) waiting.push({ token: document, depth: 0 });
  let first = Infinity;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepestLevel) first = Math.min(first, token.offset);
    else for (const child of childrenOf(token)) waiting.push({ token: child, depth: depth + 1 });
  }
  return first === Infinity ? 0 : first;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) =>
    [item.key ?? undefined, item.value].filter((child) => child !== undefined),
  );
}
