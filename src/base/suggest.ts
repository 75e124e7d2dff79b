// Optimal string alignment distance: Damerau 1964, https://doi.org/10.1145/363958.363994

/** Edits (insert, delete, replace, swap neighbours) between two words. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + replace);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

/**
 * The allowed name that `name` is most likely a slip of, or undefined when none is near: at most a
 * third of the letters may differ, so that short names do not suggest each other. Case is no edit.
 */
export function suggest(name: string, allowed: readonly string[]): string | undefined {
  // No name here is this long, and the distance is quadratic in what the user pasted.
  if (name.length > 64) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestEdits = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of allowed) {
    const known = candidate.toLowerCase();
    // A word cut short is likelier than another one: `rang` is range, not ring.
    const edits = distance(wanted, known) - (wanted !== '' && known.startsWith(wanted) ? 0.5 : 0);
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}
