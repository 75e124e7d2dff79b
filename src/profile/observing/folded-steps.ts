/** A statement of a transaction, and how often it ran there. */
export interface FoldedStep {
  readonly template: number;
  readonly repeats: number;
}

/** Loops of more statements stay as they are. */
const longestLoop = 8;

/**
 * The same without what repeats at once: `a b c b c d` is a, twice b, twice c, d. What repeats is a
 * statement or a loop of several, whose own repetitions need not be equally many each time.
 */
export function foldedSteps(steps: readonly FoldedStep[]): FoldedStep[] {
  let folded = [...steps];
  for (let length = 1; length <= longestLoop; length += 1) folded = withoutLoops(folded, length);
  return folded;
}

function withoutLoops(steps: readonly FoldedStep[], length: number): FoldedStep[] {
  const folded: FoldedStep[] = [];
  let at = 0;
  while (at < steps.length) {
    let rounds = 1;
    while (isSame(steps, at, at + rounds * length, length)) rounds += 1;
    const width = rounds === 1 ? 1 : length;
    for (let i = 0; i < width; i += 1) {
      const step = steps[at + i];
      if (step === undefined) break;
      let repeats = 0;
      for (let round = 0; round < rounds; round += 1) {
        repeats += steps[at + i + round * length]?.repeats ?? 0;
      }
      folded.push({ template: step.template, repeats });
    }
    at += rounds === 1 ? 1 : rounds * length;
  }
  return folded;
}

function isSame(steps: readonly FoldedStep[], a: number, b: number, length: number): boolean {
  if (b + length > steps.length) return false;
  for (let i = 0; i < length; i += 1) {
    if (steps[a + i]?.template !== steps[b + i]?.template) return false;
  }
  return true;
}
