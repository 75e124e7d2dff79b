/** A kind of point: its name in the legend, its shape and colour. */
export interface Mark {
  readonly label: string;
  readonly shape: string;
  readonly colour: string;
}

/**
 * A layer of points below the names of their rows, told apart by shape and colour. `points` have a
 * row, `at` on the x axis and the label of their mark; `size` is px², or an expression of the
 * datum.
 */
export function markedPoints(
  points: readonly object[],
  x: object,
  marks: readonly Mark[],
  size: number | { readonly expr: string },
) {
  const domain = marks.map(({ label }) => label);
  const field = { field: 'mark', type: 'nominal' as const };
  return {
    data: { values: [...points] },
    mark: { type: 'point' as const, filled: true, size, opacity: 1, yOffset: 7 },
    encoding: {
      x: { field: 'at', ...x },
      shape: {
        ...field,
        scale: { domain, range: marks.map(({ shape }) => shape) },
        legend: { orient: 'top' as const, title: null },
      },
      color: { ...field, scale: { domain, range: marks.map(({ colour }) => colour) } },
    },
  };
}
