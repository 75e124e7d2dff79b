import { listParts, listStride } from './list-frames.ts';
import { TokenScanner } from './token-scanner.ts';

const scanner = new TokenScanner();

export interface ScannedText {
  readonly codes: Uint16Array;
  readonly parameters: number;
  readonly widths: readonly number[];
  readonly semicolons: readonly number[];
  readonly literals: readonly (readonly [start: number, end: number])[];
  /** Marks can be read as these letters. */
  readonly key: string;
}

export function scanned(sql: string): ScannedText {
  scanner.scan(sql);
  const { codes, literals, frames, semicolons, parameters } = scanner;
  const { starts, ends } = literals;
  const range = (length: number): number[] => [...Array(length).keys()];
  const kept = codes.codes.slice(0, codes.length);
  return {
    codes: kept,
    parameters,
    widths: range(frames.lists.length / listStride).map((list) =>
      frames.lists.at(listStride * list + listParts.width),
    ),
    semicolons: range(semicolons.length).map((i) => semicolons.at(i)),
    literals: range(starts.length).map((i) => [starts.at(i), ends.at(i)]),
    key: [...kept].map((code) => letters.get(code) ?? String.fromCharCode(code)).join(''),
  };
}

const letters = new Map([
  [0xfdd0, 'S'],
  [0xfdd1, 'N'],
  [0xfdd2, '+'],
  [0xfdd3, '!'],
]);
