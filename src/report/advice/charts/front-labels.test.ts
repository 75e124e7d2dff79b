import { expect, test } from 'vitest';
import { labelSides } from './front-labels.ts';

const spot = (at: number, height: number, text = 'directory on 8') => ({ at, height, text });

test('a label stands on the left, where the front has not been', () => {
  const front = [spot(120, 50), spot(250, 120)];
  expect(labelSides(front, front, front, 400)).toEqual(['left', 'left']);
});

test('without room on the left it stands above its point, unless the front goes up there', () => {
  const [first, near, far] = [spot(50, 50), spot(60, 120), spot(300, 120)];
  expect(labelSides([first], [first, far], [first, far], 400)).toEqual(['above']);
  expect(labelSides([first], [first, near], [first, near], 400)).toEqual(['right']);
});

test('one that would lie over another label, or over a point, is left out', () => {
  const one = spot(20, 50);
  const blocked = [spot(60, 38), spot(30, 64)];
  expect(labelSides([one], [one], [one, ...blocked], 400)).toEqual([null]);
  expect(labelSides([spot(200, 50), spot(202, 51)], [], [], 215)).toEqual(['left', null]);
});
