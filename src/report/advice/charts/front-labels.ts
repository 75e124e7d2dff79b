import { textWidth } from '../../charts/font-widths.ts';
import { labelSize } from '../../charts/labels.ts';

/** A point in pixels from the lower left corner of the chart. */
export interface Spot {
  readonly at: number;
  readonly height: number;
}

export const sides = ['left', 'above', 'right'] as const;
export type Side = (typeof sides)[number];

/** Where a label stands from its point, by the end of it that is nearest. */
export const offsets: Readonly<Record<Side, { readonly across: number; readonly up: number }>> = {
  left: { across: -10, up: 9 },
  above: { across: 0, up: 14 },
  right: { across: 10, up: -12 },
};

interface Box {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/**
 * A side for each label, in the order of what matters most; null where it would lie over another
 * label, a point or the line of the front wherever it stood.
 *
 * @param front from the left to the right, joined by steps: first to the right, then up
 * @param width of the chart
 */
export function labelSides(
  labels: readonly (Spot & { readonly text: string })[],
  front: readonly Spot[],
  points: readonly Spot[],
  width: number,
): (Side | null)[] {
  const taken: Box[] = [];
  return labels.map((label) => {
    for (const side of sides) {
      const box = boxOf(label, side);
      const isWithin = box.left >= 0 && box.right <= width && box.height > 0;
      const isFree =
        isWithin &&
        !taken.some((other) => isOver(box, other, 15)) &&
        !points.some(({ at, height }) => isOver(box, { left: at - 5, right: at + 5, height }, 9)) &&
        !crosses(box, front);
      if (!isFree) continue;
      taken.push(box);
      return side;
    }
    return null;
  });
}

function boxOf({ at, height, text }: Spot & { readonly text: string }, side: Side): Box {
  const room = textWidth(text, labelSize);
  const { across, up } = offsets[side];
  const part = { left: 1, above: 0.5, right: 0 }[side];
  const left = at + across - part * room;
  return { left, right: left + room, height: height + up };
}

const isOver = (a: Box, b: Box, near: number): boolean =>
  a.left < b.right && b.left < a.right && Math.abs(a.height - b.height) < near;

/** Whether the line of the front runs through it. */
function crosses(box: Box, front: readonly Spot[]): boolean {
  return front.some((from, index) => {
    const to = front[index + 1];
    if (to === undefined) return false;
    const isThrough = isOver(box, { left: from.at, right: to.at, height: from.height }, 7);
    const isBeside = to.at < box.left || to.at > box.right;
    const isApart = box.height < from.height - 7 || box.height > to.height + 7;
    return isThrough || !(isBeside || isApart);
  });
}
