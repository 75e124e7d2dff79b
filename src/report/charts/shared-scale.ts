/** The end of the axis that panels share; a panel that would flatten the others has its own. */
export interface SharedScale {
  readonly highest: number;
  /** The end of a panel's axis, by the highest value in it. */
  readonly endOf: (panelHighest: number) => number;
  /** ` (own scale)` for the title of such a panel, else empty. */
  readonly wordFor: (panelHighest: number) => string;
  /** The sentence of the legend about it. */
  readonly note: string;
}

/** So much above the usual panel, a value leaves the others too low to be compared. */
export const flattens = { linear: 2.5, logarithmic: 8 } as const;

/** @param highest of each panel */
export function sharedScale(
  highest: readonly number[],
  times: number = flattens.linear,
): SharedScale {
  const sorted = highest.filter((value) => value > 0).toSorted((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
  const common = sorted.findLast((value) => value <= times * usual) ?? usual;
  const isOwn = (value: number): boolean => value > common;
  return {
    highest: common,
    endOf: (value) => (isOwn(value) ? value : common),
    wordFor: (value) => (isOwn(value) ? ' (own scale)' : ''),
    note: sorted.some(isOwn)
      ? 'All panels have one scale, except those marked “own scale”: they would flatten the others.'
      : 'All panels have one scale.',
  };
}
