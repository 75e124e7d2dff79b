// Wichura 1988, "Algorithm AS 241: The Percentage Points of the Normal Distribution" (PPND16).
import { assert } from '../assert.ts';

// Each pair of rows: numerator and denominator of a rational approximation, highest power first,
// the published digits rounded to doubles.
const centreTop = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const centreBottom = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const middleTop = [
  7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const middleBottom = [
  1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
const tailTop = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const tailBottom = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

/** Value that a standard normal stays below with probability `p`; about 16 digits. */
export function normalQuantile(p: number): number {
  assert(p >= 0 && p <= 1, `probability ${p} is outside 0 to 1`);
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreTop, r)) / polynomial(centreBottom, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(middleTop, r - 1.6) / polynomial(middleBottom, r - 1.6)
      : polynomial(tailTop, r - 5) / polynomial(tailBottom, r - 5);
  return q < 0 ? -size : size;
}

/** Eight coefficients, written out: a loop over them takes half as long again. */
function polynomial(c: readonly number[], x: number): number {
  const at = (place: number): number => c[place] ?? 0;
  const upper = ((at(0) * x + at(1)) * x + at(2)) * x + at(3);
  return (((upper * x + at(4)) * x + at(5)) * x + at(6)) * x + at(7);
}
